"""The nouns around a figure: what it stands before, behind or beside, what it is bought with, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from factcheck.extraction.english.figures import clauses, phrases, units
from factcheck.extraction.english.figures.change import Movement
from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.inflection import verb
from factcheck.extraction.english.figures.phrases import NOUN, PRONOUN
from factcheck.extraction.english.figures.quantity import Quantity
from factcheck.extraction.english.parse import Passage

Resolver = Callable[[Passage, int], str | None]

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow year month week quarter".split()
)


_DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest away".split())
DATE_ENTS = frozenset(("DATE", "TIME"))


@dataclass(slots=True)
class Scope:
    """What a figure is said to be of, in the text's own words."""

    measure: str | None = None
    of: str | None = None
    whole: str | None = None
    place: str | None = None


class Nouns:
    """One figure in its parsed sentence: the nouns it stands before, behind and beside."""

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
        self.span = range(where.first, where.last + 1)
        self.verb = clauses.lead(p, move.verb)
        self.base = verb(p.words[self.verb]) if self.verb is not None else ""
        self.behind = self._past_bracket(where.last + 1)

    def _past_bracket(self, at: int) -> int:
        """The token after the figure, past a bracket that restates it: "18 to 23 foot (5.5 to 7 meter) storm surge"."""
        p = self.p
        if (
            at < self.stop
            and p.tag[at] == "-LRB-"
            and any(
                c.isdigit() for c in p.low[min(at + 1, self.stop - 1)] + p.low[min(at + 2, self.stop - 1)]
            )
        ):
            for i in range(at + 1, min(self.stop, at + 14)):
                if p.tag[i] == "-RRB-":
                    return i + 1
        return at

    def has_number(self, head: int) -> bool:
        """Whether a number counts the noun ("five *girls*")."""
        return any(self.p.dep[c] == "nummod" for c in self.p.children[head])

    def is_figure(self, token: int) -> bool:
        """Whether the token is the figure's own or what it counts."""
        return token in self.span or token == self.where.noun

    def holds(self, noun: int) -> bool:
        """Whether the noun's phrase holds the figure ("households with one car"), a relative clause not counted."""
        i = self.where.head
        for _ in range(12):
            if i == noun:
                return True
            if self.p.tag[i].startswith("VB") or self.p.head[i] == i:
                return False
            i = self.p.head[i]
        return False

    def named(self, noun: int) -> str | None:
        """The noun in the text's words, with the phrases behind it; for a pronoun what it means."""
        if self.p.tag[noun] == "PRP$":
            return self._owner_meant(noun) or self.resolve(self.p, noun)
        if self.p.tag[noun] in PRONOUN:
            return self.resolve(self.p, noun)
        return phrases.long_name(self.p, noun, self.span)

    def _owner_meant(self, pronoun: int) -> str | None:
        """ "Labour lost all five of its seats": the subject of the pronoun's own clause, if it can be meant."""
        p, at = self.p, pronoun
        while p.head[at] != at and not p.tag[at].startswith("VB"):
            at = p.head[at]
        found = clauses.subject(p, at) if p.tag[at].startswith("VB") else None
        if (
            found is None
            or found > pronoun
            or p.tag[found] not in NOUN
            or self.is_figure(found)
            or self.holds(found)
        ):
            return None
        person = p.ent[found] == "PERSON"
        if (p.low[pronoun] in ("his", "her")) != person or p.low[pronoun] in ("my", "our", "your"):
            return None
        if p.low[pronoun] == "its" and p.tag[found] == "NNS":
            return None
        return self.named(found)

    def labelled(self, noun: int) -> str | None:
        """The noun with the words before it alone, without the phrases behind it."""
        phrase = phrases.name(self.p, noun, self.where.last)
        return phrase.text if phrase else None

    def just_behind(self) -> str | None:
        """ "36 in North Cotabato": the phrase right behind a number that leaves its noun out."""
        p, at = self.p, self.behind
        if at + 1 >= self.stop or p.low[at] not in ("in", "for", "from", "at", "among", "across"):
            return None
        noun = self.noun_from(at + 1)
        if p.low[at] == "for" and p.dep[self.where.head] == "dobj":
            return None
        if noun is None or p.ent[noun] in DATE_ENTS or p.low[noun] in DAYS or p.low[noun] in ("total", "all"):
            return None
        return self.named(noun)

    def after_of(self) -> int | None:
        """The first token of an of-phrase right after the figure."""
        at = self.behind
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
        at = self.behind
        if at >= self.stop:
            return None
        if at > where.last + 1 and (p.tag[at] not in ("NN", "NNS") or p.low[at] in _DIRECTIONS):
            return None
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
        """The last noun of the compound that begins at token `i` ("prison" in "seven-year prison terms" gives "terms")."""
        p = self.p
        while (
            i + 1 < self.stop
            and p.tag[i + 1] in ("NN", "NNS")
            and p.head[i] == i + 1
            and p.dep[i] in ("compound", "nsubj")
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
                p.low[above] in ("of", "at", "to", "worth", "with", "below", "above", "under", "over")
                and p.tag[p.head[above]] in NOUN
                and p.head[above] < where.first
            ):
                noun = p.head[above]
                if p.low[noun] in ("total", "average", "maximum", "minimum", "range", "record"):
                    return None
                return noun
        worth = where.first - 1
        if worth > self.begin and p.low[worth] in ("about", "around", "nearly", "over", "some", "almost"):
            worth -= 1
        if worth > self.begin and p.low[worth] == "worth":
            return next((i for i in (p.head[worth], worth - 1) if p.tag[i] in NOUN), None)
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
            and p.low[p.head[head]] not in units.BY_WORD
            and not self.has_number(p.head[head])
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
                    p.dep[child] in ("dobj", "dative")
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
