"""Which figure of a newer text stands in the place of a figure of the older one: by the words of the sentences around them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from factcheck.articles.alignment import Alignment
from factcheck.extraction.english.sentences import split

from .models import Figure

# Which part of the letters in two sentences must be in words of both, for a figure of one to be the other's successor:
ALIKE = 0.4  # in the same place of the text, or with the same number
NEARLY = 0.75  # in another place, or where they count by other nouns: "4,200 soldiers", "2,400 troops"
LONGEST = 1000  # code points of a sentence; longer ones, such as a table in one line, are taken in parts
BESIDE = 20  # sentences looked at where all around the figure was rewritten, or that have a word elsewhere
COMPARED = 5  # of those that share most words, in which a figure is looked for
SHORTEST = 4  # letters of a word by which a sentence is found elsewhere

_PARAGRAPH = re.compile(r"[^\n]+")
_PART = re.compile(rf"\S.{{0,{LONGEST}}}(?!\S)|\S+")
_WORD = re.compile(r"[^\W\d_]+")


def changed_figures(
    left: list[Figure], now: list[Figure], alignment: Alignment
) -> list[tuple[Figure, Figure]]:
    """The figures of the older text that another one took the place of in the newer text, each with that one.

    A sentence that stands in the newer text elsewhere, word for word, changed nothing; and one that says something else, in few
    of the same words, is no successor.
    """
    if not left or not now:
        return []
    older, newer = _sentences(alignment.old, left), _sentences(alignment.new, now)
    older = [one for one in older if alignment.exactly(one.start, one.end) is None]
    newer = [one for one in newer if not alignment.unchanged(one.start, one.end)]
    moved = Counter(one.key for one in older) & Counter(one.key for one in newer)
    older, newer = (_without(sentences, moved) for sentences in (older, newer))
    pairs = list(_pairs(older, _Newer([one for one in newer if one.figures]), alignment))
    pairs.sort(key=lambda pair: pair.rank)
    paired: set[Figure] = set()
    changed: list[tuple[Figure, Figure]] = []
    for pair in pairs:
        if pair.old not in paired and pair.new not in paired:
            paired |= {pair.old, pair.new}
            if differs(pair.old, pair.new):
                changed.append((pair.old, pair.new))
    return sorted(changed, key=lambda both: (both[0].start, both[0].end))


def differs(one: Figure, other: Figure) -> bool:
    """Whether two figures say another number: value, bound, or the unit that it is given in."""
    if (one.low, one.high, one.bound) != (other.low, other.high, other.bound):
        return True
    return one.unit != other.unit and one.dimension != Figure.Dimension.COUNT


def says_the_same(one: Figure, other: Figure) -> bool:
    """Whether two figures that can be compared say one number."""
    return comparable(one, other) and not differs(one, other)


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures may be of the same thing, by what they count or measure."""
    return one.dimension == other.dimension and (
        one.unit == other.unit or one.dimension != Figure.Dimension.COUNT
    )


@dataclass(eq=False)
class _Sentence:
    text: str
    start: int
    end: int
    figures: list[Figure] = field(default_factory=list)

    @cached_property
    def key(self) -> str:
        return " ".join(self.text.split())

    @cached_property
    def words(self) -> frozenset[str]:
        return _words(self.text)


@dataclass(frozen=True, slots=True)
class _Pair:
    old: Figure
    new: Figure
    likeness: float

    @property
    def rank(self) -> tuple[float, bool, bool, int, int]:
        """The likeliest pair first; of those that are equally alike one of the same noun, and a number that stays what it was."""
        another = not comparable(self.old, self.new)
        return -self.likeness, another, differs(self.old, self.new), self.old.start, self.new.start


