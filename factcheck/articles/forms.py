"""The forms around an article: what is known of it, and correcting that. Bringing one in has its form in intake."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability
from factcheck.desk.forms import WebAddressField
from factcheck.sources.models import Source

from .models import Article
from .published import is_to_come

if TYPE_CHECKING:
    from factcheck.accounts.models import User

SPOKEN = (Article.Medium.SPEECH, Article.Medium.BROADCAST)


def languages() -> list[tuple[str, Any]]:
    """Two-letter codes and names, for a select whose first choice leaves it to the machine."""
    named = {code: info["name"] for code, info in LANG_INFO.items() if len(code) == 2 and "name" in info}
    return [("", _("as the text says")), *sorted(named.items(), key=lambda item: item[1])]


def names_offered(user: "User") -> dict[str, Any]:
    """What the name fields offer, as the template names it; a longer list would only be scrolled past."""
    sources = Source.objects.visible_to(user).order_by("name")
    return {
        "outlets": sources.publishers().values_list("name", flat=True)[:1000],
        "writers": sources.exclude(kind=Source.Kind.DATASET).values_list("name", flat=True)[:1000],
    }


class PastedText(forms.Textarea):
    """A text area that drops what no text holds before anything else looks at it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\x00", "") if isinstance(value, str) else value


class ArticleForm(forms.Form):
    """What is known of an article beside its text. `user` decides whether an unknown outlet may be added here."""

    title = forms.CharField(label=_("Title"), max_length=500, required=False)
    url = WebAddressField(label=_("URL"), max_length=2000, required=False)
    outlet = forms.CharField(
        label=_("Outlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )
    written_by = forms.CharField(
        label=_("Written or said by"),
        max_length=200,
        required=False,
        help_text=_("Only where it is not the outlet itself: an agency, another outlet, the speaker."),
        widget=forms.TextInput(attrs={"list": "writers", "autocomplete": "off"}),
    )
    published_on = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    bylines = forms.CharField(
        label=_("Bylines"), max_length=2000, required=False, help_text=_("Several with a semicolon between.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages, required=False)
    medium = forms.ChoiceField(label=_("Medium"), choices=Article.Medium.choices, initial=Article.Medium.NEWS)
    recording_url = WebAddressField(
        label=_("Recording"),
        max_length=2000,
        required=False,
        help_text=_("Of a speech or a broadcast: where it can be seen or heard."),
    )
    add_outlet = forms.BooleanField(label=_("Add it as a new outlet"), required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.unknown_outlet = False

    def clean_published_on(self) -> Any:
        day = self.cleaned_data["published_on"]
        # What its page gives as its date keeps nobody from correcting the rest.
        if day is not None and day != self.initial.get("published_on") and is_to_come(day):
            raise forms.ValidationError(
                gettext("This date is still to come. Check it, or leave it empty if you do not know it.")
            )
        return day

    def clean_bylines(self) -> list[str]:
        names = [" ".join(name.split()) for name in re.split(r"[;\n]", self.cleaned_data["bylines"])]
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(gettext("A byline is too long. Put a semicolon between names."))
        return list(dict.fromkeys(filter(None, names)))

    def clean_outlet(self) -> Source | None:
        name = " ".join(self.cleaned_data["outlet"].split())
        found = self._source(name, Source.objects.visible_to(self.user).publishers(), Source.Kind.OUTLET)
        if name and found is None:
            self.unknown_outlet = self.user.may(Capability.MANAGE)
            if self.unknown_outlet and self.data.get("add_outlet"):
                return None
            raise forms.ValidationError(self._unknown(name))
        return found

    def clean_written_by(self) -> Source | None:
        name = " ".join(self.cleaned_data["written_by"].split())
        found = self._source(name, Source.objects.visible_to(self.user), Source.Kind.AGENCY)
        if name and found is None:
            raise forms.ValidationError(
                gettext("The desk has no source named “%(name)s”. Leave this empty; it can be set later.")
                % {"name": name}
            )
        return found

    @property
    def new_outlet(self) -> str:
        """The name of the outlet that the person asked to add, empty when there is none to add."""
        asked = self.unknown_outlet and self.cleaned_data.get("add_outlet")
        return " ".join(str(self.data.get("outlet", "")).split()) if asked else ""

    def _unknown(self, name: str) -> str:
        if self.unknown_outlet:
            return gettext(
                "The desk has no outlet named “%(name)s”. Correct the name, or tick the box to add it."
            ) % {"name": name}
        return gettext(
            "The desk has no outlet named “%(name)s”. Correct the name, or leave it empty: an admin can add the outlet."
        ) % {"name": name}

    def _source(self, name: str, among: Any, rather: str) -> Source | None:
        found = list(among.named(name)[:5]) if name else []
        return next((source for source in found if source.kind == rather), found[0] if found else None)

    def known(self) -> dict[str, Any]:
        """The fields as the services name them."""
        data = self.cleaned_data
        names = ("title", "url", "written_by", "published_on", "bylines", "language", "medium")
        recording = data["recording_url"] if data["medium"] in SPOKEN else ""
        return {
            **{name: data[name] for name in names},
            "carried_by": data["outlet"],
            "recording_url": recording,
        }


class EditForm(ArticleForm):
    """What is known of an article that stands; it cannot lose its title."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        found = self.initial.get("language", "")
        codes = [code for code, _name in self.fields["language"].choices]
        if found not in codes:
            self.fields["language"].choices = [*self.fields["language"].choices, (found, found)]

    @staticmethod
    def of(article: Article) -> dict[str, Any]:
        """An article as the form's initial data."""
        return {
            "title": article.title,
            "url": article.url,
            "outlet": article.carried_by.name if article.carried_by else "",
            "written_by": article.written_by.name if article.written_by else "",
            "published_on": article.published_on,
            "bylines": "; ".join(article.bylines),
            "language": article.language,
            "medium": article.medium,
            "recording_url": article.recording_url,
            "revision": article.revision,
        }


class DateForm(forms.Form):
    """The day an article is of, set on its own page."""

    published_on = ArticleForm.base_fields["published_on"]
    revision = forms.IntegerField(widget=forms.HiddenInput)

    clean_published_on = ArticleForm.clean_published_on

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["published_on"].required = True
