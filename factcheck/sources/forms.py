"""What a list of sources can be asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Source


class SourceFilter(forms.Form):
    q = forms.CharField(
        label=_("Name, other name or domain"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all kinds")), *Source.Kind.choices]
    )
