"""Who has, does or undergoes a figure, and what is said beside it where nobody does."""

from __future__ import annotations

from factcheck.extraction.english.figures import clauses, phrases
from factcheck.extraction.english.figures.about.nouns import DATE_ENTS, DAYS, Nouns, Resolver, Scope
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.phrases import NOUN

__all__ = ["DATE_ENTS", "DAYS", "Resolver", "Scope", "Surroundings"]


class Surroundings(Nouns):
    """One figure in its parsed sentence: its nouns, and its clause."""

    def has_owner(self) -> bool:
        """Whether the subject of the figure's verb belongs to somebody ("his time was …")."""
        found = clauses.subject(self.p, self.verb) if self.verb is not None else None
        return found is not None and phrases.possessor(self.p, found) is not None

    def actor(self, skip: int | None = None) -> str | None:
        """The subject that has, does or undergoes the figure; where the figure is the subject, what is said beside."""
        p, at = self.p, self.verb
        for _ in range(3):
            if at is None:
                return None
            found = clauses.subject(p, at)
            if found is None or found == skip or self.is_figure(found) or self._only_reports(at, found):
                return self._beside(at, skip)
            if self.holds(found) and p.dep[self.where.head] != "appos":
                hollow = singular(p.low[found]) in ("total", "number", "estimate", "average")
                return self._beside(at, skip) if hollow else self.labelled(found)
            if p.ent[found] in DATE_ENTS:
                return self._earlier(at)
            named = self._acting(found)
            if named is not None:
                return named
            at = self._verb_above(at)
        return None

    def _acting(self, found: int) -> str | None:
        p = self.p
        if p.tag[found] == "CD" or p.low[found] in ("%", "percent"):
            inner = phrases.object_of(p, found)
            return self.named(inner) if inner is not None and inner != self.where.noun else None
        if p.tag[found] in ("DT", "JJ", "PDT") and p.low[found] not in ("this", "that", "these", "those"):
            inner = phrases.object_of(p, found, ("of",))
            if inner is not None:
                return self.named(inner)
        return self.named(found)

    def _only_reports(self, at: int, found: int) -> bool:
        """ "The ministry reported 40 cases": it does not have them. A company has its results, a country its deaths."""
        if at != self.verb or self.p.ent[found] == "GPE":
            return False
        if self.quantity.dimension == "count":
            return self.base in clauses.REPORTS - clauses.HOLDS
        return self.base in clauses.GUESSES

    def _verb_above(self, at: int) -> int | None:
        p = self.p
        for _ in range(8):
            up = p.head[at]
            if up == at:
                return None
            at = up
            if p.tag[at].startswith("VB"):
                return None if verb(p.words[at]) in clauses.REPORTS else at
        return None

    def _beside(self, at: int, skip: int | None = None) -> str | None:
        noun = self.where.noun if self.where.noun is not None else self.where.last
        taken = range(self.where.first, max(self.where.last, noun) + 1)
        found = clauses.circumstance(self.p, at, taken)
        if found is None or found == skip or self.holds(found):
            return None
        return self.named(found)

    def _earlier(self, at: int) -> str | None:
        """The last subject before the clause at `at`, in the same sentence."""
        p = self.p
        for i in range(min(at, self.where.first) - 1, self.begin - 1, -1):
            if (
                p.dep[i] in ("nsubj", "nsubjpass")
                and p.tag[i] in NOUN
                and p.ent[i] not in DATE_ENTS
                and not self.holds(i)
                and not self.has_number(i)
                and verb(p.words[p.head[i]]) not in clauses.REPORTS
            ):
                return self.named(i)
        return None

    def beside(self) -> str | None:
        """The last resort: what stands beside the verb or one above it, who acts there or did so just before."""
        at = self.verb
        if at is None:
            return self._before()
        for _ in range(3):
            if at is None:
                break
            found = self._beside(at)
            if found is not None:
                return found
            above = self._verb_above(at)
            if above is not None:
                acting = clauses.subject(self.p, above)
                if (
                    acting is not None
                    and not self.is_figure(acting)
                    and not self.holds(acting)
                    and not self.has_number(acting)
                ):
                    return self._acting(acting)
            at = above
        return self._earlier(self.verb)

    def _before(self) -> str | None:
        """Without a verb, the noun that comes before: "Conservative Party - 365 seats"."""
        p = self.p
        for i in range(self.where.first - 1, max(self.begin - 1, self.where.first - 9), -1):
            if (
                p.tag[i] in ("NN", "NNS", "NNP", "NNPS")
                and p.ent[i] not in DATE_ENTS
                and not self.has_number(i)
            ):
                return self.named(i)
        return None
