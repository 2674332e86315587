"""What a figure is of: its measure, the thing or people it belongs to, the whole of a share, its place and baseline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.extraction.english.figures import phrases, units
from factcheck.extraction.english.figures.change import Movement
from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.phrases import NOUN, PRONOUN
from factcheck.extraction.english.figures.quantities import Quantity
from factcheck.extraction.english.figures.surroundings import DATE_ENTS, DAYS, Resolver, Surroundings
from factcheck.extraction.english.parse import Passage


@dataclass(slots=True)
class Scope:
    measure: str | None = None
    of: str | None = None
    whole: str | None = None
    place: str | None = None
    baseline: str | None = None


# Verbs whose subject the money or amount describes; with other verbs the subject is who acts.
_STATES = frozenset(
    "be cost total rise fall grow drop reach stand remain average equal represent amount exceed top hit increase decrease decline climb slip jump surge "
    "plunge soar slide sink tumble shrink ease dip close open trade settle end finish run range come go measure weigh last become stay hover number "
    "sell fetch value price estimate start begin vary double triple halve edge gain lose account make expand contract tick peak".split()
)


def of(
    p: Passage, begin: int, stop: int, quantity: Quantity, where: Placed, move: Movement, resolve: Resolver
) -> Scope:
    scope = Scope()
    reader = _Reader(p, begin, stop, quantity, where, move, resolve)
    if quantity.dimension == "ratio" or quantity.kind in ("multiple", "fraction", "odds"):
        reader.share(scope)
    elif quantity.dimension == "currency":
        reader.money(scope)
    elif quantity.dimension in ("count", "age", "score"):
        reader.count(scope)
    else:
        reader.amount(scope)
    if scope.measure and scope.of and scope.measure.lower() == scope.of.lower():
        scope.of = None
    scope.place = reader.place()
    return scope


class _Reader(Surroundings):
    def share(self, scope: Scope) -> None:
        p, _where = self.p, self.where
        at = self.after_of()
        if at is not None:
            noun = self.noun_from(at)
            if noun is not None:
                self.describe(scope, noun)
                scope.whole = phrases.full(p, noun, self.stop)
                if scope.of is None:
                    scope.of = self.actor()
                return
        noun = self.following_noun()
        if self.move.noun is not None and (noun is None or noun == self.move.noun):
            self.changed(scope, self.move.noun)
            return
        if noun is not None:
            self.describe(scope, noun)
            if scope.of is None:
                scope.of = self.actor()
            return
        self.moved(scope)

    def money(self, scope: Scope) -> None:
        noun = self.following_noun()
        if self.move.noun is not None and noun in (None, self.move.noun):
            self.changed(scope, self.move.noun)
            return
        if noun is not None:
            self.describe(scope, noun)
            if scope.of is None:
                scope.of = self.actor()
            return
        at = self.after_of()
        if at is not None:
            found = self.noun_from(at)
            if found is not None:
                self.describe(scope, found)
                scope.of = scope.of or self.actor()
                return
        before = self.noun_before()
        if before is not None:
            self.describe(scope, before)
            scope.of = scope.of or self.actor(skip=before)
            return
        base = verb(self.p.words[self.move.verb]) if self.move.verb is not None else ""
        if base in _STATES or self.move.role in ("to", "from", "change"):
            self.moved(scope)
            if scope.measure:
                return
        found = self.bought()
        if found is not None:
            phrase = phrases.name(self.p, found, self.where.last)
            scope.measure = phrase.text if phrase else None
        scope.of = self.actor()
        if scope.measure is None and scope.of is not None and base in _STATES:
            scope.measure, scope.of = scope.of, None

    def count(self, scope: Scope) -> None:
        p, where = self.p, self.where
        noun = where.noun if where.noun is not None else where.head
        if self.quantity.hyphen and where.noun is None:
            named = self.following_noun()
            if named is not None:
                scope.of = self.named(named)
                return
        owner = phrases.possessor(p, noun)
        if owner is None and where.noun is not None:
            at = phrases.object_of(p, noun, ("of", "in", "for", "among", "at"), after=where.last)
            if at is not None and p.low[at] not in DAYS and p.ent[at] not in DATE_ENTS:
                scope.of = self.named(at)
        elif owner is not None:
            scope.of = self.named(owner)
        if self.move.role in ("to", "from") and (self.move.noun is not None or where.noun is None):
            if self.move.noun is not None:
                self.changed(scope, self.move.noun)
            else:
                self.moved(scope)
        before = self.noun_before() if where.noun is None or self.quantity.unit is None else None
        if before is not None and scope.measure is None:
            self.describe(scope, before)
        if scope.of is None:
            scope.of = self.actor()
        if scope.of is None and scope.measure is None:
            self.around(scope)

    def around(self, scope: Scope) -> None:
        """A counted subject: where it is or what it is in; failing that, what it does things to."""
        p, at = self.p, self.move.verb
        subject = phrases.subject(p, at) if at is not None else None
        if subject is None or not (
            subject == self.where.noun or self.where.first <= subject <= self.where.last
        ):
            return
        after = self.where.last
        found = phrases.object_of(p, at, ("in", "at", "on"), after=after)
        if found is None or p.ent[found] in DATE_ENTS or p.low[found] in DAYS:
            found = next(
                (
                    c
                    for c in p.children[at]
                    if p.dep[c] in ("dobj", "attr", "oprd") and c > after and p.tag[c] in NOUN
                ),
                None,
            )
        if found is None or p.ent[found] in DATE_ENTS:
            found = phrases.object_of(p, at, ("of", "by", "for", "from", "with"), after=after)
        if found is not None and p.ent[found] not in DATE_ENTS and p.low[found] not in DAYS:
            phrase = phrases.name(p, found, self.where.last)
            scope.of = phrase.text if phrase else None

    def amount(self, scope: Scope) -> None:
        """A length, weight, temperature, span of time: what has it, and of what ("3,000 tons of grain")."""
        if self.quantity.unit == "magnitude":
            self.magnitude(scope)
            return
        at = self.after_of()
        if at is not None:
            found = self.noun_from(at)
            if found is not None:
                phrase = phrases.name(self.p, found, self.where.last)
                if phrase is not None:
                    scope.measure = phrase.text
                    self.belongings(scope, found)
                    if scope.of is None:
                        scope.of = self.actor()
                    return
        noun = self.following_noun()
        if noun is not None and self.move.noun is None:
            if self.quantity.dimension == "time":
                scope.of = self.labelled(noun)
                return
            self.describe(scope, noun)
            if scope.of is None:
                scope.of = self.actor()
            return
        if self.move.noun is not None:
            self.changed(scope, self.move.noun)
            return
        before = self.noun_before()
        if before is not None:
            self.describe(scope, before)
            scope.of = scope.of or self.actor(skip=before)
            return
        base = verb(self.p.words[self.move.verb]) if self.move.verb is not None else ""
        if (
            self.quantity.dimension in ("length", "area", "volume", "mass")
            and self.move.role == "level"
            and self.move.verb is not None
        ):
            for child in self.p.children[self.move.verb]:
                if (
                    self.p.dep[child] == "dobj"
                    and child < self.where.first
                    and self.p.tag[child] in NOUN
                    and not self.has_number(child)
                ):
                    scope.of = self.named(child)
                    return
        if self.quantity.dimension == "time" or (self.move.role == "level" and base not in _STATES):
            scope.of = self.actor()
            return
        if self.move.role == "level" and self.quantity.dimension in (
            "length",
            "mass",
            "speed",
            "area",
            "volume",
            "power",
            "energy",
            "data",
        ):
            scope.of = self.actor()
            return
        self.moved(scope)

    def magnitude(self, scope: Scope) -> None:
        """Of an earthquake: the one the sentence names."""
        scope.measure = "magnitude"
        p = self.p
        noun = self.following_noun()
        if noun is None:
            nouns = [
                i
                for i in range(self.begin, self.stop)
                if p.tag[i] in ("NN", "NNS")
                and singular(p.low[i]) in ("earthquake", "quake", "tremor", "aftershock")
            ]
            noun = min(nouns, key=lambda i: abs(i - self.where.first), default=None)
        scope.of = self.named(noun) if noun is not None else self.actor()

    def moved(self, scope: Scope) -> None:
        """The subject of a verb of movement or being; for a transitive one its object."""
        p, at = self.p, self.move.verb
        if at is None:
            self.nearby(scope)
            return
        target = None
        if self.where.first > at:
            for child in p.children[at]:
                if (
                    p.dep[child] == "dobj"
                    and child < self.where.first
                    and p.tag[child] in NOUN
                    and p.low[child] != "%"
                ):
                    target = child
            if (
                target is None
                and p.dep[at] in ("advcl", "acl", "xcomp", "conj", "prep")
                and not any(p.dep[c] in ("nsubj", "nsubjpass") for c in p.children[at])
            ):
                pass
        if target is None and self.quantity.kind == "multiple":
            for child in p.children[at]:
                if p.dep[child] in ("dobj", "attr") and p.tag[child] in NOUN:
                    target = child
            if target is not None:
                self.describe(scope, target)
                scope.of = scope.of or self.actor()
                return
        if target is None:
            target = phrases.subject(p, at)
        if target is None or p.tag[target] in PRONOUN:
            if target is not None:
                scope.measure = self.resolve(p, target)
            if scope.measure is None:
                self.nearby(scope)
            return
        if self.where.first <= target <= self.where.last or target == self.where.noun:
            found = phrases.object_of(p, at, ("among", "of", "in", "for"))
            if (
                found is not None
                and p.ent[found] not in DATE_ENTS
                and not self.where.first <= found <= self.where.last
            ):
                self.describe(scope, found)
            return
        self.describe(scope, target)
        if scope.of is None and p.dep[target] == "dobj":
            scope.of = self.actor()

    def nearby(self, scope: Scope) -> None:
        """Without a verb (a headline, a fragment), the noun phrase the figure is set beside or that comes before."""
        p = self.p
        i = self.where.head
        for _ in range(5):
            up = p.head[i]
            if up == i:
                break
            i = up
            if p.tag[i] in NOUN and not self.where.first <= i <= self.where.last and not self.has_number(i):
                self.describe(scope, i)
                if scope.measure:
                    return
        for i in range(self.where.first - 1, max(self.begin - 1, self.where.first - 8), -1):
            if (
                p.tag[i] in ("NN", "NNS", "NNP", "NNPS")
                and p.ent[i] not in DATE_ENTS
                and not self.has_number(i)
            ):
                self.describe(scope, i)
                if scope.measure:
                    return

    def changed(self, scope: Scope, noun: int) -> None:
        """ "A 20 percent drop in prices", "a pay rise of 3 percent"; failing that, what the sentence is about."""
        p = self.p
        found = phrases.object_of(p, noun, ("in", "of", "for", "on", "to"))
        if (
            found is not None
            and not (self.where.first <= found <= self.where.last)
            and p.low[found] != "%"
            and p.ent[found] not in ("PERCENT", "MONEY", "DATE")
        ):
            self.describe(scope, found)
            return
        phrase = phrases.name(p, noun, self.where.last)
        owner = phrases.possessor(p, noun)
        if phrase is not None and phrase.first < noun:
            words = [
                p.words[i]
                for i in range(phrase.first, noun)
                if not (self.where.first <= i <= self.where.last) and p.dep[i] in ("compound", "nmod")
            ]
            if words:
                scope.measure = " ".join(words)
                scope.of = self.named(owner) if owner is not None else self.actor()
                return
        at = None
        i = noun
        for _ in range(6):
            if p.dep[i] == "appos" and p.tag[p.head[i]] in NOUN and not self.has_number(p.head[i]):
                at = p.head[i]
                break
            if p.tag[i].startswith("VB"):
                at = phrases.subject(p, i)
                break
            if p.head[i] == i:
                break
            i = p.head[i]
        if at is not None and at != noun and not self.where.first <= at <= self.where.last:
            if p.tag[at] in PRONOUN:
                scope.measure = self.resolve(p, at)
            else:
                self.describe(scope, at)
        if scope.measure is None and phrase is not None:
            scope.measure = phrase.text

    def describe(self, scope: Scope, noun: int) -> None:
        """Measure is the noun; `of` its owner or what an of-, in- or for-phrase says of it."""
        if self.has_number(noun) and self.p.low[noun] in units.BY_WORD:
            # "1 percent of the 3.4 million tons of waste" is a share of the waste.
            noun = phrases.object_of(self.p, noun, ("of",)) or noun
        phrase = phrases.name(self.p, noun, self.where.last)
        if phrase is None:
            scope.measure = self.resolve(self.p, noun) if self.p.tag[noun] in PRONOUN else None
            return
        scope.measure = phrase.text
        self.belongings(scope, noun)

    def belongings(self, scope: Scope, noun: int) -> None:
        p = self.p
        owner = phrases.possessor(p, noun)
        if owner is not None:
            scope.of = self.named(owner)
            return
        found = phrases.object_of(p, noun)
        if (
            found is not None
            and not self.where.first <= found <= self.where.last
            and p.ent[found] not in ("DATE", "PERCENT", "MONEY", "TIME")
            and found != self.where.noun
        ):
            scope.of = self.named(found)


_BASELINE = re.compile(
    r"\b(?P<lead>since|compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|versus|against|relative\s+to|than|from(?=\s+(?:a|the|an|one|last|its|their)\s+(?:year|month|week|quarter|decade|same|previous|prior|record|day|peak|low|high))|"
    r"on(?=\s+(?:a|the)\s+year\s+(?:earlier|ago|before))|above|below(?=\s+\w+))\s+(?P<what>(?:[^,;:.()“”\"]|(?<=\d)[.,](?=\d)){2,80})|\b(?P<whole>year[\s-]on[\s-]year|year[\s-]over[\s-]year|month[\s-]on[\s-]month|on\s+the\s+year|from\s+a\s+year\s+(?:earlier|ago))\b",
    re.I,
)
_CUT = re.compile(
    r"\s+(?:and|but|while|who|which|that|when|as|after|said|says|according|has|have|had|is|are|was|were|will|would|did|does|do|to)\b.*$",
    re.I,
)


def baseline(text: str, left: int, right: int, quantity: Quantity, following: int) -> str | None:
    """What the figure is compared with, or since when: "2019", "a year earlier", "the old one"."""
    for match in _BASELINE.finditer(text, max(left, quantity.end - 1), right):
        if match.start() > following:
            break
        lead = (match.group("lead") or "").lower()
        if match.group("whole"):
            return match.group("whole")
        if lead in ("above", "below", "against") and match.start() - quantity.end > 12:
            continue
        what = _CUT.sub("", match.group("what").strip())
        if lead == "than" and re.match(r"[$£€]?\d", what):
            continue
        if not what or (
            re.match(r"[\d$£€]+(?:[.,]\d+)?\s*(?:%|percent|million|people)", what)
            and lead in ("than", "above", "below")
        ):
            continue
        return phrases.clip(what)
    found = re.search(r"\bsince\s+([^,;:.()“”\"]{2,60})", text[left : quantity.start])
    if found:
        return phrases.clip(_CUT.sub("", found.group(1).strip()))
    return None
