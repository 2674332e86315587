"""The rating scale, to be changed here; what the work produced, to be looked at."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim
from factcheck.desk.admin import ReadOnlyAdmin
from factcheck.desk.audit import acting

from .models import Evidence, Exhibit, Rating, RatingScale, Review, Verdict, VerdictDraft


def in_use(rating: Rating) -> bool:
    """Whether a verdict, a draft or a review was given this rating."""
    return (
        rating.verdicts.exists()
        or VerdictDraft.objects.filter(rating=rating).exists()
        or Review.objects.filter(rating=rating).exists()
    )


def in_words(scale: RatingScale) -> str:
    """All that the administration edits of a scale, on one line."""
    ratings = [
        f"{rating.position}. {rating.label} ({rating.key}, {rating.value}, {rating.tone}"
        f"{'' if rating.active else ', –'}): {rating.definition}"
        for rating in Rating.objects.filter(scale=scale)
    ]
    return "; ".join([f"{scale.name}{' *' if scale.in_use else ''}", *ratings])


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


class RatingFormSet(BaseInlineFormSet):
    """The ratings of a scale. One that was given cannot be deleted (the database keeps it); it can be switched off."""

    def clean(self) -> None:
        super().clean()
        kept = 0
        for form in self.forms:
            if not getattr(form, "cleaned_data", None):
                continue
            kept += bool(form.cleaned_data.get("active") and not form.cleaned_data.get("DELETE"))
        if self.instance.in_use and not kept:
            raise ValidationError(_("The scale in use needs at least one rating that can be given."))


class RatingInline(admin.TabularInline):
    model = Rating
    formset = RatingFormSet
    extra = 1
    fields = ("position", "label", "key", "definition", "value", "tone", "looks", "active")
    readonly_fields = ("looks",)
    prepopulated_fields = {"key": ("label",)}
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 50})}}

    @admin.display(description=_("on the desk"))
    def looks(self, rating: Rating) -> str:
        if not rating.pk:
            return "–"
        return format_html('<span class="rating" data-tone="{}">{}</span>', rating.tone, rating.label)


class ScaleForm(forms.ModelForm):
    """Carries what the scale said when it was opened, so that a save over somebody else's is noticed."""

    opened_as = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = RatingScale
        fields = ("name", "in_use")
        help_texts = {"in_use": _("Takes the scale that is in use now out of it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "opened_as" in self.fields:
            self.fields["opened_as"].initial = _hash(in_words(self.instance))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("opened_as"):
            # Held until the request's transaction ends, so nobody can save between this look and our own saving.
            now = RatingScale.objects.select_for_update().get(pk=self.instance.pk)
            if _hash(in_words(now)) != cleaned["opened_as"]:
                self.data = self.data.copy()
                self.data[self.add_prefix("opened_as")] = _hash(in_words(now))
                said = _(
                    "Somebody else saved this scale while you were writing. Yours is kept below; on the desk it now says: "
                    "%(theirs)s. Save again to put yours in its place."
                )
                raise ValidationError(said % {"theirs": in_words(now)}, code="stale")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # Another scale in use is no error: saving takes it out of use first.
        return super()._get_validation_exclusions() | {"in_use"}


@admin.register(RatingScale)
class RatingScaleAdmin(admin.ModelAdmin):
    """One scale is in use. Putting another in use takes the first out of it; verdicts keep the rating they were given."""

    inlines = (RatingInline,)
    list_display = ("name", "in_use", "shown")
    form = ScaleForm

    class Media:
        css = {"all": ("css/ratings.css",)}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("ratings")

    @admin.display(description=_("ratings"))
    def shown(self, scale: RatingScale) -> str:
        return ", ".join(rating.label for rating in scale.ratings.all() if rating.active)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # The inlines are saved after the scale: the audit trail needs the name around both.
        with acting(request.user, "rating scale"):
            response = super().changeform_view(request, *args, **kwargs)
        form = getattr(response, "context_data", None) and response.context_data.get("adminform")
        if form and form.form.is_bound and form.form.has_error("__all__", "stale"):
            response.status_code = 409
        return response

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with acting(request.user, "rating scale"):
            return super().delete_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: RatingScale, form: Any, change: bool) -> None:
        if obj.in_use:
            RatingScale.objects.exclude(pk=obj.pk).filter(in_use=True).update(in_use=False)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: RatingScale | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        if obj is None:
            return False
        return allowed and not obj.in_use and not any(in_use(rating) for rating in obj.ratings.all())


class OfClaimAdmin(ReadOnlyAdmin):
    """Rows that belong to claims: those of restricted ones stay with those who may see them, here too."""

    of_claim = ""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        visible = Claim.objects.visible_to(request.user)
        return super().get_queryset(request).filter(**{f"{self.of_claim}__in": visible})


@admin.register(Exhibit)
class ExhibitAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "publisher_name", "found_on")
    search_fields = ("title", "url")
    list_filter = ("kind",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """What was only found for claims that this person may not see stays with those who may."""
        uses = Evidence.objects.filter(exhibit=models.OuterRef("pk"))
        seen = uses.filter(claim__in=Claim.objects.visible_to(request.user))
        return super().get_queryset(request).filter(models.Exists(seen) | ~models.Exists(uses))


@admin.register(Evidence)
class EvidenceAdmin(OfClaimAdmin):
    of_claim = "claim"
    list_display = ("exhibit", "stance", "claim", "added_by", "added_at")
    list_select_related = ("exhibit", "claim", "added_by")
    list_filter = ("stance",)


@admin.register(Verdict)
class VerdictAdmin(OfClaimAdmin):
    of_claim = "claim"
    list_display = ("claim", "number", "rating_label", "status", "submitted_by", "submitted_at")
    list_select_related = ("claim", "submitted_by")
    list_filter = ("status",)
    search_fields = ("summary",)


@admin.register(Review)
class ReviewAdmin(OfClaimAdmin):
    of_claim = "verdict__claim"
    list_display = ("verdict", "outcome", "reviewer", "at")
    list_select_related = ("verdict", "reviewer")
    list_filter = ("outcome",)
