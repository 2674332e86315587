"""The forms by which things come in: an address or several, files, a pasted text, or a page out of the browser."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.articles.canonical import canonical_url
from factcheck.articles.forms import SPOKEN, ArticleForm, PastedText
from factcheck.articles.models import Article
from factcheck.articles.pasted import TextRefused, decode
from factcheck.desk.forms import WebAddressField

from .models import Intake
from .names import safe_name
from .services import MANY, is_own_page
from .services.bundles import Upload

if TYPE_CHECKING:
    from factcheck.sources.models import Source

TEXT, FILES, ADDRESSES = "text", "files", "addresses"
READABLE = ".txt,.md,.html,.htm,.xhtml,.pdf,.docx,.zip,text/plain,text/html,application/pdf,application/zip"
LONGEST_PAGE = 20_000_000  # characters of a page that a browser sends


class AddressesField(forms.CharField):
    """Web addresses, one a line; cleaned to a list in the order given, each once, with https where no scheme is given."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        words = super().clean(value).split()
        addresses = [word.strip("<>,;") for word in words]
        return list(dict.fromkeys(filter(None, addresses)))


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned to a list. What is wrong with one of them is told on its own intake.

    Only their size is looked at here, before any of them is read; how large they may be together, the middleware says.
    """

    widget = SeveralFiles

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:
        files = [file for file in value or [] if file]
        limit = settings.INTAKE_MAX_FILE
        if large := next((file for file in files if file.size > limit), None):
            words = gettext("“%(name)s” has %(has)s MB; the desk takes files of up to %(limit)s MB.")
            # Rounded up, so that it never reads like the limit that it is above.
            has = f"{-(-large.size // 100_000) / 10:g}"
            raise ValidationError(
                words % {"name": safe_name(large.name), "has": has, "limit": f"{limit / 1_000_000:g}"}
            )
        return files


class AddForm(ArticleForm):
    """An article to bring in by its address, as a file, or pasted; or many by address or file.

    `way` says which, once it is valid. With a text or one file, the address is where that was published and is not fetched.
    `host` is the desk's own, whose pages are no articles.
    """

    url = AddressesField(
        label=_("Address"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(
            attrs={
                "rows": 1,
                "class": "addresses",
                "placeholder": "https://",
                "spellcheck": "false",
                "autocapitalize": "off",
                "dir": "ltr",
                "inputmode": "url",
            }
        ),
        help_text=_("The page is fetched. Several: one a line."),
    )
    file = FilesField(
        label=_("File"),
        required=False,
        widget=SeveralFiles(attrs={"accept": READABLE}),
        help_text=_("Text, PDF, DOCX, a saved page, or a ZIP of these; several at once."),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=PastedText(
            attrs={
                "class": "reading tall",
                "rows": 10,
                "dir": "auto",
                "placeholder": _("Paste the whole page: menus and captions are set aside by themselves."),
            }
        ),
        help_text=_("It is kept exactly as you paste it. For a speech or a broadcast: the transcript."),
    )

    field_order = ["url", "file", "text"]
    # What can be true of one article only.
    OF_ONE = ("title", "bylines", "recording_url")

    def __init__(self, *args: Any, host: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host
        self.way = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "url" in data:
            self._settle(data)
        if self.errors:
            self._keep_text_of_file()
        return data

    def _settle(self, data: dict[str, Any]) -> None:
        """Decide which way it comes, and say what is missing or too much."""
        text, files, addresses = data.get("text", "").strip(), data.get("file") or [], data["url"]
        if not (files or addresses) and all(canonical_url(word) for word in text.split()):
            # Addresses alone in the large field are meant for the small one.
            addresses, text = self.fields["url"].clean(text) if text else [], ""
        if text and files:
            words = gettext(
                "There is text below and a file here. Keep one of them: empty the text, or choose no file."
            )
            self.add_error("file", words)
        elif text or files:
            self.way = TEXT if text else FILES
            if len(addresses) > 1 or (addresses and len(files) > 1):
                words = gettext(
                    "With a text or a file, give the one address where it was published, or none."
                )
                self.add_error("url", words)
        elif addresses:
            self.way = ADDRESSES
        else:
            words = gettext("There is nothing here yet. Give an address, choose a file, or paste the text.")
            self.add_error("text" if "text" in data else None, words)
        if "url" not in self.errors:
            self._check(addresses, data)
        if (self.way == ADDRESSES and len(addresses) > 1) or len(files) > 1:
            for name in self.OF_ONE:
                if data.get(name):
                    self.add_error(name, gettext("These are several articles. Leave this empty."))

    def _check(self, addresses: list[str], data: dict[str, Any]) -> None:
        if len(addresses) > MANY:
            words = gettext("These are %(has)s addresses; the desk takes %(limit)s at once.")
            self.add_error("url", words % {"has": f"{len(addresses):,}", "limit": MANY})
            return
        if own := next((address for address in addresses if is_own_page(address, self.host)), None):
            words = gettext("%(address)s is a page of the desk itself. Take it out.")
            self.add_error("url", words % {"address": own[:200]})
            return
        # A wrong one among many is told on the row of the batch, and the others come in.
        data["url"], wrong = [], 0
        for address in addresses:
            try:
                data["url"].append(WebAddressField(max_length=2000).clean(address))
            except ValidationError:
                data["url"].append(address)
                wrong += 1
        if wrong and wrong == len(addresses):
            words = gettext("This is not a web address. Give one as https://…, or paste the text below.")
            self.add_error("url", words)

    def _keep_text_of_file(self) -> None:
        """A browser empties the field of a file; the words of a text file go into the text area instead."""
        files = self.files.getlist("file") if self.files else []
        if (
            len(files) != 1
            or "file" in self.errors
            or self.data.get("text", "").strip()
            or not files[0].name.lower().endswith(".txt")
        ):
            return
        try:
            text = decode(files[0].read()).replace("\x00", "")
        except TextRefused:
            return
        self.data = self.data.copy()
        self.data["text"] = text

    @property
    def lost_files(self) -> list[str]:
        """The names of files that have to be chosen again, since this answer cannot hold them."""
        names = [file.name for file in self.files.getlist("file")] if self.files else []
        return [] if len(names) == 1 and self.data.get("text", "").strip() else names

    @property
    def knows_something(self) -> bool:
        """Whether the closed part of the page holds something, or something is wrong in it."""
        names = [name for name in ArticleForm.base_fields if name not in ("url", "add_outlet")]
        usual = {"medium": Article.Medium.NEWS}
        held = {name: str(self[name].value() or "") for name in names}
        return any(name in self.errors or value != usual.get(name, "") for name, value in held.items())

    def known(self) -> dict[str, Any]:
        """The fields as `articles.services.add_article` names them, for a text."""
        addresses = self.cleaned_data["url"]
        return {**super().known(), "url": addresses[0] if addresses else ""}

    def given(self) -> dict[str, Any]:
        """The fields as an intake keeps them, for what is fetched or read first."""
        data = self.cleaned_data
        medium = data["medium"]
        writer, day = data["written_by"], data["published_on"]
        return {
            "title": data["title"],
            "bylines": data["bylines"],
            "language": data["language"],
            "published": day.isoformat() if day else "",
            "written_by": writer.name if writer else "",
            # "News" is what the form says by itself; the reader may know better.
            "medium": "" if medium == Article.Medium.NEWS else medium,
            "recording_url": data["recording_url"] if medium in SPOKEN else "",
        }

    def uploads(self) -> list[Upload]:
        """The files with their bytes."""
        return [
            Upload(name=file.name, body=file.read(), content_type=file.content_type or "")
            for file in self.cleaned_data["file"]
        ]

    @property
    def outlet(self) -> "Source | None":
        return self.cleaned_data["outlet"]

    @staticmethod
    def of(intake: Intake) -> dict[str, Any]:
        """What is known of something that did not come in, as the form's initial data.

        What is another story than the article of its address comes without that address.
        """
        given = intake.given
        return {
            "url": "" if intake.reason == Intake.OTHER_TEXT else intake.url,
            "text": given.get("text", ""),
            "title": given.get("title", ""),
            "bylines": "; ".join(given.get("bylines", [])),
            "language": given.get("language", ""),
            "published_on": str(given.get("published", ""))[:10],
            "outlet": intake.source.name if intake.source else "",
            "written_by": given.get("written_by", ""),
            "medium": given.get("medium") or Article.Medium.NEWS,
            "recording_url": given.get("recording_url", ""),
        }


class FromBrowserForm(forms.Form):
    """A page as the reader's own browser shows it."""

    url = WebAddressField(max_length=2000, widget=forms.HiddenInput)
    title = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
    html = forms.CharField(
        label=_("The page"),
        max_length=LONGEST_PAGE,
        required=False,
        strip=False,
        widget=PastedText(attrs={"hidden": True, "data-draft-skip": ""}),
    )

    def __init__(self, *args: Any, host: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        if is_own_page(url, self.host):
            raise ValidationError(gettext("This is a page of the desk itself."))
        return url
