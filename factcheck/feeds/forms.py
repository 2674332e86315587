"""A feed as it is typed, and a list of homepages to look up."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.desk.errors import Refused
from factcheck.desk.forms import WebAddressField
from factcheck.sources.forms import NamedSourceField, named_with_kind

from . import opml
from .models import Feed
from .paths import patterns_in
from .services import MOST, sites_in

if TYPE_CHECKING:
    from factcheck.accounts.models import User

PATHS = {"rows": 3, "dir": "ltr", "spellcheck": "false"}
LONGEST_PACE = 60 * 24 * 7


class FeedForm(forms.Form):
    """All that a person sets of a feed. `known()` is as the services name it."""

    source = NamedSourceField(label=_("Source"))
    url = WebAddressField(
        label=_("Address of the feed"),
        max_length=2000,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "spellcheck": "false"}),
        help_text=_("RSS, Atom, JSON Feed or a news sitemap."),
    )
    every = forms.IntegerField(label=_("Every (minutes)"), min_value=1, max_value=LONGEST_PACE, initial=30)
    include = forms.CharField(
        label=_("Only these paths"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs=PATHS),
        help_text=_("One a line, such as /politics/* – empty for all."),
    )
    exclude = forms.CharField(
        label=_("Not these paths"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs=PATHS),
        help_text=_("One a line, such as /video/*"),
    )
    extract = forms.BooleanField(label=_("Find claims in its articles"), required=False, initial=True)
    is_on = forms.BooleanField(label=_("On"), required=False, initial=True)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].user = user

    @staticmethod
    def of(feed: Feed) -> dict[str, Any]:
        """A feed as the form's initial data."""
        plain = ("url", "every", "include", "exclude", "extract", "is_on", "revision")
        return {"source": named_with_kind(feed.source), **{name: getattr(feed, name) for name in plain}}

    def clean_include(self) -> str:
        return _paths(self.cleaned_data["include"])

    def clean_exclude(self) -> str:
        return _paths(self.cleaned_data["exclude"])

    def known(self) -> dict[str, Any]:
        """The fields as the services name them, without the revision."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


def _paths(text: str) -> str:
    return "\n".join(patterns_in(text))


class ManyForm(forms.Form):
    """Homepages, one a line, or an OPML file. `cleaned_data["sites"]` is what was read of either."""

    homepages = forms.CharField(
        label=_("Homepages"),
        required=False,
        max_length=opml.MAX_BYTES,
        widget=forms.Textarea(
            attrs={
                "rows": 12,
                "dir": "ltr",
                "spellcheck": "false",
                "autofocus": True,
                "placeholder": "herald.example",
            }
        ),
        help_text=_("One a line. The desk finds their feeds, %(n)s sites at once at most.") % {"n": MOST},
    )
    file = forms.FileField(
        label=_("or an OPML file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".opml,.xml,text/xml,text/x-opml,application/xml"}),
        help_text=_("The list of feeds that other readers export."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        pasted, file = cleaned.get("homepages", ""), cleaned.get("file")
        if self.errors:
            return cleaned
        if pasted and file:
            raise ValidationError(gettext("Both a list and a file: take one at a time."))
        field = "file" if file else "homepages"
        try:
            if not file:
                cleaned["sites"] = sites_in(pasted)
            elif file.size > opml.MAX_BYTES:
                limit = opml.MAX_BYTES // 1_000_000
                raise Refused(gettext("This file is larger than %(n)s MB.") % {"n": limit})
            else:
                cleaned["sites"] = opml.read(file.read(), limit=MOST)
        except Refused as refused:
            self.add_error(field, str(refused.message))
        return cleaned
