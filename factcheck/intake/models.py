"""How things come in: each address, file or text that was handed to the desk, what became of it, and what was fetched."""

import uuid

import pghistory
from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from factcheck.articles.models import Article, ArticleVersion
from factcheck.sources.models import Source

from .querysets import CaptureQuerySet, IntakeQuerySet

UPLOADS = "uploads"  # the folder of files that were handed in and not kept as captures yet


def _storage() -> object:
    return storages["default"]


def _upload_name(intake: "Intake", filename: str) -> str:
    """Where an uploaded file waits: under a name of ours, since the person's may hold anything."""
    return f"{UPLOADS}/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class Capture(models.Model):
    """What was fetched or uploaded, as it was. The bytes lie in the storage under their hash, each content once.

    `headers` is a list of [name, value] pairs in the order in which they came. `final_url` is where redirects led to.
    """

    url = models.CharField(_("URL"), max_length=2000, blank=True)
    final_url = models.CharField(_("after redirects"), max_length=2000, blank=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    headers = models.JSONField(default=list)
    content_type = models.CharField(_("type"), max_length=200, blank=True)
    charset = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    fetched_at = models.DateTimeField(_("fetched"), default=timezone.now)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="captures")
    version = models.ForeignKey(ArticleVersion, on_delete=models.SET_NULL, null=True, related_name="captures")
    archived_url = models.CharField(_("outside archive"), max_length=2000, blank=True)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-fetched_at", "-id"]
        indexes = [models.Index(fields=["article", "-fetched_at"], name="capture_of_article")]

    def __str__(self) -> str:
        return self.url or self.file_name

    def get_absolute_url(self) -> str:
        return reverse("intake:capture", args=[self.pk])

    @property
    def was_fetched(self) -> bool:
        """Whether a site gave it, and not a person or program that handed it in."""
        return self.status is not None


@pghistory.track(pghistory.UpdateEvent(), fields=["set_aside_at", "set_aside_by"], model_name="IntakeEvent")
class Intake(models.Model):
    """One thing handed to the desk, and how far it is: the job's row, and the truth about it.

    An address that is to be fetched is under way once at a time; a file or text that was handed in for it is a row of its own,
    told from others by its `digest`, which is of what was handed in and of all that was said of it.
    What failed and waits for nobody any more is set aside: by somebody, or by the desk itself (`set_aside_by` is empty) when
    its article came in by another way, or when it was a look at an article's page that nobody asked for.
    """

    class Via(models.TextChoices):
        URL = "url", _("address")
        PASTE = "paste", _("pasted")
        FILE = "file", _("file")
        BOOKMARKLET = "bookmarklet", _("bookmarklet")
        FEED = "feed", _("feed")
        API = "api", _("API")
        AGAIN = "again", _("fetched again")

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("under way")
        LATER = "later", _("tried again later")
        ADDED = "added", _("added")
        KNOWN = "known", _("already here")
        UPDATED = "updated", _("new version")
        UNCHANGED = "unchanged", _("unchanged")
        GONE = "gone", _("page gone")
        FAILED = "failed", _("failed")

    class Precedence(models.IntegerChoices):
        """Who goes first in the line of a host."""

        PERSON = 0, _("a person waits for it")
        LIST = 1, _("one of a person's list")
        BY_ITSELF = 2, _("it came by itself")

    UNDER_WAY = (Status.QUEUED, Status.RUNNING, Status.LATER)
    OTHER_TEXT = "other_text"  # the reason of what is not the story of its address's article
    ELSEWHERE = "under_way"  # the reason of one that stands in a batch for another, which is in its own

    via = models.CharField(_("came by"), max_length=12, choices=Via)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.QUEUED)
    batch = models.UUIDField(_("handed in together"), null=True, blank=True)
    url = models.CharField(_("URL"), max_length=2000, blank=True)
    canonical_url = models.CharField(max_length=2000, blank=True, editable=False)
    file = models.FileField(_("file"), upload_to=_upload_name, storage=_storage, blank=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    content_type = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)  # of what is not to be fetched
    given = models.JSONField(_("given with it"), default=dict, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="intakes"
    )
    extract = models.BooleanField(_("find claims"), default=True)
    host = models.CharField(max_length=253, blank=True, editable=False)  # in whose line it stands, or is out
    precedence = models.PositiveSmallIntegerField(
        choices=Precedence, default=Precedence.BY_ITSELF, editable=False
    )

    stage = models.CharField(max_length=20, blank=True)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    words = models.TextField(_("what happened"), blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(_("handed in"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    sent_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="intakes")
    capture = models.ForeignKey(Capture, on_delete=models.SET_NULL, null=True, related_name="intakes")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="intakes"
    )
    asked_as = models.CharField(_("handed in by"), max_length=200, blank=True)
    set_aside_at = models.DateTimeField(_("set aside"), null=True, editable=False)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-queued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["canonical_url", "digest"],
                condition=Q(status__in=["queued", "running", "later"]) & ~Q(canonical_url=""),
                name="intake_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(words=""), name="intake_failed_says_why"
            ),
            models.CheckConstraint(condition=~Q(status="gone") | Q(via="again"), name="intake_gone_was_here"),
            models.CheckConstraint(
                condition=~Q(status="later") | Q(next_try_at__isnull=False), name="intake_later_says_when"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True) | Q(status="failed"), name="intake_set_aside_failed"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_by__isnull=True) | Q(set_aside_at__isnull=False),
                name="intake_set_aside_says_when",
            ),
        ]
        indexes = [
            models.Index(F("queued_at").desc(), F("id").desc(), name="intake_newest_first"),
            models.Index(
                fields=["status", "next_try_at"],
                condition=Q(status__in=["queued", "running", "later"]),
                name="intake_unfinished",
            ),
            models.Index(
                F("queued_at").desc(),
                F("id").desc(),
                condition=Q(status="failed", set_aside_at__isnull=True),
                name="intake_failed",
            ),
            models.Index(fields=["canonical_url"], condition=~Q(canonical_url=""), name="intake_of_address"),
            models.Index(
                fields=["host", "precedence", "queued_at"],
                condition=Q(status__in=["queued", "running", "later"]) & ~Q(host=""),
                name="intake_line",
            ),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="intake_batch"),
        ]

    def __str__(self) -> str:
        return self.url or self.file_name or self.title_given or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("intake:show", args=[self.pk])

    @property
    def own_article(self) -> Article | None:
        """The article that it is, and not the one of its address where that is another."""
        return None if self.reason == self.OTHER_TEXT else self.article

    @cached_property
    def title_given(self) -> str | None:
        """The title that was given with it, which a list asks for without the rest of `given`."""
        return str(self.given.get("title", ""))

    @property
    def is_over(self) -> bool:
        return self.status not in self.UNDER_WAY

    @property
    def was_handed_in(self) -> bool:
        """Whether there is a file, which lies under `file` until it is kept as the `capture`, or a text, which stands in `given`:
        nothing of it is fetched."""
        return bool(self.digest)

    @property
    def may_be_retried(self) -> bool:
        """Whether it did not come in, and there is something to try: what failed before any try was not kept."""
        return self.status == self.Status.LATER or (self.status == self.Status.FAILED and self.attempts > 0)
