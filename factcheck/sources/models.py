"""Who publishes or says: outlets, agencies, people, organisations, publishers of data."""

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.desk.models import Revisioned

from .querysets import SourceMergeQuerySet, SourceQuerySet


@pghistory.track()
class Source(Revisioned):
    """A publisher or a speaker. One row a real one; its other names are aliases, its sites are domains."""

    class Kind(models.TextChoices):
        OUTLET = "outlet", _("outlet")
        AGENCY = "agency", _("news agency")
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        DATASET = "dataset", _("publisher of data")

    class Reliability(models.TextChoices):
        UNRATED = "", _("not rated")
        HIGH = "high", _("reliable")
        MIXED = "mixed", _("mixed")
        LOW = "low", _("unreliable")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    homepage = models.URLField(_("homepage"), blank=True)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters; settles what an open “$” means.")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    reliability = models.CharField(_("reliability"), max_length=10, choices=Reliability, blank=True)
    reliability_reason = models.TextField(_("why"), blank=True)
    reliability_on = models.DateField(_("rated on"), null=True, blank=True)
    interests = models.TextField(_("interests to disclose"), blank=True)
    obeys_robots = models.BooleanField(
        _("obey robots.txt"), default=True, help_text=_("Off only where the publisher allowed it.")
    )
    fetch_delay = models.FloatField(
        _("seconds between fetches"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(600)],
        help_text=_("Empty for the desk's own pace."),
    )
    notes = models.TextField(_("notes"), blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    # How many articles that came in earlier the service that returned the source linked to it.
    linked = 0

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "kind", name="source_name_once_a_kind"),
            models.CheckConstraint(
                condition=models.Q(reliability="") | ~models.Q(reliability_reason=""),
                name="source_reliability_has_reason",
                violation_error_message=_("Say why: a reliability rating needs its reason."),
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="source_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SourceAlias(models.Model):
    """Another name of a source, as texts use it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("other name"), max_length=200)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="source_alias_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SourceDomain(models.Model):
    """A host name that a source publishes on; an article's outlet is found from its URL by it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("domain"), max_length=253, unique=True)

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["domain"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(domain__regex=r"^[a-z0-9.-]+$"), name="source_domain_is_a_host_name"
            )
        ]

    def __str__(self) -> str:
        return self.domain


@pghistory.track()
class NotTheSame(models.Model):
    """Somebody looked at a name or domain that resembles a source and said that it is another one."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="not_the_same")
    other = models.CharField(_("name or domain"), max_length=253)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("not the same")
        verbose_name_plural = _("not the same")
        constraints = [models.UniqueConstraint("source", Lower("other"), name="not_the_same_once")]

    def __str__(self) -> str:
        return f"{self.source} ≠ {self.other}"


class SourceMerge(models.Model):
    """One source that became another, with all that moved, so that it can be parted again.

    `moved` names the rows that changed hands: {"app.Model.field": [pk, …]}. `was` holds the merged source's own columns
    ("source"), the row that keeps its name ("alias"), what changed on the other ({"field": [before, after]} in "changed")
    and the rows that both had ("dropped").
    """

    into = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="merges")
    name = models.CharField(_("merged source"), max_length=200)
    was = models.JSONField()
    moved = models.JSONField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    merged_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = SourceMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merged source")
        verbose_name_plural = _("merged sources")
        ordering = ["-merged_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} → {self.into}"


@pghistory.track()
class SuggestionIgnored(models.Model):
    """A speaker's name that somebody does not want suggested as a source again."""

    name = models.CharField(max_length=200)
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ignored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="suggestion_ignored_once")]

    def __str__(self) -> str:
        return self.name
