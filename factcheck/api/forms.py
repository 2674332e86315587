"""The form of a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability

from .services import SCOPES


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Client"), max_length=100, help_text=_("Which program uses it, such as: wire import.")
    )
    capabilities = forms.MultipleChoiceField(
        label=_("May"),
        choices=[(scope.value, scope.label) for scope in SCOPES],
        initial=[Capability.READ.value, Capability.TRIAGE.value],
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty for never."),
    )
