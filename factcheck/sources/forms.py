"""What a list of sources can be asked for, and a source as it is typed."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.desk.forms import WebAddressField

from .domains import host_of
from .models import Source

if TYPE_CHECKING:
    from factcheck.accounts.models import User

LONGEST_NAME = 200
SORTS = [
    ("name", _("name")),
    ("articles", _("most articles")),
    ("claims", _("most checked claims")),
    ("newest", _("last added")),
]


class SourceFilter(forms.Form):
    """The filters of the list, all in its address."""

    q = forms.CharField(
        label=_("Name, other name or domain"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all kinds")), *Source.Kind.choices]
    )
    reliability = forms.ChoiceField(
        label=_("Reliability"),
        required=False,
        choices=[
            ("", _("any")),
            *[choice for choice in Source.Reliability.choices if choice[0]],
            ("none", _("not rated")),
        ],
    )
    feeds = forms.ChoiceField(
        label=_("Feeds"), required=False, choices=[("", _("any")), ("yes", _("with")), ("no", _("without"))]
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)


class NamedSourceField(forms.CharField):
    """A source by the name that a person typed or took from the suggestions; cleaned it is the Source, or None.

    The form that has it gives the field its `user`, whose sources are asked.
    """

    user: "User"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_NAME + 40, **kwargs)

    def clean(self, value: Any) -> Source | None:
        name = " ".join(super().clean(value).split())
        if not name:
            return None
        found = Source.objects.visible_to(self.user).meant_by(name)
        if not found:
            raise ValidationError(
                gettext("The desk has no source named “%(name)s”. Take one from the suggestions.")
                % {"name": name}
            )
        if len(found) > 1:
            kinds = "; ".join(map(named_with_kind, found))
            raise ValidationError(gettext("Several have this name. Say which: %(names)s") % {"names": kinds})
        return found[0]


def named_with_kind(source: Source) -> str:
    """A source as it is offered and found again: `Norland Herald (outlet)`."""
    return f"{source.name} ({source.get_kind_display()})"


class SourceForm(forms.Form):
    """All that is known of a source, on one page."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label=_("Kind"), choices=Source.Kind.choices)
    aliases = forms.CharField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as texts use them: “the Pentagon”."),
    )
    domains = forms.CharField(
        label=_("Domains"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false"}),
        help_text=_(
            "One a line. An article's outlet is found from its address by these, and by what lies below them."
        ),
    )
    homepage = WebAddressField(label=_("Homepage"), required=False, max_length=200)
    parent = NamedSourceField(label=_("Belongs to"), required=False)
    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=2,
        help_text=_("Two letters; settles what an open “$” means."),
    )
    reliability = forms.ChoiceField(
        label=_("Reliability"), required=False, choices=Source.Reliability.choices
    )
    reliability_on = forms.DateField(
        label=_("Rated on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reliability_reason = forms.CharField(
        label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    interests = forms.CharField(
        label=_("Interests to disclose"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who owns or pays it, and what it stands to gain."),
    )
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    obeys_robots = forms.BooleanField(
        label=_("Obey robots.txt"), required=False, initial=True,
        help_text=_("Off only where the publisher allowed it."),
    )  # fmt: skip
    fetch_delay = forms.FloatField(
        label=_("Seconds between fetches"),
        required=False,
        min_value=0,
        max_value=600,
        help_text=_("Empty for the desk's own pace."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].user = user

    @staticmethod
    def of(source: Source) -> dict[str, Any]:
        """A source as the form's initial data."""
        plain = (
            "name", "kind", "homepage", "country", "reliability", "reliability_reason", "reliability_on", "interests",
            "notes", "obeys_robots", "fetch_delay", "revision",
        )  # fmt: skip
        return {
            **{name: getattr(source, name) for name in plain},
            "aliases": "\n".join(alias.name for alias in source.aliases.all()),
            "domains": "\n".join(domain.domain for domain in source.domains.all()),
            "parent": named_with_kind(source.parent) if source.parent else "",
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_aliases(self) -> list[str]:
        names = lines_of(self.cleaned_data["aliases"])
        if long := next((name for name in names if len(name) > LONGEST_NAME), None):
            said = gettext("“%(name)s…” is too long for a name. Put one a line.")
            raise ValidationError(said % {"name": long[:40]})
        return names

    def clean_domains(self) -> list[str]:
        hosts, wrong = [], []
        for typed in re.split(r"[\s,;]+", self.cleaned_data["domains"]):
            try:
                hosts.append(host_of(typed))
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return list(filter(None, hosts))

    def clean_country(self) -> str:
        country = self.cleaned_data["country"].upper()
        if country and not re.fullmatch(r"[A-Z]{2}", country):
            raise ValidationError(gettext("Two letters, such as NO or US."))
        return country

    def clean_reliability_on(self) -> Any:
        day = self.cleaned_data["reliability_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(gettext("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        publishes = cleaned.get("kind") in (Source.Kind.OUTLET, Source.Kind.AGENCY)
        if publishes and cleaned.get("revision") is None and not cleaned.get("domains", True):
            # Without a domain no article of a new outlet would be known by its address.
            cleaned["domains"] = self._domain_of_homepage(cleaned.get("homepage", ""))
        if cleaned.get("reliability") and not cleaned.get("reliability_reason"):
            self.add_error("reliability_reason", gettext("Say why: a reliability rating needs its reason."))
        if not cleaned.get("reliability"):
            cleaned["reliability_on"] = None
        elif cleaned.get("reliability_on") is None and "reliability_on" not in self.errors:
            cleaned["reliability_on"] = timezone.localdate()
        return cleaned

    @staticmethod
    def _domain_of_homepage(homepage: str) -> list[str]:
        try:
            return list(filter(None, [host_of(homepage)]))
        except ValidationError:
            return []

    def known(self) -> dict[str, Any]:
        """The fields as the services name them, without the revision."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def resembling(self) -> tuple[list[str], list[str]]:
        """The names and the hosts in what was typed so far, whatever else is wrong with it: to look for the same source."""
        data = self.data
        names = [" ".join(data.get("name", "").split()), *lines_of(data.get("aliases", ""))]
        hosts = []
        for typed in [*re.split(r"[\s,;]+", data.get("domains", "")), data.get("homepage", "")]:
            try:
                hosts.append(host_of(typed))
            except ValidationError:
                continue
        return [name for name in names if name][:20], list(dict.fromkeys(filter(None, hosts)))[:20]


class MergeForm(forms.Form):
    """The other one of two that are the same."""

    other = NamedSourceField(label=_("The other source"))

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].user = user


class LinkForm(forms.Form):
    """The source that a speaker is."""

    source = NamedSourceField(label=_("Source on the desk"))

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].user = user


class ImportForm(forms.Form):
    """A file of sources to look at before anything is imported."""

    file = forms.FileField(
        label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"})
    )


def lines_of(text: str) -> list[str]:
    """The lines that have words, white space tidied, each once."""
    return list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines()))))
