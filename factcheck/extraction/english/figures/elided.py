"""Units that the text leaves to the reader: what was counted before, people in an accident, kinds of points."""

from __future__ import annotations

import re

from factcheck.extraction.english.figures import clauses
from factcheck.extraction.english.figures.counted import Placed
from factcheck.extraction.english.figures.inflection import singular, verb
from factcheck.extraction.english.figures.phrases import name
from factcheck.extraction.english.figures.quantity import Quantity
from factcheck.extraction.english.parse import Passage

CASUALTIES = frozenset(
    "kill injure wound hurt arrest detain hospitalise hospitalize infect rescue evacuate displace charge sentence jail trap behead execute".split()
)


_EMPLOYS = frozenset("employ hire recruit accommodate seat".split())
_CASUALTY_WORDS = frozenset(
    "killed dead died injured wounded hurt arrested detained hospitalised hospitalized missing infected rescued evacuated displaced trapped survived "
    "homeless aboard onboard board charged jailed sentenced drowned perished deceased sickened quarantined recovered fatalities casualties".split()
)


_MONEY_NOUNS = frozenset(
    "loss profit turnover deal contract debt budget revenue fine grant loan bid offer investment deficit surplus".split()
)


_HURT = re.compile(
    r"\s+(?:(?:others?|more)\s+)?(?:(?:were|was|are|is|have\s+been|had\s+been|had|have|being|reportedly|reported|confirmed)\s+)*"
    r"(?:killed|dead|died|injured|wounded|hurt|hospitali[sz]ed|missing|arrested|detained|rescued|evacuated|infected|displaced)\b"
)
_IS_PERSON = re.compile(
    r"(?:person|people|man|woman|child|boy|girl|soldier|civilian|passenger|police|officer|worker|patient|victim|protester|student|resident|"
    r"(?:e|o)r|ist|ian|ant|ee|troop)$"
)
_TALLIES = frozenset("number total count tally toll".split())


def _number_of(p: Passage, where: Placed) -> str | None:
    """ "The number of confirmed deaths surpassed 100,000" counts deaths."""
    above = p.head[where.head]
    if p.dep[where.head] in ("pobj",) and p.low[above] in ("to", "at", "of", "from", "than", "over"):
        above = p.head[above]
    if not p.tag[above].startswith("VB"):
        return None
    for child in p.children[above]:
        if (
            p.dep[child] in ("nsubj", "dobj", "nsubjpass")
            and p.low[child] in _TALLIES
            and child < where.first
        ):
            if p.low[child] == "toll" and p.low[child - 1] in ("death", "the"):
                return "death"
            for link in p.children[child]:
                if p.low[link] == "of":
                    for inner in p.children[link]:
                        if p.tag[inner] == "NNS":
                            return _kind(p, inner)
        if (
            p.dep[child] == "nsubj"
            and p.tag[child] == "NNS"
            and child < where.first
            and p.dep[where.head] == "pobj"
            and not any(p.dep[c] == "dobj" for c in p.children[above])
        ):
            # "Hospital admissions doubled to 1,840".
            if p.low[p.head[where.head]] == "to" and p.low[child] not in _NOT_COUNTED:
                return _kind(p, child)
    return None


def _kind(p: Passage, noun: int) -> str:
    """The counted noun in the singular with the nouns before it: "polling station"."""
    phrase = name(p, noun)
    before = p.slice(phrase.first, noun - 1) + " " if phrase is not None and phrase.first < noun else ""
    if before and not p.tag[phrase.first].startswith("NNP"):
        before = before[0].lower() + before[1:]
    return before + singular(p.low[noun])


def _number_before(p: Passage, begin: int, where: Placed) -> str | None:
    """ "The country with the next highest number of deaths had around 27,000"."""
    if p.dep[where.head] not in ("dobj", "attr") or where.head > where.last:
        return None
    for i in range(where.first - 1, begin, -1):
        if p.low[i] == "of" and p.low[i - 1] == "number":
            return next(
                (_kind(p, c) for c in p.children[i] if p.dep[c] == "pobj" and p.tag[c] == "NNS"), None
            )
    return None


