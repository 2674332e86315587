"""Articles, the text they came in with, the passes of the extractor over it, and what editors note on it."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.desk.models import Revisioned, Span
from factcheck.sources.models import Source

from .comparing import Pair, in_one_line
from .querysets import ArticleQuerySet, ExtractionRunQuerySet, HeadlineQuerySet, HostBackwards


@pghistory.track(exclude=["current_version", "next_fetch_at"])
class Article(Revisioned):
    """One item by a source. Its text is in its versions; the last one is the current one.

    `not_copy_of` is what an editor said that it is no copy of; it stands for itself then, whatever its later texts.
    """

    class Medium(models.TextChoices):
        NEWS = "news", _("news")
        SPEECH = "speech", _("speech")
        BROADCAST = "broadcast", _("broadcast")
        POST = "post", _("post")
        IMAGE = "image", _("image")
        DOCUMENT = "document", _("document")
        TIP = "tip", _("tip")

    url = models.URLField(_("URL"), max_length=2000, blank=True)
    canonical_url = models.CharField(_("canonical URL"), max_length=2000, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=500)
    bylines = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, verbose_name=_("bylines")
    )
    carried_by = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried",
        verbose_name=_("carried by"),
    )
    written_by = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="written",
        verbose_name=_("written by"),
    )
    published_on = models.DateField(_("date"), null=True, blank=True)
    published_at = models.DateTimeField(_("instant"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    medium = models.CharField(_("medium"), max_length=12, choices=Medium, default=Medium.NEWS)
    recording_url = models.URLField(_("recording"), max_length=2000, blank=True)
    copy_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("copy of"),
    )
    not_copy_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("not a copy of"),
    )
    current_version = models.OneToOneField(
        "ArticleVersion", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    corrected = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("corrected by an editor"),
    )
    done_at = models.DateTimeField(_("triage done"), null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    next_fetch_at = models.DateTimeField(_("fetched again"), null=True, editable=False)
    gone_at = models.DateTimeField(_("page gone since"), null=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(_("came in"), auto_now_add=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-added_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["canonical_url"], condition=~Q(canonical_url=""), name="article_canonical_url_once"
            ),
            models.CheckConstraint(condition=~Q(copy_of=F("id")), name="article_not_a_copy_of_itself"),
            models.CheckConstraint(
                condition=Q(copy_of=None) | Q(not_copy_of=None), name="article_said_to_be_no_copy_is_none"
            ),
        ]
        indexes = [
            models.Index(F("added_at").desc(), F("id").desc(), name="article_newest_first"),
            models.Index(fields=["published_on", "added_at"], name="article_by_day"),
            models.Index(
                fields=["next_fetch_at"],
                condition=Q(next_fetch_at__isnull=False),
                name="article_to_fetch_again",
            ),
            models.Index(
                OpClass(HostBackwards("url"), name="text_pattern_ops"),
                condition=Q(carried_by=None),
                name="article_without_outlet",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:show", args=[self.pk])


class ArticleVersion(models.Model):
    """The text as it came in at one time; it never changes, since everything in the text is anchored to it.

    `body`, `sentences`, `quotations` and `speakers` are what the last finished extraction read, in the contract's shapes;
    `from_page` says that a reader of pages cut the body out, with no headline or byline in it; `paywalled`, that the page ended
    before a paywall;
    `sketch` is the text's fingerprint, by which near-identical ones are found (see copies.py).
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    came_at = models.DateTimeField(auto_now_add=True)
    body = models.JSONField(default=list)
    sentences = models.JSONField(default=list)
    quotations = models.JSONField(default=list)
    speakers = models.JSONField(default=list)
    from_page = models.BooleanField(default=False, editable=False)
    paywalled = models.BooleanField(default=False, editable=False)
    sketch = ArrayField(models.BigIntegerField(), default=list, editable=False)

    class Meta:
        ordering = ["article", "number"]
        indexes = [GinIndex(fields=["sketch"], name="version_sketch")]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="version_number_once")]
        triggers = [
            pgtrigger.Protect(
                name="text_never_changes",
                operation=pgtrigger.UpdateOf("text", "sha256"),
                condition=pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                | pgtrigger.Q(old__text__df=pgtrigger.F("new__text")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.number})"


class ExtractionRun(models.Model):
    """One pass of the extractor over one version: the job's row, and the truth about how far it is."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting for a worker")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        FAILED = "failed", _("failed")

    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="runs")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    stage = models.CharField(max_length=20, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    extractor_version = models.CharField(max_length=40, blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    # When it was sent again; the first message goes out when it is queued.
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    timings = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ExtractionRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("extraction")
        verbose_name_plural = _("extractions")
        ordering = ["-queued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(status__in=["queued", "running"]),
                name="one_extraction_at_a_time",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_a_percentage"),
        ]
        indexes = [
            models.Index(
                fields=["status", "alive_at"],
                condition=Q(status__in=["queued", "running"]),
                name="run_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_status_display()}"

    @property
    def is_over(self) -> bool:
        return self.status in (self.Status.FINISHED, self.Status.FAILED)


class Headline(models.Model):
    """What an article's page gave as its headline, from the first time on that it gave another one than before.

    The first of an article is what it said until then, and has no `before`. `version` is the newer text that came along with it,
    if one did. `compared`: its figures were compared with those of the one before.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="headlines")
    before = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="after")
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.SET_NULL, null=True, related_name="headlines"
    )
    text = models.CharField(max_length=500)
    compared = models.BooleanField(default=False)

    objects = HeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["article", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(before__isnull=True), name="headline_first_once"
            ),
            models.CheckConstraint(condition=~Q(before=F("id")), name="headline_not_before_itself"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(compared=False), name="headline_compared_with_another"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def beside(self) -> Pair:
        """The headline before it and this one, with the words that changed."""
        return in_one_line(self.before.text, self.text)


@pghistory.track()
class Annotation(Revisioned, Span):
    """An editor's note on a span of an article."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="annotations")
    note = models.TextField(_("note"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="annotations")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="annotation_is_not_empty")
        ]

    def __str__(self) -> str:
        return self.note[:80]
