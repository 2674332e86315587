"""Direct, indirect and mixed quotations with their speakers."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from factcheck.extraction.english import cues
from factcheck.extraction.english.sources import Attributor, Source
from factcheck.extraction.english.figures.inflection import verb
from factcheck.extraction.english.names import Cast
from factcheck.extraction.english.parse import Passage
from factcheck.extraction.english.quotemarks import Quote

Span = tuple[int, int]


@dataclass(slots=True)
class Said:
    """A quotation found; `source` is None while, or where, nobody is named."""

    start: int
    end: int
    kind: str
    cue: str | None = None
    source: Source | None = None


@dataclass(slots=True)
class _Cue:
    """A verb of saying in the text: who, and the clause it governs (token range), if any."""

    passage: Passage
    token: int
    sentence: tuple[int, int, int]
    word: str
    source: Source | None
    clause: list[Span] = field(default_factory=list)


_ACCORDING = re.compile(r"\b(?:according\s+to|in\s+the\s+words\s+of|as\s+per)\b", re.I)
_TRAILING = " \t\n,;:—–-"
_COLON_SPEAKER = re.compile(r"^\s*(?P<name>[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3})\s?:\s*(?=[\"“‘'A-Z])")


def find(text: str, passages: list[Passage], quotes: list[Quote], cast: Cast) -> list[Said]:
    """All quotations in the order of the text."""
    reader = _Reader(text, passages, quotes, cast)
    return reader.read()


class _Reader:
    def __init__(self, text: str, passages: list[Passage], quotes: list[Quote], cast: Cast) -> None:
        self.text, self.passages, self.quotes, self.cast = text, passages, quotes, cast
        self.who = Attributor(cast)
        self.quote_starts = [quote.start for quote in quotes]
        self.said: list[Said] = []

    def read(self) -> list[Said]:
        pending = 0
        previous: Said | None = None
        for p in self.passages:
            last = p.end[-1] if p.end else 0
            mine: list[Quote] = []
            while pending < len(self.quotes) and self.quotes[pending].start < last:
                mine.append(self.quotes[pending])
                pending += 1
            previous = self.passage(p, mine, previous)
        self.said.sort(key=lambda s: (s.start, s.end))
        return _distinct(self.said)

    def passage(self, p: Passage, mine: list[Quote], previous: Said | None) -> Said | None:
        given: dict[int, Said] = {}
        found: list[Said] = []
        for sentence in p.sentences:
            begin, stop, _ = sentence
            left, right = p.start[begin], p.end[stop - 1]
            inside = [q for q in mine if q.start < right and left < q.end]
            for cue in self.cues(p, sentence, inside):
                found.extend(self.clauses(cue, inside))
                self.attach(cue, inside, given, left, right)
                if cue.source is not None:
                    self.who.last = cue.source.entity
            found.extend(self.according(p, sentence, inside, given))
            self.settle(p, sentence, inside, given, previous, found)
            for q in inside:
                if q.start in given:
                    previous = given[q.start]
        covered = [s for s in found if s.kind == "mixed"]
        for quote in mine:
            said = given.get(quote.start)
            if said is None or any(c.start <= quote.start and quote.end <= c.end for c in covered):
                continue
            found.append(said)
        self.said.extend(found)
        return previous

    def cues(self, p: Passage, sentence: tuple[int, int, int], inside: list[Quote]) -> list[_Cue]:
        """The verbs of saying of a sentence that stand outside its quotation marks, the outermost first."""
        begin, stop, _ = sentence
        result: list[_Cue] = []
        for i in range(begin, stop):
            tag = p.tag[i]
            if not tag.startswith("VB") or not cues.is_cue(p.words[i]):
                continue
            at = p.start[i]
            if any(q.start < at < q.end for q in inside):
                continue
            if p.dep[i] in ("aux", "auxpass", "amod"):
                continue
            result.append(_Cue(p, i, sentence, p.words[i], self.subject(p, i, begin, stop, inside)))
        return result

    def subject(self, p: Passage, i: int, begin: int, stop: int, inside: list[Quote]) -> Source | None:
        passive = any(p.dep[c] == "auxpass" for c in p.children[i])
        found = None
        for child in p.children[i]:
            if p.dep[child] in ("nsubj",) or (p.dep[child] == "nsubjpass" and verb(p.words[i]) in ("quote", "cite")):
                if not any(q.start < p.start[child] < q.end for q in inside):
                    found = child
            if passive and p.dep[child] == "agent":
                for inner in p.children[child]:
                    if p.dep[inner] == "pobj":
                        return self.who.source(p, inner)
        if found is None and p.dep[i] in ("conj", "xcomp", "advcl", "acl", "relcl"):
            above = p.head[i]
            if p.dep[i] in ("acl", "relcl") and p.tag[above] in ("NN", "NNS", "NNP", "NNPS"):
                found = above
            else:
                for child in p.children[above]:
                    if p.dep[child] == "nsubj" and not any(q.start < p.start[child] < q.end for q in inside):
                        found = child
        if found is None and not passive:
            found = self.beside(p, i, begin, stop, inside)
        return self.who.source(p, found) if found is not None else None

    def beside(self, p: Passage, i: int, begin: int, stop: int, inside: list[Quote]) -> int | None:
        """The name right after or before the verb, where the parse saw none ("said Holt", "Holt said")."""
        for step, limit in ((1, min(stop, i + 7)), (-1, max(begin - 1, i - 4))):
            for k in range(i + step, limit, step):
                if any(q.start < p.start[k] < q.end for q in inside) or p.tag[k] in (",", ".", ":", "''", "``", "IN", "TO") and not (p.tag[k] == "," and step == -1):
                    break
                if p.tag[k] in ("NNP", "PRP", "NN", "NNS", "NNPS"):
                    if p.low[k] in ("it", "i", "we", "you", "me", "us") or p.ent[k] in ("DATE", "TIME"):
                        break
                    while step == 1 and k + 1 < limit and p.tag[k + 1] in ("NN", "NNS", "NNP", "NNPS") and p.start[k + 1] - p.end[k] <= 1:
                        k += 1
                    return k
        return None

    def clauses(self, cue: _Cue, inside: list[Quote]) -> list[Said]:
        """The clause a verb of saying governs, as an indirect or mixed quotation."""
        p, i = cue.passage, cue.token
        if not cues.reports(cue.word) or cue.source is None:
            return []
        personal = cue.source.entity.kind in ("person", "organisation")
        head_word = p.low[p.token_at(max(cue.source.end - 1, 0))]
        if not cues.fits(cue.word, head_word, personal):
            return []
        complement = None
        for child in p.children[i]:
            if p.dep[child] == "ccomp" and (p.tag[child].startswith(("VB", "MD")) or any(p.dep[c] in ("nsubj", "cop", "nsubjpass", "expl") for c in p.children[child])):
                complement = child
        if complement is None and p.dep[i] in ("parataxis", "ccomp") and not inside:
            above = p.head[i]
            comma = p.start[i] > p.start[above] and any(p.low[c] in (",",) for c in range(max(0, i - 4), i))
            if comma and p.tag[above].startswith("VB"):
                return self.framed(cue, above, inside)
        if complement is None:
            return []
        return self.framed(cue, complement, inside)

    def framed(self, cue: _Cue, complement: int, inside: list[Quote]) -> list[Said]:
        p, i = cue.passage, cue.token
        begin, stop, _ = cue.sentence
        frame = {i}
        for child in p.children[i]:
            if child != complement and p.dep[child] not in ("conj", "cc"):
                frame.update(p.subtree(child))
        tokens = [t for t in p.subtree(complement) if t not in frame and begin <= t < stop]
        if complement > i:
            tokens = [t for t in tokens if t > i]
        if not tokens:
            return []
        first, last = tokens[0], tokens[-1]
        spans: list[Span] = []
        if first < i < last:
            before = [t for t in tokens if t < i]
            after = [t for t in tokens if t > i]
            spans = [self.trim(p, before[0], before[-1]), self.trim(p, after[0], after[-1])]
        else:
            if complement > i:
                # What the parse leaves out at the end ("..., officials said") still belongs to the clause.
                last = self.reach(p, cue, last, stop)
            spans = [self.trim(p, first, last)]
        result: list[Said] = []
        for start, end in spans:
            if end - start < 8:
                continue
            quoted = [q for q in inside if q.start >= start - 2 and q.end <= end + 2]
            kind = "indirect"
            if quoted:
                bare = self.text[start:end].strip(_TRAILING + ".\"“”'‘’")
                whole = max(quoted, key=lambda q: q.end - q.start)
                outside = end - start - sum(q.end - q.start for q in quoted)
                if whole.end - whole.start >= len(bare) - 2 or outside < 12:
                    continue
                if any(q.words > 12 and self.text[q.start + 1 : q.start + 2].isupper() for q in quoted):
                    # A whole sentence in quotation marks after "said" is a direct quotation of its own.
                    if outside < 40:
                        continue
                kind = "mixed"
            elif any(q.start < end and start < q.end for q in inside):
                continue
            result.append(Said(start, end, kind, cue.word, cue.source))
        return result

    def reach(self, p: Passage, cue: _Cue, last: int, stop: int) -> int:
        return last

    def trim(self, p: Passage, first: int, last: int) -> Span:
        """Without "that" and commas before, and punctuation after."""
        while first < last and (p.low[first] in ("that", ",", "``", ":") or p.tag[first] in (",", ":")):
            first += 1
        start, end = p.start[first], p.end[last]
        text = self.text
        while end > start and text[end - 1] in _TRAILING + ".":
            end -= 1
        if end < len(text) and text[end] in "\"”" and text.count('"', start, end) % 2 == 1:
            end += 1
        return start, end

    def attach(self, cue: _Cue, inside: list[Quote], given: dict[int, Said], left: int, right: int) -> None:
        """Gives the sentence's quotations to the verb of saying that stands next to them."""
        p, i = cue.passage, cue.token
        if cue.source is None:
            return
        at = p.start[i]
        span = (min(cue.source.start, at), max(cue.source.end, p.end[i])) if abs(cue.source.start - at) < 120 else (at, p.end[i])
        for quote in inside:
            if quote.start in given and given[quote.start].source is not None:
                continue
            before, after = span[0] - quote.end, quote.start - span[1]
            gap = self.text[quote.end : span[0]] if before >= 0 else self.text[span[1] : quote.start]
            near = max(before, after)
            close = near <= 3 or re.fullmatch(r"[\s,]*", gap) is not None
            linked = near <= 220 and ("," in gap[:3] or gap.rstrip().endswith((",", ":", "that")) or quote.words >= 4 or near <= 60)
            if close or linked:
                if quote.words < 4 and not (close or near <= 160):
                    continue
                given[quote.start] = Said(quote.start, quote.end, "direct", cue.word, cue.source)

    def according(self, p: Passage, sentence: tuple[int, int, int], inside: list[Quote], given: dict[int, Said]) -> list[Said]:
        """"According to X, …" and "…, according to X"."""
        begin, stop, _ = sentence
        left, right = p.start[begin], p.end[stop - 1]
        match = _ACCORDING.search(self.text, left, right)
        if match is None or any(q.start < match.start() < q.end for q in inside):
            return []
        at = p.token_at(match.end() - 1)
        noun = None
        for child in p.children[at]:
            if p.dep[child] == "pobj":
                noun = child
        if noun is None:
            noun = next((k for k in range(at + 1, min(stop, at + 8)) if p.tag[k] in ("NN", "NNS", "NNP", "NNPS") and (k + 1 >= stop or p.tag[k + 1] not in ("NN", "NNS", "NNP", "NNPS", "POS"))), None)
        if noun is None or p.ent[noun] == "DATE":
            return []
        source = self.who.source(p, noun)
        if source is None:
            return []
        self.who.last = source.entity
        phrase_end = max([source.end, *(p.end[t] for t in p.subtree(noun) if t < stop and not self.is_clause(p, t, noun))])
        if match.start() - left < 6:
            start, end = phrase_end, right
        else:
            start, end = left, match.start()
        while start < end and self.text[start] in _TRAILING:
            start += 1
        while end > start and self.text[end - 1] in _TRAILING + ".":
            end -= 1
        if end - start < 12:
            return []
        for quote in inside:
            if start - 1 <= quote.start and quote.end <= end + 1:
                if quote.end - quote.start >= (end - start) * 0.8:
                    given[quote.start] = Said(quote.start, quote.end, "direct", match.group(), source)
                    return []
        kind = "mixed" if any(start <= q.start and q.end <= end + 1 for q in inside) else "indirect"
        return [Said(start, end, kind, match.group(), source)]

    def is_clause(self, p: Passage, t: int, noun: int) -> bool:
        """Tokens of a clause that the parse hung on the source though it is the statement."""
        if t <= noun:
            return False
        return any(p.tag[k] in (",", ":") for k in range(noun + 1, t + 1)) and t - noun > 10

    def settle(
        self, p: Passage, sentence: tuple[int, int, int], inside: list[Quote], given: dict[int, Said], previous: Said | None, found: list[Said]
    ) -> None:
        """Quotations without a verb of saying of their own: they go on, answer a colon, or stand in someone's sentence."""
        begin, stop, _ = sentence
        left, right = p.start[begin], p.end[stop - 1]
        for index, quote in enumerate(inside):
            if quote.start in given:
                continue
            if any(s.start <= quote.start and quote.end <= s.end for s in found):
                continue
            partner = next((given[o.start] for o in inside if o.start in given and o is not quote and given[o.start].source), None)
            if partner is not None and quote.words >= 3:
                given[quote.start] = Said(quote.start, quote.end, "direct", partner.cue, partner.source)
                continue
            colon = _COLON_SPEAKER.match(self.text[left : quote.start + 1])
            if colon is not None and quote.words >= 3:
                entity = self.cast.find(colon.group("name"), left)
                if entity is not None:
                    given[quote.start] = Said(quote.start, quote.end, "direct", ":", Source(left + colon.start("name"), left + colon.end("name"), entity))
                    continue
            whole = quote.start <= left + 1 and (quote.end >= right - 2 or quote.open_ended or quote.end > right)
            if whole or (quote.start <= left + 1 and quote.words >= 6):
                lead = self.text[max(0, left - 3) : left].strip()
                if previous is not None and previous.source is not None and quote.start - previous.end < 400:
                    given[quote.start] = Said(quote.start, quote.end, "direct", None, previous.source)
                    continue
                source = self.introduced(left) if quote.words >= 4 else None
                if source is not None or quote.words >= 4:
                    given[quote.start] = Said(quote.start, quote.end, "direct", ":" if lead.endswith(":") else None, source)
                continue
            if quote.words >= 4 and not self.is_title(quote):
                source = self.sentence_person(p, sentence, quote)
                given[quote.start] = Said(quote.start, quote.end, "direct", None, source)

    def introduced(self, at: int) -> Source | None:
        """The person that the sentence before a free-standing quotation is about."""
        for mention in self.cast.before(at)[:6]:
            if mention.entity.kind == "person" and at - mention.start < 350:
                return Source(mention.start, mention.end, mention.entity)
        return None

    def sentence_person(self, p: Passage, sentence: tuple[int, int, int], quote: Quote) -> Source | None:
        begin, stop, _ = sentence
        for k in range(begin, stop):
            if p.dep[k] == "nsubj" and p.head[k] < stop and p.dep[p.head[k]] in ("ROOT", "conj") and not quote.start < p.start[k] < quote.end:
                source = self.who.source(p, k)
                if source is not None and source.entity.kind in ("person", "organisation"):
                    return source
        return None

    def is_title(self, quote: Quote) -> bool:
        """The name of a song, book or operation in quotation marks: most words begin with a capital."""
        words = re.findall(r"[A-Za-z][\w’'-]*", self.text[quote.start : quote.end])
        capital = sum(word[0].isupper() for word in words)
        return len(words) <= 10 and capital * 3 >= len(words) * 2 and self.text[quote.end - 2] not in ".,!?"


def _distinct(found: list[Said]) -> list[Said]:
    """Without repetitions and without an indirect clause that lies in another of the same speaker."""
    result: list[Said] = []
    ends: list[int] = []
    for said in found:
        k = bisect_right(ends, said.start)
        clash = False
        for other in result[-4:]:
            if other.start <= said.start and said.end <= other.end and not (other.kind == "direct" and said.kind != "direct" and said.start == other.start):
                clash = True
            elif said.start < other.end and other.start < said.end and said.kind != "direct" and other.kind != "direct":
                clash = True
        if not clash:
            result.append(said)
            ends.append(said.end)
        del k
    return result
