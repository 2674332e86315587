"""The nouns around a figure: what it stands before or after, what it is bought with, who acts, where."""

from __future__ import annotations

from collections.abc import Callable

from factcheck.extraction.english.figures import phrases
from factcheck.extraction.english.figures.change import Movement
from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.phrases import NOUN, PRONOUN
from factcheck.extraction.english.figures.quantity import Quantity
from factcheck.extraction.english.parse import Passage

Resolver = Callable[[Passage, int], str | None]

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow year month week quarter".split()
)


DATE_ENTS = frozenset(("DATE", "TIME"))


class Surroundings:
    """One figure in its parsed sentence."""

    def __init__(
        self,
        p: Passage,
        begin: int,
        stop: int,
        quantity: Quantity,
        where: Placed,
        move: Movement,
        resolve: Resolver,
    ) -> None:
        self.p, self.begin, self.stop = p, begin, stop
        self.quantity, self.where, self.move, self.resolve = quantity, where, move, resolve

    def has_number(self, head: int) -> bool:
        return any(self.p.dep[c] == "nummod" for c in self.p.children[head])

    def named(self, noun: int) -> str | None:
        if self.p.tag[noun] in PRONOUN:
            return self.resolve(self.p, noun)
        phrase = phrases.name(self.p, noun, self.where.last)
        return phrase.text if phrase else None

    def labelled(self, noun: int) -> str | None:
        phrase = phrases.name(self.p, noun, self.where.last)
        return phrase.text if phrase else None

    def actor(self, skip: int | None = None) -> str | None:
        """The subject that has, does or undergoes the figure."""
        p = self.p
        at = self.move.verb
        if at is None:
            return None
        found = phrases.subject(p, at)
        if (
            found is None
            or found == skip
            or self.where.first <= found <= self.where.last
            or found == self.where.noun
        ):
            if found is not None and (
                found == self.where.noun or self.where.first <= found <= self.where.last
            ):
                return None
            agent = phrases.object_of(p, at, ("by",))
            return self.named(agent) if agent is not None and p.ent[agent] not in DATE_ENTS else None
        if (
            p.low[found] in ("total", "number")
            and found < self.where.first
            and self.where.first in p.subtree(found)
        ):
            return None
        if p.low[found] in ("there", "it") and p.dep[at] == "ROOT" and p.tag[found] == "EX":
            return None
        if p.tag[found] == "CD" or p.low[found] in ("%", "percent"):
            inner = phrases.object_of(p, found)
            return self.named(inner) if inner is not None and inner != self.where.noun else None
        named = self.named(found)
        if named and singular(p.low[found]) in (
            "number",
            "total",
            "rate",
            "level",
            "amount",
            "share",
            "proportion",
            "percentage",
            "figure",
            "toll",
            "majority",
        ):
            inner = phrases.object_of(p, found)
            more = self.named(inner) if inner is not None else None
            return phrases.clip(f"{named} of {more}") if more else named
        return named

    def after_of(self) -> int | None:
        """The first token of an of-phrase right after the figure."""
        at = self.where.last + 1
        p = self.p
        if at < self.stop and p.low[at] == "of" and at + 1 < self.stop:
            return at + 1
        if self.where.noun is not None and self.quantity.dimension != "count":
            return None
        if (
            at < self.stop
            and self.quantity.dimension == "ratio"
            and p.low[at] in ("in", "among", "out")
            and p.dep[self.where.head] != "npadvmod"
            and self.quantity.kind == "odds"
        ):
            return at + 1
        return None

    def noun_from(self, at: int) -> int | None:
        """The head noun of the phrase that starts at `at`."""
        p = self.p
        for i in range(at, min(self.stop, at + 9)):
            if p.low[i] in ("per", "-") or (i > at + 1 and p.low[i - 2] == "per" and p.low[i - 1] == "-"):
                continue
            if p.tag[i] in NOUN and i + 1 < self.stop and p.tag[i + 1] == "HYPH":
                continue
            if p.tag[i] in NOUN:
                head = i
                while (
                    head + 1 < self.stop
                    and p.tag[head + 1] in NOUN
                    and (p.head[head] == head + 1 or (p.dep[head] == "compound" and p.head[head] > head))
                ):
                    head += 1
                while (
                    p.dep[head] in ("compound", "nmod", "poss")
                    and p.head[head] > head
                    and p.head[head] - head < 6
                    and p.tag[p.head[head]] in NOUN
                ):
                    head = p.head[head]
                return head
            if p.tag[i] in ("PRP", "WDT", "WP") and i == at:
                return i if p.low[i] in ("them", "it", "which", "whom", "us") else None
            if p.tag[i] in (",", ".", ":", "IN", "TO") or (
                p.tag[i].startswith("VB") and p.tag[i] not in ("VBN", "VBG")
            ):
                return None
        return None

    def following_noun(self) -> int | None:
        """The noun that the figure stands before ("a 5 percent stake", "a $300 million contract")."""
        p, where = self.p, self.where
        head = p.head[where.head]
        if (
            where.last < head < self.stop
            and p.tag[head] in NOUN
            and p.low[head] not in DAYS
            and head - where.last <= 6
            and p.dep[where.head] in ("nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "poss")
        ):
            if all(
                p.tag[i] not in (",", ":", "IN")
                and not (p.tag[i].startswith("VB") and p.tag[i] not in ("VBN", "VBG"))
                for i in range(where.last + 1, head)
            ):
                return self.chunk_end(head)
        at = where.last + 1
        if (
            at < self.stop
            and p.tag[at] in ("NN", "NNS", "JJ", "NNP")
            and self.quantity.unit not in ("time",)
            and (self.quantity.hyphen or p.tag[at] != "JJ")
        ):
            for i in range(at, min(self.stop, at + 4)):
                if p.tag[i] in ("NN", "NNS", "NNP", "NNPS") and p.low[i] not in DAYS:
                    if p.ent[i] in DATE_ENTS or p.ent[i] == "PERSON":
                        return None
                    return self.chunk_end(i)
                if p.tag[i] != "JJ":
                    break
        return None

    def chunk_end(self, i: int) -> int:
        p = self.p
        while (
            i + 1 < self.stop
            and p.tag[i + 1] in ("NN", "NNS")
            and p.head[i] == i + 1
            and p.dep[i] == "compound"
        ):
            i += 1
        return i

    def noun_before(self) -> int | None:
        """ "A toll of 39", "a fine of $250,000", "debts totalling £5m", "revenue of $3bn"."""
        p, where = self.p, self.where
        head = where.head
        if where.noun is not None and self.quantity.unit is not None and self.quantity.dimension == "count":
            return None
        if p.dep[head] in ("pobj", "nummod", "quantmod"):
            above = p.head[head]
            if p.dep[head] != "pobj":
                return None
            if (
                p.low[above] in ("of", "at", "to", "worth", "with")
                and p.tag[p.head[above]] in NOUN
                and p.head[above] < where.first
            ):
                noun = p.head[above]
                if p.low[noun] in ("total", "average", "maximum", "minimum", "range", "record"):
                    return None
                return noun
        if (
            p.dep[head] == "dobj"
            and p.dep[p.head[head]] in ("acl", "relcl")
            and verb(p.words[p.head[head]])
            in ("total", "worth", "exceed", "cost", "average", "reach", "top", "amount")
        ):
            noun = p.head[p.head[head]]
            return noun if p.tag[noun] in NOUN else None
        if (
            p.dep[head] == "appos"
            and p.tag[p.head[head]] in NOUN
            and p.head[head] < where.first
            and p.tag[p.head[head]] not in ("NNP",)
        ):
            return p.head[head]
        return None

    def bought(self) -> int | None:
        """What money goes to: "£5m on roads", "$250,000 for racketeering", "$3bn in damages"."""
        p, where = self.p, self.where
        for start in (where.head, self.move.verb):
            if start is None:
                continue
            found = phrases.object_of(
                p, start, ("for", "on", "in", "toward", "towards", "into"), after=where.last - 1
            )
            if found is not None and p.ent[found] not in ("DATE", "TIME", "GPE") and p.low[found] not in DAYS:
                return found
        if self.move.verb is not None:
            for child in p.children[self.move.verb]:
                if (
                    p.dep[child] == "dobj"
                    and not where.first <= child <= where.last
                    and p.tag[child] in NOUN
                    and child < where.first
                ):
                    return child
        return None

    def place(self) -> str | None:
        """The nearest place that "in", "across" or "near" puts beside the figure."""
        p = self.p
        best: tuple[int, str] | None = None
        i = self.begin
        while i < self.stop:
            if p.ent[i] in ("GPE", "LOC", "FAC") and p.iob[i] == 3:
                j = i
                while j + 1 < self.stop and p.iob[j + 1] == 1 and p.ent[j + 1]:
                    j += 1
                before = i - 1
                if before >= self.begin and p.low[before] in (
                    "the",
                    "'s",
                    "northern",
                    "southern",
                    "eastern",
                    "western",
                    "central",
                ):
                    before -= 1
                if before >= self.begin and p.low[before] in (
                    "in",
                    "across",
                    "near",
                    "throughout",
                    "at",
                    "around",
                    "inside",
                    "outside",
                    "within",
                ):
                    distance = abs(i - self.where.last) + (4 if i < self.where.first else 0)
                    if best is None or distance < best[0]:
                        best = (distance, p.slice(i, j))
                i = j
            i += 1
        return best[1] if best else None