class _Newer:
    """The sentences of the newer text that may have taken the place of an older one."""

    def __init__(self, sentences: list[_Sentence]) -> None:
        self.sentences = sentences

    def beside(self, place: tuple[int, int]) -> list[_Sentence]:
        """Those that lie in a part of the text, or around it."""
        first = bisect_right(self.sentences, place[0], key=lambda one: one.end)
        after = bisect_left(self.sentences, max(place[1], place[0] + 1), key=lambda one: one.start)
        return self.sentences[first : min(after, first + BESIDE)]

    def sharing(self, sentence: _Sentence) -> list[_Sentence]:
        """Those anywhere that share most words with a sentence, by words that few of them have."""
        shared: Counter[_Sentence] = Counter()
        for word in sentence.words:
            found = self._by_word.get(word, ())
            if len(found) <= BESIDE:
                shared.update(dict.fromkeys(found, len(word)))
        return sorted(shared, key=lambda one: (-shared[one], one.start))[:COMPARED]

    @cached_property
    def _by_word(self) -> dict[str, list[_Sentence]]:
        by_word: defaultdict[str, list[_Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            for word in sentence.words:
                if len(word) >= SHORTEST:
                    by_word[word].append(sentence)
        return by_word


def _pairs(older: list[_Sentence], newer: _Newer, alignment: Alignment) -> Iterator[_Pair]:
    within: dict[tuple[_Sentence, _Sentence], Alignment] = {}
    for sentence in older:
        if not sentence.figures:
            continue
        elsewhere = newer.sharing(sentence)
        for figure in sentence.figures:
            place = alignment.region(figure.start, figure.end)
            here = newer.beside(place)
            likely = {other: _likeness(figure, sentence, other) for other in (*here, *elsewhere)}
            for other in sorted(likely, key=lambda one: -likely[one])[:COMPARED]:
                likeness = likely[other]
                if likeness < ALIKE:
                    break
                key = (sentence, other)
                inner = within.get(key) or within.setdefault(key, Alignment(sentence.text, other.text))
                for new in _in_its_place(figure, sentence, other, inner):
                    within_place = place[0] <= new.start and new.end <= place[1]
                    if not within_place and alignment.unchanged(new.start, new.end):
                        continue
                    if likeness >= _needed(figure, new, moved=other not in here):
                        yield _Pair(figure, new, likeness)


def _needed(old: Figure, new: Figure, *, moved: bool) -> float:
    """How alike two sentences must be for a figure of one to be the successor of one in the other."""
    return NEARLY if (moved and differs(old, new)) or not comparable(old, new) else ALIKE


def _in_its_place(
    figure: Figure, sentence: _Sentence, other: _Sentence, inner: Alignment
) -> Iterator[Figure]:
    """The figures of the same kind where a figure would stand in the other sentence."""
    start, end = inner.region(figure.start - sentence.start, figure.end - sentence.start)
    for new in other.figures:
        inside = other.start + start <= new.start and new.end <= other.start + end
        if inside and new.dimension == figure.dimension:
            yield new


def _likeness(figure: Figure, sentence: _Sentence, other: _Sentence) -> float:
    """Which part of the letters of two sentences is in words of both, the figure's own put aside: "the" counts for little."""
    aside = _words(figure.text)
    one, two = sentence.words - aside, other.words - aside
    letters = _letters(one) + _letters(two)
    return 2 * _letters(one & two) / letters if letters else 1.0


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _letters(words: frozenset[str]) -> int:
    return sum(map(len, words))


def _sentences(text: str, figures: list[Figure]) -> list[_Sentence]:
    """The sentences of a text, each with the figures that begin in it."""
    sentences = [
        _Sentence(text[part.start() : part.end()], part.start(), part.end())
        for paragraph in _PARAGRAPH.finditer(text)
        for start, end in split(text, *paragraph.span())
        for part in _PART.finditer(text, start, end)
    ]
    for figure in figures:
        at = bisect_right(sentences, figure.start, key=lambda one: one.start) - 1
        if at >= 0:
            sentences[at].figures.append(figure)
    return sentences


def _without(sentences: list[_Sentence], moved: Counter[str]) -> list[_Sentence]:
    """The sentences but for so many of each as both texts have."""
    skipped: defaultdict[str, int] = defaultdict(int)
    rest = []
    for one in sentences:
        if skipped[one.key] < moved[one.key]:
            skipped[one.key] += 1
        else:
            rest.append(one)
    return rest
