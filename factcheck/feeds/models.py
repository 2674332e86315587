"""The feeds of sources, what stood in them, and the looking up of homepages for new ones."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.desk.models import Revisioned
from factcheck.intake.models import Intake
from factcheck.sources.models import Source

from .querysets import FeedQuerySet, LookupQuerySet, LookupRowQuerySet

POLLED = (
    "etag", "last_modified", "next_poll_at", "polled_at", "succeeded_at", "changed_at", "failures", "reason", "words", "kind",
    "title", "revision", "moved_to",
)  # fmt: skip


@pghistory.track(exclude=list(POLLED))
class Feed(Revisioned):
    """An address of a source that lists its articles; asked again and again at its own pace."""

    class Kind(models.TextChoices):
        UNKNOWN = "", _("not known yet")
        RSS = "rss", "RSS"
        ATOM = "atom", "Atom"
        JSON = "json", "JSON Feed"
        SITEMAP = "sitemap", _("news sitemap")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="feeds")
    url = models.CharField(_("URL"), max_length=2000, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True, editable=False)
    is_on = models.BooleanField(_("on"), default=True)
    extract = models.BooleanField(_("find claims"), default=True)
    every = models.PositiveIntegerField(
        _("every (minutes)"), default=30, validators=[MinValueValidator(1), MaxValueValidator(60 * 24 * 7)]
    )
    include = models.TextField(
        _("only these paths"), blank=True, help_text=_("One a line, such as /politics/* – empty for all.")
    )
    exclude = models.TextField(_("not these paths"), blank=True, help_text=_("One a line, such as /video/*"))

    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    next_poll_at = models.DateTimeField(_("next poll"), default=timezone.now, editable=False)
    polled_at = models.DateTimeField(_("last asked"), null=True, editable=False)
    succeeded_at = models.DateTimeField(_("last answer"), null=True, editable=False)
    changed_at = models.DateTimeField(_("last new item"), null=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    reason = models.CharField(max_length=40, blank=True, editable=False)
    words = models.TextField(_("what happened"), blank=True, editable=False)
    moved_to = models.CharField(_("moved for good to"), max_length=2000, blank=True, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["source__name", "url"]
        constraints = [
            models.CheckConstraint(
                condition=Q(every__gte=1, every__lte=60 * 24 * 7), name="feed_pace_makes_sense"
            )
        ]
        indexes = [models.Index(fields=["next_poll_at"], condition=Q(is_on=True), name="feed_due")]

    def __str__(self) -> str:
        return self.title or self.url

    def get_absolute_url(self) -> str:
        return reverse("feeds:show", args=[self.pk])

    @property
    def pace(self) -> timedelta:
        return timedelta(minutes=self.every)


class FeedItem(models.Model):
    """An entry that stood in a feed: seen once, and either handed in or left out for a reason."""

    class LeftOut(models.TextChoices):
        PATH = "path", _("not one of the paths")
        OLD = "old", _("older than a week when the feed was first asked at its address")

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=64)
    url = models.CharField(_("URL"), max_length=2000)
    title = models.CharField(_("title"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("date"), null=True)
    seen_at = models.DateTimeField(_("first seen"), default=timezone.now)
    left_out = models.CharField(_("left out"), max_length=10, choices=LeftOut, blank=True)
    intake = models.ForeignKey(Intake, on_delete=models.SET_NULL, null=True, related_name="feed_items")

    class Meta:
        verbose_name = _("feed item")
        verbose_name_plural = _("feed items")
        ordering = ["-seen_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="feed_item_once")]
        indexes = [models.Index("feed", F("seen_at").desc(), F("id").desc(), name="feed_items_newest")]

    def __str__(self) -> str:
        return self.title or self.url


class Lookup(models.Model):
    """A list of homepages that somebody pasted, to find their feeds and add them as sources."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)

    objects = LookupQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("feeds:lookup", args=[self.pk])


class LookupRow(models.Model):
    """One homepage of a list, and what was found there.

    `url` is the homepage, or the address of a feed where no more is known; what such a feed says of its site is the
    `homepage` then. `listed` are the feeds that a list names, all of which stay to be chosen. `feeds` is a list of {url, kind,
    title, last_at (ISO 8601 or null), headlines: [str, …], was (the address in the list, where it has moved), words (why it
    could not be read)}, the likeliest first. `asked` are the addresses that were asked for and `left` those that may hold a
    feed too, so that another worker can go on from there.
    """

    UNDER_WAY = ("queued", "running")

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("looking")
        FOUND = "found", _("found")
        FAILED = "failed", _("failed")
        ADDED = "added", _("added")

    lookup = models.ForeignKey(Lookup, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    url = models.CharField(max_length=2000)
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    asked = models.JSONField(default=list)
    left = models.JSONField(default=list)
    listed = models.JSONField(default=list)
    homepage = models.CharField(max_length=2000, blank=True)
    name = models.CharField(max_length=200, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    feeds = models.JSONField(default=list)
    paywall = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = LookupRowQuerySet.as_manager()

    class Meta:
        ordering = ["lookup", "position"]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=Q(status__in=["queued", "running"]),
                name="lookup_row_unfinished",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["lookup", "position"], name="lookup_position_once"),
            models.UniqueConstraint(fields=["lookup", "url"], name="lookup_url_once"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_over(self) -> bool:
        return self.status not in self.UNDER_WAY

    @property
    def site(self) -> str:
        """Where a person may look at it."""
        return self.homepage or self.url

    @property
    def stamp(self) -> str:
        """Another text whenever the row reads otherwise: what a page sends to ask whether there is news."""
        return f"{self.pk}-{self.status}-{self.attempts}-{len(self.asked)}"
