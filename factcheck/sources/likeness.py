"""Which sources a name or a site may already be: the same in other words, spelt otherwise, or on the same domain.

It suggests, with reasons; a person decides, and what they called *not the same* is not suggested again.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from .models import NotTheSame, Source, SourceAlias, SourceDomain

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN = 5
# Of 100, by rapidfuzz: "Norland Harald" and "Norland Herald" are at 93; names that share half their words below 70.
NEARLY = 84
SURE = 100
_SMALL = frozenset("the of and for in on at a an de la der die das le les el et und y".split())
_TITLES = frozenset("mr mrs ms miss dr prof sir dame lord lady inc ltd llc plc gmbh corp co ag sa".split())


@dataclass
class Likely:
    """A source that a name may mean: `reasons` in words, the strongest first; `strength` up to 100, which is the same name."""

    source: Source
    strength: float = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        return self.strength >= SURE


@dataclass
class _Known:
    name: str
    plain: str
    words: tuple[str, ...]
    source: int
    is_alias: bool


def plain(name: str) -> str:
    """A name for comparing: small letters without accents and marks, "U.S." as "us", without "the", "Mr" or "Ltd"."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", text)
    words = re.findall(r"\w+", text.replace("&", " and ").replace("'s", "").replace("’s", ""))
    kept = [word for word in words if word != "the" and word not in _TITLES]
    return " ".join(kept or words)


def acronym(name: str) -> str:
    """The first letters of a name of several words, in capitals, as it is shortened; empty for one word."""
    words = [word for word in plain(name).split() if word not in _SMALL]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


class Register:
    """All sources' names and domains, read once, to look many names up in. Four queries, whatever is asked of it."""

    def __init__(self, sources: "QuerySet[Source]") -> None:
        self.sources = {source.pk: source for source in sources.select_related("parent")}
        names = [(source.pk, source.name, False) for source in self.sources.values()]
        aliases = SourceAlias.objects.values_list("source_id", "name")
        names += [(pk, name, True) for pk, name in aliases if pk in self.sources]
        self.known = [_Known(name, p := plain(name), tuple(p.split()), pk, also) for pk, name, also in names]
        self.plain = [known.plain for known in self.known]
        self.exact: dict[str, list[_Known]] = defaultdict(list)
        self.short: dict[str, list[_Known]] = defaultdict(list)
        for known in self.known:
            self.exact[known.plain].append(known)
            if letters := acronym(known.name):
                self.short[letters].append(known)
        domains = SourceDomain.objects.values_list("domain", "source_id")
        self.domains = {domain: pk for domain, pk in domains if pk in self.sources}
        self.apart: dict[int, set[str]] = defaultdict(set)
        for pk, other in NotTheSame.objects.values_list("source_id", "other"):
            self.apart[pk].add(other.casefold())

    def like(
        self, names: Iterable[str] = (), domains: Iterable[str] = (), *, but: int | None = None
    ) -> list[Likely]:
        """The sources that one called `names`, with sites on `domains` (host names), may be; likeliest first, at most SHOWN.

        `but` is the key of a source that is not one of them: itself.
        """
        found: dict[int, Likely] = {}
        names, domains = list(names), list(domains)
        for host in domains:
            self._by_domain(host, found)
        for name in names:
            if wanted := plain(name):
                self._by_name(name, wanted, found)
        typed = {name.casefold() for name in names} | set(domains)
        likely = [one for pk, one in found.items() if pk != but and not (self.apart.get(pk, set()) & typed)]
        return sorted(likely, key=lambda one: (-one.strength, one.source.name))[:SHOWN]

    def _note(self, found: dict[int, Likely], pk: int, strength: float, reason: str) -> None:
        one = found.setdefault(pk, Likely(self.sources[pk]))
        # Who knows that it has the very name needs not be told that it has its words.
        if reason in one.reasons or (one.is_same and strength < SURE):
            return
        if strength > one.strength:
            one.strength = strength
            one.reasons.insert(0, reason)
        else:
            one.reasons.append(reason)

    def _by_domain(self, host: str, found: dict[int, Likely]) -> None:
        for domain, pk in self.domains.items():
            if domain == host:
                self._note(found, pk, SURE, _("has the domain %(domain)s") % {"domain": domain})
            elif host.endswith(f".{domain}"):
                words = _("%(host)s lies below its %(domain)s; perhaps it belongs to it")
                self._note(found, pk, 70, words % {"host": host, "domain": domain})
            elif domain.endswith(f".{host}"):
                words = _("its %(domain)s lies below %(host)s")
                self._note(found, pk, 70, words % {"host": host, "domain": domain})

    def _by_name(self, name: str, wanted: str, found: dict[int, Likely]) -> None:
        for known in self.exact.get(wanted, ()):
            said = _("is also called %(name)s") if known.is_alias else _("has the same name: %(name)s")
            self._note(found, known.source, SURE, said % {"name": known.name})
        letters = re.sub(r"\W", "", name)
        for known in self.short.get(letters, ()) if letters.isupper() and len(letters) > 1 else ():
            self._note(found, known.source, 90, _("%(short)s may be short for %(name)s") % {"short": name, "name": known.name})  # fmt: skip
        if long := acronym(name):
            for known in self.exact.get(long.casefold(), ()):
                self._note(found, known.source, 90, _("%(short)s may be short for %(name)s") % {"short": known.name, "name": name})  # fmt: skip
        self._by_spelling(wanted, found)

    def _by_spelling(self, wanted: str, found: dict[int, Likely]) -> None:
        words = set(wanted.split()) - _SMALL
        alike = process.extract(
            wanted, self.plain, scorer=fuzz.token_set_ratio, score_cutoff=NEARLY, limit=40, processor=None
        )
        for other, _score, n in alike:
            known = self.known[n]
            if known.plain == wanted:
                continue
            near = fuzz.token_sort_ratio(wanted, other)
            theirs = set(known.words) - _SMALL
            if near >= NEARLY:
                self._note(found, known.source, near * 0.9, _("is nearly the same as %(name)s") % {"name": known.name})  # fmt: skip
            elif words and theirs and (words < theirs or theirs < words):
                self._note(found, known.source, near * 0.8, _("shares its words with %(name)s") % {"name": known.name})  # fmt: skip
