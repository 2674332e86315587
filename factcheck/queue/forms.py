"""What the queue is filtered by, all of it in the address, and the small forms of its rows."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability
from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.claims.querysets import VIEWS
from factcheck.sources.models import Source

ANY = ("", _("any"))
# The newest decision first where the work is over; everywhere else what matters most.
ORDER_OF_VIEW = {"verified": "changed", "set-aside": "changed"}


class QueueForm(forms.Form):
    """The filters of the queue. A value that is not one is left out and said; the others count."""

    view = forms.ChoiceField(choices=[(key, key) for key in VIEWS], required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    outlet = forms.ModelChoiceField(
        Source.objects.none(), label=_("Outlet"), required=False, empty_label=_("any")
    )
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *Claim.State.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *Claim.Kind.choices], required=False)
    assignee = forms.ChoiceField(label=_("Assigned to"), required=False)
    figure = forms.ChoiceField(
        label=_("Figure"), choices=[ANY, ("yes", _("with a figure")), ("no", _("without"))], required=False
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("as usual")),
            ("rank", _("most worth checking first")),
            ("new", _("newest first")),
            ("old", _("oldest first")),
            ("changed", _("last changed first")),
            ("due", _("due first")),
        ],
        required=False,
    )
    article = forms.ModelChoiceField(Article.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, prefix=None, auto_id="filter-%s")
        self.fields["outlet"].queryset = Source.objects.visible_to(user).publishers().only("name")
        self.fields["article"].queryset = Article.objects.visible_to(user)
        self.people = verifiers(user)
        people = [(str(person.pk), str(person)) for person in self.people]
        self.fields["assignee"].choices = [ANY, ("me", _("you")), ("none", _("nobody")), *people]

    @property
    def filters(self) -> dict[str, Any]:
        """The filters that were given and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chosen_view(self) -> str:
        return self.filters.get("view") or "today"

    @property
    def chosen_order(self) -> str:
        return self.filters.get("order") or ORDER_OF_VIEW.get(self.chosen_view, "rank")


def verifiers(user: User) -> list[User]:
    """The people whom a claim can be given to, the person asking among them if they may verify."""
    people = User.objects.visible_to(user).with_capability(Capability.VERIFY)
    return list(people.order_by("first_name", "last_name", "username"))


class ParkForm(forms.Form):
    """Until when, and for whom or what."""

    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    waiting_for = forms.CharField(label=_("Waiting for"), max_length=500, required=False)
    day = forms.DateField(required=False, widget=forms.HiddenInput)  # one of `days`, by its button

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, auto_id="park-%s", use_required_attribute=False)
        self.fields["until"].widget.attrs["min"] = str(timezone.localdate() + timedelta(days=1))

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        found["until"] = found.get("day") or found.get("until")
        return found

    @property
    def days(self) -> list[tuple[date, Any]]:
        """The days one mostly means."""
        today = timezone.localdate()
        next_monday = today + timedelta(days=7 - today.weekday())
        days = [(today + timedelta(days=1), _("Tomorrow")), (next_monday, _("Monday"))]
        return [
            *days[: 1 if days[0][0] == days[1][0] else 2],
            (today + timedelta(days=14), _("In two weeks")),
        ]
