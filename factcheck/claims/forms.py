"""What editors type on a claim's page about what was said, and by whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability
from factcheck.accounts.models import User
from factcheck.sources.models import Source

from .models import Claim, Claimant


class TextField(forms.CharField):
    """Running text: line ends as the database keeps them, white space at the ends left out."""

    def __init__(self, *, rows: int = 3, serif: bool = False, **kwargs: Any) -> None:
        attrs = {"rows": rows, **({"class": "reading"} if serif else {})}
        kwargs.setdefault("widget", forms.Textarea(attrs=attrs))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would cut a paste short without a word; the form says it instead."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\r\n", "\n").replace("\r", "\n"))


class ClaimForm(forms.Form):
    """A claim without an article: a tip, or something heard."""

    quote = TextField(
        label=_("As it was said"),
        rows=4,
        serif=True,
        max_length=20_000,
        error_messages={"required": _("Write down what was said.")},
    )
    wording = TextField(
        label=_("Neutral wording"),
        rows=2,
        required=False,
        max_length=5_000,
        help_text=_("What is checked, in the desk's own words."),
    )
    claimant = forms.CharField(label=_("Who said it"), required=False, max_length=200)
    role = forms.CharField(label=_("Their role at the time"), required=False, max_length=300)


class WordingForm(forms.Form):
    """The neutral wording, with the one that the editor started from."""

    wording = TextField(label=_("Neutral wording"), rows=3, serif=True, required=False, max_length=5_000)
    was = TextField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, claim: Claim) -> None:
        initial = {"wording": claim.wording, "was": claim.wording, "revision": claim.revision}
        super().__init__(data, initial=initial, auto_id="wording-%s", use_required_attribute=False)


class ClaimantForm(forms.Form):
    """Whom the desk checks for saying it."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Give the claimant's name.")}
    )
    role = forms.CharField(label=_("Role at the time"), max_length=300, required=False)
    source = forms.CharField(label=_("Source on the desk"), max_length=200, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, user: User, claimant: Claimant | None = None, initial: Any = None
    ) -> None:
        self.user, self.claimant = user, claimant
        if claimant is not None:
            source = claimant.source.name if claimant.source else ""
            initial = {
                "name": claimant.name,
                "role": claimant.role,
                "source": source,
                "revision": claimant.revision,
            }
        key = claimant.pk if claimant else "new"
        super().__init__(data, initial=initial, auto_id=f"claimant-{key}-%s", use_required_attribute=False)

    def clean_source(self) -> Source | None:
        name = self.cleaned_data["source"].strip()
        if not name:
            return None
        kept = self.claimant.source if self.claimant else None
        if kept is not None and kept.name == name:
            return kept
        found = list(Source.objects.visible_to(self.user).named(name)[:2])
        if not found:
            raise forms.ValidationError(
                _("The desk has no source of this name. Leave it empty, or choose one.")
            )
        return found[0]


class PeopleForm(forms.Form):
    """When it is due, and who may see it."""

    due_on = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    restricted = forms.BooleanField(label=_("Restricted: only the people named see it"), required=False)
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Seen by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, claim: Claim) -> None:
        people = list(claim.people.all()) if claim.restricted else []
        initial = {
            "due_on": claim.due_on,
            "restricted": claim.restricted,
            "people": [user.pk for user in people],
            "revision": claim.revision,
            "was": people_signature(claim),
        }
        super().__init__(data, initial=initial, auto_id="people-%s", use_required_attribute=False)
        readers = User.objects.with_capability(Capability.READ)
        self.fields["people"].queryset = readers.order_by("first_name", "username")


def people_signature(claim: Claim) -> str:
    """What PeopleForm edits, as one short text, to tell whether somebody else changed it."""
    people = sorted(user.pk for user in claim.people.all()) if claim.restricted else []
    return f"{claim.due_on or ''}/{int(claim.restricted)}/{people}"


class ListForm(forms.Form):
    """The filters of the list of claims, all of them in the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *Claim.State.choices]
    )
    rating = forms.ChoiceField(label=_("Rating"), required=False)

    def __init__(self, data: Any, *, ratings: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.fields["rating"].choices = [("", _("any")), *ratings]

    @property
    def filters(self) -> dict[str, str]:
        """The filters that were given and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