def _at_a_rate(p: Passage, where: Placed) -> str | None:
    """ "Premature deaths were stratified, at a rate of seven per 100,000 people"."""
    i = where.head
    while p.head[i] != i and not p.tag[i].startswith("VB"):
        i = p.head[i]
    found = clauses.subject(p, i) if p.tag[i].startswith("VB") else None
    return _kind(p, found) if found is not None and p.tag[found] == "NNS" else None


_NOT_COUNTED = frozenset(
    "prices rates shares sales profits costs rents wages yields temperatures levels results earnings revenues losses exports imports "
    "bonds futures stocks points figures values numbers receipts fees taxes".split()
)
_CROWDS = frozenset("crowd population audience attendance congregation workforce electorate".split())
_PEOPLE_DO = frozenset(
    "attend gather march rally protest flee join arrive come show turn watch enrol enroll apply perish survive live work participate vote "
    "sign stay remain affect report believe say think agree tell ask want need demonstrate register migrate emigrate lose".split()
)


def _crowd(p: Passage, where: Placed) -> str | None:
    """ "A crowd of 52,000"."""
    link = p.head[where.head]
    if p.dep[where.head] == "pobj" and p.low[link] == "of" and p.low[p.head[link]] in _CROWDS:
        return "person"
    return None


def _of_the_share(p: Passage, where: Placed, pairs: list) -> str | None:
    """ "Half of the wells have been sealed, but an estimated 40 still leak": wells."""
    if p.dep[where.head] not in ("nsubj", "nsubjpass") or not pairs or pairs[-1][0].dimension != "ratio":
        return None
    at = pairs[-1][1].last + 1
    if at >= len(p.low) or p.low[at] != "of":
        return None
    return next(
        (singular(p.low[c]) for c in p.children[at] if p.dep[c] == "pobj" and p.tag[c] == "NNS"), None
    )


def _is_people(p: Passage, where: Placed) -> bool:
    """ "Fewer than two hundred showed up", "the 2.8 million who voted": only people do so."""
    following = where.last + 1
    if following < len(p.low) and p.low[following] in ("who", "whom", "whose"):
        return True
    top = where.head
    if p.dep[top] == "pobj" and p.low[p.head[top]] in ("over", "under", "above", "about", "around"):
        # "Over a thousand were reported": the parser takes the hedge for a preposition.
        top = p.head[top]
    above = p.head[top]
    return (
        p.dep[top] in ("nsubj", "nsubjpass", "prep")
        and (p.dep[top] != "prep" or top < above)
        and (top != where.head or p.dep[top] != "prep")
        and where.head <= where.last
        and p.tag[above].startswith("VB")
        and verb(p.words[above]) in _PEOPLE_DO
    )


def _is_age(p: Passage, quantity: Quantity, where: Placed) -> bool:
    """A person "was 90"."""
    above = p.head[where.head]
    if (
        quantity.spelled
        or not 10 <= quantity.low <= 115
        or p.dep[where.head] not in ("attr", "acomp")
        or verb(p.words[above]) != "be"
    ):
        return False
    return any(
        p.dep[c] == "nsubj"
        and (p.ent[c] == "PERSON" or p.low[c] in ("he", "she") or (p.tag[c] == "NNP" and p.low[c + 1] == ","))
        for c in p.children[above]
    )


