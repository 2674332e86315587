"""Claims, where they stand, who is checked for them, and each step of their way."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.articles.models import Article, ArticleVersion, ExtractionRun
from factcheck.desk.models import Revisioned, Span
from factcheck.figures.models import Figure
from factcheck.sources.models import Source

from .querysets import AppearanceQuerySet, ClaimQuerySet

USER = settings.AUTH_USER_MODEL


@pghistory.track(exclude=["score", "reasons"])
class Claim(Revisioned):
    """A checkable statement. The quote stands as it was said; the wording beside it is the desk's own, neutral one."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        OPEN = "open", _("open")
        IN_REVIEW = "in_review", _("in review")
        VERIFIED = "verified", _("verified")
        PUBLISHED = "published", _("published")
        PARKED = "parked", _("parked")
        DISMISSED = "dismissed", _("dismissed")
        CLOSED = "closed", _("closed without verdict")
        SUPERSEDED = "superseded", _("superseded")
        MERGED = "merged", _("merged")

    class Kind(models.TextChoices):
        STATISTIC = "statistic", _("statistic")
        EVENT = "event", _("event")
        COMPARISON = "comparison", _("comparison")
        CAUSAL = "causal", _("cause")
        PREDICTION = "prediction", _("prediction")
        OPINION = "opinion", _("opinion")
        OTHER = "other", _("other")

    class Dismissal(models.TextChoices):
        NOT_WORTH = "not_worth", _("Not worth checking")
        NOT_A_CLAIM = "not_a_claim", _("Not a claim")
        OPINION = "opinion", _("Opinion")
        DUPLICATE = "duplicate", _("Already on the desk")
        MISREAD = "misread", _("The machine misread it")

    class Closing(models.TextChoices):
        UNCHECKABLE = "uncheckable", _("Cannot be checked")
        TRIVIAL = "trivial", _("Trivial")
        OVERTAKEN = "overtaken", _("Overtaken by events")
        ELSEWHERE = "elsewhere", _("Checked elsewhere")

    class Priority(models.IntegerChoices):
        NONE = 0, _("none")
        LOW = 1, _("low")
        HIGH = 2, _("high")
        URGENT = 3, _("urgent")

    quote = models.TextField(_("as said"))
    wording = models.TextField(_("neutral wording"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CANDIDATE)
    state_at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    reason_note = models.TextField(_("note"), blank=True)
    parked_until = models.DateField(_("until"), null=True, blank=True)

    score = models.FloatField(_("score"), null=True, editable=False)
    reasons = ArrayField(models.CharField(max_length=80), default=list, blank=True, editable=False)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NONE)
    assignee = models.ForeignKey(
        USER,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("assigned to"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    needs_look = models.CharField(_("needs another look"), max_length=300, blank=True, editable=False)
    restricted = models.BooleanField(_("restricted"), default=False)
    people = models.ManyToManyField(
        USER, blank=True, related_name="restricted_claims", verbose_name=_("seen by")
    )

    lead_article = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, editable=False, related_name="lead_claims"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged"
    )
    found_by_machine = models.BooleanField(default=False, editable=False)
    touched = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(
        USER, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-priority", F("score").desc(nulls_last=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="claim_merged_has_a_target",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="claim_not_merged_into_itself"),
            models.CheckConstraint(condition=Q(priority__lte=3), name="claim_priority_in_range"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1), name="claim_score_0_to_1"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dismissed", "closed"]) | ~Q(reason=""),
                name="claim_set_aside_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                "state",
                F("priority").desc(),
                F("score").desc(nulls_last=True),
                F("id").desc(),
                name="claim_queue",
            ),
            models.Index(
                F("priority").desc(), F("score").desc(nulls_last=True), F("id").desc(), name="claim_rank"
            ),
            models.Index(F("state_at").desc(), F("id").desc(), name="claim_last_changed"),
            models.Index(fields=["id"], condition=~Q(needs_look=""), name="claim_needs_look"),
            models.Index(fields=["assignee", "state"], name="claim_mine"),
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="claim_due"),
            models.Index(fields=["lead_article"], name="claim_lead_article"),
            GinIndex(fields=["quote"], opclasses=["gin_trgm_ops"], name="claim_quote_words"),
            GinIndex(fields=["wording"], opclasses=["gin_trgm_ops"], name="claim_wording_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="verified_only_after_approval",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="verified") & ~pgtrigger.Q(old__state="published"),
                func="""
                    IF OLD.state <> 'verified' AND NOT EXISTS (
                        SELECT 1 FROM verdicts_verdict v JOIN verdicts_review r ON r.verdict_id = v.id
                        WHERE v.claim_id = NEW.id AND v.status = 'approved' AND r.outcome = 'approved'
                    ) THEN
                        RAISE EXCEPTION 'claim % has no approved verdict', NEW.id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.wording or self.quote

    def get_absolute_url(self) -> str:
        return reverse("claims:show", args=[self.pk])

    @property
    def reason_label(self) -> str:
        """The reason for setting it aside, in words."""
        labels = {**dict(self.Dismissal.choices), **dict(self.Closing.choices)}
        return labels.get(self.reason, self.reason)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class SeenBy(Claim.people.through):
    """That somebody was named to see a restricted claim: here to be tracked like the claim itself."""

    class Meta:
        proxy = True
        verbose_name = _("seen by")
        verbose_name_plural = _("seen by")


@pghistory.track(exclude=["score", "reasons"])
class Appearance(Span):
    """One place where a claim stands in an article version."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="appearances")
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="appearances")
    timecode = models.CharField(_("timecode"), max_length=12, blank=True)
    figures = models.ManyToManyField(Figure, blank=True, related_name="appearances")
    score = models.FloatField(null=True)
    reasons = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    speaker_name = models.CharField(_("speaker"), max_length=200, blank=True)
    speaker_role = models.CharField(_("speaker's role"), max_length=300, blank=True)
    run = models.ForeignKey(ExtractionRun, on_delete=models.SET_NULL, null=True, related_name="appearances")
    added_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "version", "start", "end"], name="appearance_once_a_span"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="appearance_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.exact


@pghistory.track()
class Claimant(Revisioned):
    """Whom the desk checks for saying it, with their role at the time. Suggested by the machine until an editor confirms."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="claimants")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role at the time"), max_length=300, blank=True)
    source = models.ForeignKey(
        Source,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="claimed",
        verbose_name=_("source"),
    )
    confirmed_by = models.ForeignKey(
        USER, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["claim", "name"], name="claimant_once_a_claim")]
        indexes = [GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="claimant_name_words")]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One step of a claim on its way: who took it, why, and what it was before, so that it can be undone."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    actor = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    batch = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(
                "actor", F("at").desc(), condition=Q(undone_at__isnull=True), name="step_last_of_actor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.claim_id}"


class Authorship(models.Model):
    """Somebody who changed the verdict, a figure or the evidence since the last approval, and so may not approve it.

    Inserting takes the claim's lock, as the trigger on reviews does, so an edit and an approval cannot pass each other.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="authorships")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="authorships")
    since = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "user"], condition=Q(settled_at__isnull=True), name="author_once_a_round"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="author_locks_the_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="PERFORM 1 FROM claims_claim WHERE id = NEW.claim_id FOR UPDATE; RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.claim_id}"
