"""The rating scale, to be changed here; what the work produced, to be looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factcheck.claims.admin import ReadOnlyAdmin
from factcheck.claims.models import Claim
from factcheck.desk.audit import acting

from .models import Evidence, Exhibit, Rating, RatingScale, Review, Verdict, VerdictDraft


def in_use(rating: Rating) -> bool:
    """Whether a verdict, a draft or a review was given this rating."""
    return (
        rating.verdicts.exists()
        or VerdictDraft.objects.filter(rating=rating).exists()
        or Review.objects.filter(rating=rating).exists()
    )


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
    class Meta:
        model = RatingScale
        fields = ("name", "in_use")
        help_texts = {"in_use": _("Takes the scale that is in use now out of it.")}

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
            return super().changeform_view(request, *args, **kwargs)

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
