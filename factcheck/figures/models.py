"""The figure as data: a quantity in a text, what the machine read in it, and what an editor set."""

from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.articles.models import Article, ArticleVersion, Headline
from factcheck.desk.models import Revisioned

# The part of a figure that is its reading: what the machine fills in and an editor may correct.
READING_FIELDS = (
    "low", "high", "precision", "bound", "unit", "dimension", "per", "role", "change", "predicate", "measure", "of",
    "whole", "place", "baseline", "period_text", "period_from", "period_to", "modality", "origin",
)  # fmt: skip


class FigureQuerySet(models.QuerySet):
    def in_use(self) -> "FigureQuerySet":
        """Figures that the last extraction found or a person touched."""
        return self.filter(superseded=False)


@pghistory.track()
class Figure(Revisioned):
    """A quantity in an article version, or in a headline that changed. Units and meanings are those of the extraction contract.

    The columns hold the reading that counts. `machine_reading` keeps what the extractor printed, whatever an editor did
    since, and `set_by_editor` names the columns that a person set: a later run leaves those alone.
    """

    class Bound(models.TextChoices):
        EXACT = "exact", _("exactly")
        ABOUT = "about", _("about")
        OVER = "over", _("more than")
        AT_LEAST = "at_least", _("at least")
        UNDER = "under", _("less than")
        AT_MOST = "at_most", _("at most")
        BETWEEN = "between", _("between")

    class Dimension(models.TextChoices):
        RATIO = "ratio", _("share or ratio")
        COUNT = "count", _("count")
        MULTIPLE = "multiple", _("multiple")
        SCORE = "score", _("score")
        CURRENCY = "currency", _("money")
        TIME = "time", _("duration")
        AGE = "age", _("age")
        LENGTH = "length", _("length")
        AREA = "area", _("area")
        VOLUME = "volume", _("volume")
        MASS = "mass", _("mass")
        SPEED = "speed", _("speed")
        TEMPERATURE = "temperature", _("temperature")
        ENERGY = "energy", _("energy")
        POWER = "power", _("power")
        DATA = "data", _("data")
        OTHER = "other", _("other")

    class Role(models.TextChoices):
        LEVEL = "level", _("level")
        CHANGE = "change", _("size of a change")
        FROM = "from", _("level before a change")
        TO = "to", _("level after a change")
        RATE = "rate", _("rate")

    class Change(models.TextChoices):
        NONE = "", _("no change")
        INCREASE = "increase", _("increase")
        DECREASE = "decrease", _("decrease")

    class Modality(models.TextChoices):
        ASSERTED = "asserted", _("asserted")
        DENIED = "denied", _("denied")
        PREDICTED = "predicted", _("predicted")
        TARGET = "target", _("target")
        CONDITIONAL = "conditional", _("conditional")

    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, null=True, related_name="figures")
    headline = models.ForeignKey(
        Headline, on_delete=models.CASCADE, null=True, editable=False, db_index=False, related_name="figures"
    )
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    text = models.CharField(_("as said"), max_length=300)

    low = models.DecimalField(_("low"), max_digits=40, decimal_places=12)
    high = models.DecimalField(_("high"), max_digits=40, decimal_places=12)
    precision = models.DecimalField(_("precision"), max_digits=40, decimal_places=12, null=True, blank=True)
    bound = models.CharField(_("bound"), max_length=10, choices=Bound, default=Bound.EXACT)
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    dimension = models.CharField(
        _("kind of quantity"), max_length=12, choices=Dimension, default=Dimension.OTHER
    )
    per = models.CharField(_("per"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.LEVEL)
    change = models.CharField(_("change"), max_length=8, choices=Change, blank=True)
    predicate = models.CharField(_("verb"), max_length=200, blank=True)
    measure = models.CharField(_("measure"), max_length=300, blank=True)
    of = models.CharField(_("of"), max_length=300, blank=True)
    whole = models.CharField(_("whole (percent of what)"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    baseline = models.CharField(_("since or compared with"), max_length=300, blank=True)
    period_text = models.CharField(_("period, as said"), max_length=200, blank=True)
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_to = models.DateField(_("period to"), null=True, blank=True)
    modality = models.CharField(_("modality"), max_length=12, choices=Modality, default=Modality.ASSERTED)
    origin = models.CharField(_("whose number"), max_length=300, blank=True)

    minor = models.BooleanField(_("minor"), default=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="restatements"
    )
    machine_reading = models.JSONField(null=True, editable=False)
    set_by_editor = ArrayField(models.CharField(max_length=20), default=list, editable=False)
    superseded = models.BooleanField(default=False, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__lte=F("high")) | Q(dimension="score"),
                name="figure_low_not_above_high",
                violation_error_message=_("The low value is above the high value."),
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_from__lte=F("period_to")),
                name="figure_period_in_order",
                violation_error_message=_("The period ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True, headline__isnull=True)
                | (
                    Q(start__isnull=False, end__isnull=False, end__gt=F("start"))
                    & (
                        Q(version__isnull=False, headline__isnull=True)
                        | Q(version__isnull=True, headline__isnull=False)
                    )
                ),
                name="figure_span_is_in_one_text",
            ),
            models.UniqueConstraint(
                fields=["version", "start", "end"], condition=Q(superseded=False), name="figure_once_a_span"
            ),
            models.UniqueConstraint(
                fields=["headline", "start", "end"],
                condition=Q(headline__isnull=False),
                name="figure_once_a_span_of_a_headline",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean_decimal(self, name: str) -> Decimal | None:
        """A value without the zeros that its column adds: 87, 0.1667, 6500000."""
        value = getattr(self, name)
        return None if value is None else plain(value)


class FigureChange(models.Model):
    """A figure that a newer version of an article gives otherwise: "87 became 78", with or without a notice to readers.

    `new` is empty where the newer text has no figure in its place. `headline` is the newer one of two between which it changed:
    with them alone, if the figures stand in them, or in the text as well.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="figure_changes")
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="figure_changes")
    old = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="changed_to")
    new = models.ForeignKey(Figure, on_delete=models.SET_NULL, null=True, related_name="changed_from")
    headline = models.ForeignKey(Headline, on_delete=models.CASCADE, null=True, related_name="figure_changes")
    noticed = models.BooleanField(_("the outlet says so"), default=False)
    notice = models.CharField(_("notice to readers"), max_length=300, blank=True)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("changed figure")
        verbose_name_plural = _("changed figures")
        ordering = ["-found_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["version", "old"], name="figure_change_once")]
        indexes = [
            models.Index(F("found_at").desc(), condition=Q(seen_at__isnull=True), name="figure_change_unseen")
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new or '–'}"


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value.as_tuple().exponent > 0 else value
