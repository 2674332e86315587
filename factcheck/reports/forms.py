"""Which verified claims to take out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.sources.models import Source
from factcheck.verdicts.models import Rating, Verdict


class ExportFilter(forms.Form):
    """All of it optional; without any, everything verified that the person may see."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    rating = forms.ModelChoiceField(
        label=_("Rating"), required=False, queryset=Rating.objects.none(), empty_label=_("any rating")
    )
    claimant = forms.CharField(label=_("Claimant"), required=False, max_length=200)
    source = forms.ModelChoiceField(
        label=_("Source"), required=False, queryset=Source.objects.none(), empty_label=_("any source")
    )
    since = forms.DateField(
        label=_("Verified from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Verified to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = Verdict.objects.filter(status=Verdict.Status.APPROVED).values("rating")
        self.fields["rating"].queryset = Rating.objects.filter(pk__in=given) | Rating.objects.filter(
            scale__in_use=True
        )
        self.fields["source"].queryset = Source.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This is before the first day."))
        return cleaned
