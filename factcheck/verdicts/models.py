"""What was found: exhibits and evidence, the draft of a verdict, its numbered submissions, and the second person's look."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim
from factcheck.desk.models import Revisioned
from factcheck.sources.models import Source

USER = settings.AUTH_USER_MODEL


class RatingScale(models.Model):
    """The ratings a desk gives, worst to best. One scale is in use; older verdicts keep theirs."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    in_use = models.BooleanField(_("in use"), default=False)

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="one_scale_in_use")
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Rating(models.Model):
    """One rating of a scale. `value` is its place for ClaimReview (1 worst); none for ratings outside the order."""

    class Tone(models.TextChoices):
        TRUE = "true", _("true")
        MOSTLY_TRUE = "mostly-true", _("mostly true")
        MIXED = "mixed", _("mixed")
        MOSTLY_FALSE = "mostly-false", _("mostly false")
        FALSE = "false", _("false")
        OPEN = "open", _("outside the order")

    scale = models.ForeignKey(RatingScale, on_delete=models.CASCADE, related_name="ratings")
    key = models.SlugField(_("key"))
    label = models.CharField(_("label"), max_length=60)
    definition = models.TextField(_("definition"), blank=True)
    value = models.PositiveSmallIntegerField(_("value"), null=True, blank=True)
    tone = models.CharField(_("looks like"), max_length=12, choices=Tone, default=Tone.OPEN)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("can be given"), default=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["scale", "key"], name="rating_key_once_a_scale")]

    def __str__(self) -> str:
        return self.label


@pghistory.track()
class Exhibit(models.Model):
    """A page, file, passage, data row or calculation, stored by the hash of its content and used by many claims."""

    class Kind(models.TextChoices):
        PAGE = "page", _("page")
        FILE = "file", _("file")
        PASSAGE = "passage", _("passage")
        DATA = "data", _("data row")
        CALCULATION = "calculation", _("calculation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PASSAGE)
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("URL"), max_length=2000, blank=True)
    publisher = models.ForeignKey(
        Source,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="exhibits",
        verbose_name=_("publisher"),
    )
    publisher_name = models.CharField(_("publisher"), max_length=200, blank=True)
    passage = models.TextField(_("passage"), blank=True)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    found_on = models.DateField(_("found on"), default=timezone.localdate)
    added_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    class Meta:
        verbose_name = _("exhibit")
        verbose_name_plural = _("exhibits")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Evidence(Revisioned):
    """An exhibit's link to a claim: what it says about it."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        REFUTES = "refutes", _("refutes")
        CONTEXT = "context", _("context")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="uses")
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    note = models.TextField(_("note"), blank=True)
    added_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["claim", "exhibit"], name="exhibit_once_a_claim")]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.exhibit}"


@pghistory.track()
class VerdictDraft(Revisioned):
    """The verdict being written. Each submission makes a numbered Verdict of it."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="draft")
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("rating")
    )
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    updated_by = models.ForeignKey(
        USER, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return self.summary


@pghistory.track()
class Verdict(models.Model):
    """A numbered submission. What it says never changes; `snapshot` holds wording, figures and evidence as they stood."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("in review")
        RECALLED = "recalled", _("recalled")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        REPLACED = "replaced", _("replaced")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="verdicts")
    number = models.PositiveIntegerField()
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="verdicts")
    rating_label = models.CharField(max_length=60)
    summary = models.CharField(max_length=400)
    explanation = models.TextField()
    snapshot = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status, default=Status.SUBMITTED)
    submitted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="verdicts")
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["claim", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="verdict_number_once"),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(status="approved"), name="one_current_verdict"
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(status="submitted"), name="one_verdict_in_review"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_a_verdict_says_never_changes",
                operation=pgtrigger.UpdateOf(
                    "rating_id", "rating_label", "summary", "explanation", "snapshot", "number", "claim_id"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rating_label}: {self.summary}"


@pghistory.track()
class Review(models.Model):
    """The second person's look at one verdict. The database itself refuses an author's approval."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")

    verdict = models.OneToOneField(Verdict, on_delete=models.CASCADE, related_name="review")
    reviewer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="reviews")
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("own rating")
    )
    comment = models.TextField(_("comment"), blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="approved") | ~Q(comment=""),
                name="return_says_why",
                violation_error_message=_("Say what is missing: the author will read it."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="author_never_approves",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__outcome="approved"),
                declare=[("claim", "bigint")],
                func="""
                    SELECT claim_id INTO claim FROM verdicts_verdict WHERE id = NEW.verdict_id;
                    PERFORM 1 FROM claims_claim WHERE id = claim FOR UPDATE;
                    IF EXISTS (
                        SELECT 1 FROM claims_authorship
                        WHERE claim_id = claim AND user_id = NEW.reviewer_id AND settled_at IS NULL
                    ) OR EXISTS (
                        SELECT 1 FROM verdicts_verdict WHERE id = NEW.verdict_id AND submitted_by_id = NEW.reviewer_id
                    ) THEN
                        RAISE EXCEPTION 'an author cannot approve claim %', claim USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.get_outcome_display()}"