def spoken_of(p: Passage, begin: int, stop: int, quantity: Quantity, where: Placed, pairs: list) -> None:
    """What is counted where no noun says it: people in an accident, deaths in a toll, the money of the sentence."""
    if quantity.unit is not None:
        if quantity.unit.rpartition(" ")[2] in _MONEY_NOUNS and quantity.low >= 10_000:
            for other, _ in pairs:
                if other.dimension == "currency":
                    quantity.unit, quantity.dimension, quantity.open_dollar = (
                        other.unit,
                        other.dimension,
                        other.open_dollar,
                    )
        elif quantity.unit in ("other", "more") and pairs and pairs[-1][0].dimension == "count":
            quantity.unit = pairs[-1][0].unit
        elif quantity.unit in ("on-board", "aboard", "dead", "board"):
            quantity.unit = "person"
        return
    if p.dep[where.head] == "dobj" and verb(p.words[p.head[where.head]]) in CASUALTIES | _EMPLOYS:
        quantity.unit = "person"
        return
    if _HURT.match(p.text, quantity.end) and not any(o.unit and _IS_PERSON.search(o.unit) for o, _ in pairs):
        quantity.unit = "person"
        return
    if quantity.kind not in ("plain", "vague") or quantity.low.denominator > 1:
        return
    counted = _number_of(p, where) or _crowd(p, where) or _of_the_share(p, where, pairs)
    if counted is not None:
        quantity.unit = counted
        return
    if any(o.unit and o.dimension == "count" for o, _ in pairs):
        return
    if _is_age(p, quantity, where):
        quantity.unit, quantity.dimension, quantity.age = "year of age", "age", True
        return
    around = p.low[max(begin, where.first - 4) : min(stop, where.last + 5)]
    if (
        where.first > begin
        and p.low[where.first - 1] in ("including", "whom")
        and p.tag[where.last + 1 if where.last + 1 < stop else where.last] in ("IN", ",", ".", "VBD", "VBP")
    ):
        for i in range(where.first - 2, max(begin - 1, where.first - 8), -1):
            if p.tag[i] == "NNS" and not (
                p.dep[i] == "pobj" and p.low[p.head[i]] == "of" and p.tag[p.head[p.head[i]]] == "NNS"
            ):
                quantity.unit = singular(p.low[i])
                return
    if "toll" in p.low[max(begin, where.first - 8) : where.first]:
        quantity.unit = "death"
    elif _CASUALTY_WORDS & set(around) or _is_people(p, where):
        quantity.unit = "person"
    elif _PER_MANY.match(p.text, quantity.end):
        quantity.unit = _at_a_rate(p, where)
    elif quantity.kind == "plain" and not quantity.spelled:
        quantity.unit = _number_before(p, begin, where)


def occurrences(p: Passage, quantity: Quantity) -> None:
    """Tells "three times more" (a multiple) from "three times" (occurrences), both in the unit `time`."""
    unit = (quantity.unit or "").lower()
    if unit == "time":
        text = p.text[quantity.end : quantity.end + 40]
        if re.match(
            r"\s+times\s+(?!(?:a|an|per|each|every|in|on|since|during|for|this|at|by|to|and|but|before|after|between|when|he|she|they|it|over)\b)[a-z]",
            text,
        ):
            quantity.dimension = "multiple"


_INHERITABLE = frozenset(
    (
        "count",
        "currency",
        "ratio",
        "mass",
        "volume",
        "length",
        "area",
        "temperature",
        "energy",
        "power",
        "speed",
        "data",
        "other",
        "time",
    )
)


