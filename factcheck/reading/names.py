"""Who wrote an article: names of persons out of a byline, and the agency that it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from factcheck.extraction import furniture
from factcheck.reading.tree import squeeze

# News agencies by the names and signs that credit lines give them.
_AGENCIES = {
    "reuters": "Reuters",
    "thomson reuters": "Reuters",
    "ap": "Associated Press",
    "associated press": "Associated Press",
    "the associated press": "Associated Press",
    "ap news": "Associated Press",
    "afp": "Agence France-Presse",
    "agence france-presse": "Agence France-Presse",
    "agence france presse": "Agence France-Presse",
    "pa": "PA Media",
    "pa media": "PA Media",
    "press association": "PA Media",
    "dpa": "dpa",
    "deutsche presse-agentur": "dpa",
    "upi": "United Press International",
    "united press international": "United Press International",
    "xinhua": "Xinhua",
    "tass": "TASS",
    "interfax": "Interfax",
    "ria novosti": "RIA Novosti",
    "efe": "EFE",
    "ansa": "ANSA",
    "kyodo": "Kyodo News",
    "kyodo news": "Kyodo News",
    "jiji": "Jiji Press",
    "jiji press": "Jiji Press",
    "yonhap": "Yonhap",
    "pti": "Press Trust of India",
    "press trust of india": "Press Trust of India",
    "ians": "IANS",
    "ani": "ANI",
    "aap": "AAP",
    "canadian press": "The Canadian Press",
    "the canadian press": "The Canadian Press",
    "anadolu": "Anadolu Agency",
    "anadolu agency": "Anadolu Agency",
    "swns": "SWNS",
    "belga": "Belga",
    "anp": "ANP",
    "apa": "APA",
    "ntb": "NTB",
    "ritzau": "Ritzau",
    "lusa": "Lusa",
    "bloomberg": "Bloomberg",
    "bloomberg news": "Bloomberg",
}
_AGENCY_WORD = re.compile(
    r"(?i)\b(?:news|press|wire|media)[\s-]+(?:agency|service|services|association|trust|wire)\b|\bnews\s?wires?\b|"
    r"\b(?:presse-?agentur|nachrichtenagentur|agence(?:\s+de)?\s+presse|agencia)\b|\bwire\s+(?:service|report)s?$"
)
_LEAD = re.compile(
    r"(?i)^(?:(?:(?:story|report|text|words|analysis|article|written|reported|posted|published|exclusive|review|"
    r"opinion|commentary)\s+)?by\b|authors?\s*:|byline\s*:|(?:words|text|von|par|por|door|skrevet av|av)\b(?=\s+[A-ZÀ-Þ])|"
    r"from\b(?=\s+[A-Z]))\s*:?\s*"
)
# What follows the names on the same line.
_TAIL = re.compile(
    r"\s*(?:[|•·/<>]|\s[–—-]\s|\n|\b(?:published|updated|posted|last updated|first published|modified)\b|"
    r"\bon\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|https?:|www\.|\bfollow\b|\d).*$",
    re.I | re.S,
)
_CONTACT = re.compile(r"\S+@\S+|(?<!\w)@\w+")
_SPLIT = re.compile(
    r"\s*[,;]\s*(?:(?:and|und|et|y|e|en|og|with)\s+)?|\s+(?:and|und|et|y|og|with|&|\+)\s+|\s+&\s*"
)
_PLACE = re.compile(r"\s+(?:in|at|for|from|near|reporting)\s+.*$")
_ROLE = (
    r"(?:editor|editors|correspondent|correspondents|reporter|reporters|staff|writer|writers|columnist|analyst|chief|bureau|"
    r"desk|team|newsroom|producer|photographer|contributor|contributors|journalist|journalists|director|presenter|"
    r"critic|blogger|author|intern|trainee|specialist|commentator|anchor|host|redaktion|redaktion|redaktör|rédaction|"
    r"redacción|redazione|professor|lecturer|fellow|researcher|economist|minister|mp|senator|phd|md|jr|sr)"
)
_ROLE_WORD = re.compile(rf"(?i)\b{_ROLE}\b")
_ROLE_BEFORE = re.compile(rf"^(?:[A-Za-z’'-]+\s+){{0,3}}(?i:{_ROLE})\s+(?=[A-ZÀ-Þ][\w’'-]+\s+\S)")
_NOBODY = re.compile(
    r"(?i)^(?:admin(?:istrator)?|webmaster|web\s?desk|online|guest|guests?\s+author|anonymous|unknown|none|null|n/a|"
    r"editorial(?:\s+board)?|news|agencies|agency|user|root|press\s+release|sponsored|advertorial|the|by|author|"
    r"various|others?|our\s+.*|view\s+.*|see\s+.*|more\s+.*|read\s+.*|share.*|subscribe.*|\w+\s+news)$"
)
_PARTICLES = frozenset(
    "van von de der den la le al bin ibn di da du del della dos das el ten ter zu y e bint ap av af abu st".split()
)
_HONORIFIC = re.compile(r"(?i)^(?:mr|mrs|ms|miss|dr|prof|sir|dame|rev)\.?\s+(?=\S+\s+\S)")
_SUFFIX = re.compile(r"(?i)^(?:jr|sr|ii|iii|iv|phd|md|esq)\.?$")


@dataclass(slots=True)
class Writers:
    names: list[str] = field(default_factory=list)
    agency: str = ""

    def add(self, other: Writers) -> None:
        self.names += [
            name for name in other.names if name.casefold() not in {n.casefold() for n in self.names}
        ]
        self.agency = self.agency or other.agency


def agency_named(text: str) -> str:
    """The agency whose name or sign `text` is, by its full name; "" where it is none."""
    text = squeeze(text).strip(" .,:;()[]–—-©")
    known = _AGENCIES.get(text.casefold())
    # A short one is a sign and not a name only where it is written as one: "Efe" is a first name.
    if known and (len(text) > 4 or text.isupper() or text == "dpa"):
        return known
    if (
        len(text) <= 60
        and text[:1].isupper()
        and not re.search("[,;|]", text)
        and _AGENCY_WORD.search(text)
        and len(text.split()) <= 7
    ):
        return (
            re.sub(r"(?i)^(?:the\s+)?(?=\w+\s+\w+\s+\w)", "", text)
            if text.lower().startswith("the ")
            else text
        )
    return ""


def writers(text: str, *, outlet: str = "", organisation: bool = False) -> Writers:
    """The persons and the agency in a byline or an author's name.

    outlet: who carries the article; its name is no byline. organisation: the page says that this is not a person.
    """
    found = Writers()
    text = squeeze(text)[:300]
    if not text or text.startswith(("http:", "https:", "www.", "/")):
        return found
    found.agency = agency_named(text)
    if found.agency or _plain(text) == _plain(outlet):
        return found
    if organisation and same_body(text, outlet):
        return found
    if organisation:
        if not _NOBODY.match(text) and not _ROLE_WORD.search(text) and len(text.split()) <= 7:
            found.agency = text
        return found
    text = _LEAD.sub("", text, count=1)
    for aside in re.findall(r"[(\[]([^()\[\]]*)[)\]]", text):
        found.agency = found.agency or agency_named(aside)
    text = _CONTACT.sub(" ", re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text))
    kept = _TAIL.sub("", text)
    found.agency = found.agency or _agency_after(text[len(kept) :])
    for part in _SPLIT.split(_joined_suffixes(kept)):
        part = (
            part.strip(' .,:;|–—-"“”*')
            if not _SUFFIX.search(part.split()[-1] if part.split() else "")
            else part
        )
        part, agency = _apart(part)
        found.agency = found.agency or agency
        name = _person(part, outlet)
        if name and name.casefold() not in {n.casefold() for n in found.names}:
            found.names.append(name)
    return found


def _apart(part: str) -> tuple[str, str]:
    """A person and the agency named right after: "John Holt Associated Press", "Reuters Staff"."""
    part = re.sub(r"(?i)(?<=\S)\s+(?:staff|newsroom|team)(?:\s+(?:writers?|reporters?))?$", "", part)
    words = part.split()
    for start in (0, *range(2, len(words))):
        agency = agency_named(" ".join(words[start:]))
        if agency and (start == 0 or " ".join(words[start:]).casefold() in _AGENCIES):
            return " ".join(words[:start]), agency
    return part, ""


def _agency_after(tail: str) -> str:
    return next((agency for part in re.split(r"[|•·/,–—]|\s-\s", tail) if (agency := agency_named(part))), "")


def _joined_suffixes(text: str) -> str:
    return re.sub(r",\s*(?=(?:Jr|Sr)\b)", " ", text)


def _person(part: str, outlet: str) -> str:
    """The name in one part of a byline, or "" where the part is a role, an outlet or nobody."""
    part = re.sub(r"(?i)^(?:by|and|with|in\s+\w+)\s+", "", squeeze(part))
    part = _HONORIFIC.sub("", _ROLE_BEFORE.sub("", part))
    part = _PLACE.sub("", part).strip()
    words = part.split()
    if not words or len(part) > 60 or len(words) > 6 or any(mark.isdigit() for mark in part):
        return ""
    if (
        _NOBODY.match(part)
        or _ROLE_WORD.search(re.sub(r"(?i)\b[js]r\.?$", "", part))
        or same_body(part, outlet)
    ):
        return ""
    if not re.match(r"[^\W\d_]", part) or re.search(r"[!?:;_=<>{}\\#%*]", part):
        return ""
    if len(words) > 1 and re.sub(r"\bMa?c(?=[A-Z])", "MC", part).isupper():
        part = _from_capitals(part)
    elif part.islower() and len(words) > 1:
        part = part.title()
    for word in part.split():
        cased = word[:1].lower() != word[:1].upper()
        if (
            cased
            and word[0].islower()
            and word.casefold() not in _PARTICLES
            and not re.match(r"[a-z]{1,2}['’]?[A-Z]", word)
        ):
            return ""
    if len(words) == 1 and (len(part) < 3 or not part[0].isupper()) and part.isascii():
        return ""
    return part


def _from_capitals(name: str) -> str:
    """ADA McBYRON O'NEIL-TEE in small letters where they belong."""

    def word(match: re.Match[str]) -> str:
        text = match.group().lower()
        if text in _PARTICLES and match.start():
            return text
        text = text[0].upper() + text[1:]
        return re.sub(r"^Mc(\w)", lambda m: "Mc" + m.group(1).upper(), text)

    return re.sub(r"[^\W\d_]+", word, name)


def same_body(name: str, outlet: str) -> bool:
    """Whether a name is the outlet's own: "Norland Herald Staff", "norlandherald.com", "The Norland Herald"."""
    one, two = _plain(name), _plain(outlet)
    if len(one) < 3 or len(two) < 3:
        return one == two != ""
    return one == two or (len(two) >= 5 and two in one) or (len(one) >= 8 and one in two)


def _plain(name: str) -> str:
    name = re.sub(
        r"(?i)^(?:https?://)?(?:www\.)?(\S+)\.(?:com|org|net|co\.uk|\w{2,7})/?$", r"\1", name.strip()
    )
    return re.sub(r"^the", "", furniture.key(name).replace(" ", ""))


def dateline_agency(text: str) -> str:
    """The agency in the dateline that an article begins with: "ARDLEY, Norland, Oct 18 (Reuters) - The …"."""
    match = re.match(r"^[^().]{0,70}\(([^()]{2,40})\)\s*[-–—]+\s", text[:140])
    return agency_named(match.group(1)) if match else ""