def inherit(p: Passage, pairs: list[tuple[Quantity, Placed]]) -> None:
    """A number that names no unit takes the one before it in the sentence, or the next where a word links them."""
    for index, (quantity, _where) in enumerate(pairs):
        if quantity.unit is not None or quantity.dimension == "score":
            continue
        if quantity.kind == "vague" and not _MORE.match(p.text, quantity.end):
            continue
        if _PER_MANY.match(p.text, quantity.end):
            rate = next((o for o, _ in pairs if o.unit and _PER_MANY.search(p.text, o.end, o.end + 40)), None)
            if rate is not None:
                quantity.unit, quantity.dimension = rate.unit, rate.dimension
                continue
        source = None
        if quantity.ranged and quantity.high <= 110:
            source = next((other for other, _ in pairs[:index] if other.dimension == "age"), None)
        if source is None and index + 1 < len(pairs):
            following = pairs[index + 1][0]
            gap = p.text[quantity.end : following.start]
            if (
                following.unit
                and len(gap) <= 40
                and _LINKED.fullmatch(gap)
                and following.dimension not in ("age",)
            ):
                source = following
        if source is None and index and pairs[index - 1][0].dimension == "age" and quantity.high <= 110:
            if _LISTED.fullmatch(p.text[pairs[index - 1][0].end : quantity.start]) and not _NOT_LISTED.match(
                p.text, quantity.end
            ):
                source = pairs[index - 1][0]
        if source is None:
            for other, _ in reversed(pairs[:index]):
                if p.text[other.start - 1 : other.start] == "(" or p.text[other.end : other.end + 1] == ")":
                    # What only restates another in a bracket passes nothing on.
                    continue
                if (
                    other.unit
                    and other.dimension in _INHERITABLE
                    and other.kind not in ("multiple", "fraction", "odds")
                    and other.unit != "time"
                    and other.dimension != "time"
                ):
                    if other.dimension not in ("count", "currency") and not _is_compared(p.text, quantity):
                        continue
                    if other.dimension == "ratio" and quantity.high > 100:
                        continue
                    source = other
                    break
        if source is None or source.kind in ("fraction", "odds", "multiple") or source.unit == "time":
            continue
        quantity.unit, quantity.dimension = source.unit, source.dimension
        quantity.open_dollar = source.open_dollar


_MORE = re.compile(r"\s+(?:more|others)\b")
_PER_MANY = re.compile(r"(?:\s+[a-z]+){0,3}\s+per\s+1?\d")


_LISTED = re.compile(r"\s*(?:,|and|,\s*and|or)\s*(?:one\s+|two\s+|three\s+)?(?:aged\s+)?")


_NOT_LISTED = re.compile(r"\s+(?:aged|between|were|was|of|who|others?|[a-z]+s)\b")


def _is_compared(text: str, quantity: Quantity) -> bool:
    """A bare number stands for a percentage or length only where it is compared with one ("up from 4.2")."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    return re.search(r"\b(?:from|to|than|against|and|with|at|or|of)\s+(?:\w+\s+)?$", before) is not None


_LINKED = re.compile(
    r"\s*(?:to|and|or|,|from|-|–|out\s+of|and\s+then|in\s+\w+\s+to|then|of|in\s+(?:19|20)\d\d\s+(?:to|and))(?:\s+(?:about|around|roughly|nearly|almost|another|just|only|some|over|at\s+least|more\s+than|up\s+to|perhaps|even|the|a\s+record|an\s+estimated))*\s*",
    re.I,
)


def points(p: Passage, sentence: tuple[int, int, int], quantity: Quantity, pairs: list, index: int) -> None:
    """ "Points" are percentage points where shares or rates are spoken of, else points."""
    if (
        quantity.unit not in ("point", "percentage point")
        or "ercent" in p.text[quantity.start : quantity.end]
    ):
        return
    begin, stop, _ = sentence
    words = set(p.low[begin:stop])
    if words & _INDEX_WORDS or words & _GAME_WORDS:
        quantity.unit, quantity.dimension = "point", "other"
        return
    shares = any(other.unit in ("percent", "fraction") for other, _ in pairs)
    if shares or words & _RATE_WORDS or quantity.unit == "percentage point":
        quantity.unit, quantity.dimension = "percentage point", "ratio"


_INDEX_WORDS = frozenset(
    "index indices dow nasdaq ftse nikkei average composite shares stocks market s&p dax cac sensex hang seng exchange futures wall bourse".split()
)


_GAME_WORDS = frozenset(
    "game games rebounds assists scored season league match team championship halftime standings touchdown players player".split()
)


_RATE_WORDS = frozenset(
    "unemployment rate rates poll polls inflation approval share support lead turnout percent % interest voters margin jobless survey yield yields growth tax popularity ratings rating mortgage swing".split()
)
