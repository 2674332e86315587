"""The hedge that governs a number: about, over, at least, under, at most."""

from __future__ import annotations

import re

from factcheck.extraction.english.figures.quantities import Quantity

# Words that may stand between a hedge and its number.
_BETWEEN = r"(?:\s+(?:just|only|the|a|an|its|his|her|their|some|about|around|roughly|nearly|almost|estimated|another|from|between|even|at|well|far|further|additional|extra|record|total\s+of|as|being|US|magnitude|approximately|of|for|by|to|with|possibly|perhaps|probably|reported|reportedly))*"
_LEFT = {
    "at_least": r"not\s+(?:under|below)|at\s+(?:the\s+very\s+)?(?:least|minimum)|no\s+(?:less|fewer|lower|smaller)\s+than|not\s+(?:less|fewer)\s+than|a\s+minimum\s+of|minimum\s+of|"
    r"(?:greater|more|larger|higher|bigger|older)\s+(?:than\s+)?or\s+equal\s+(?:to|than)|equal\s+(?:to\s+)?or\s+(?:more|greater|larger|higher|bigger)\s+than|[>]\s?=|≥|⩾|from\s+at\s+least|starting\s+(?:at|from)|starts\s+(?:at|from)|start\s+at",
    "at_most": r"not\s+(?:over|above|exceed\w*)|(?<!add\s)(?<!adds\s)(?<!added\s)(?<!it\s)up\s+to|as\s+(?:many|much|high|long|large|big|far|fast|old|tall|deep|heavy)\s+as|no\s+(?:more|greater|higher|larger|later|longer|bigger|older)\s+than|not\s+(?:more|greater|higher)\s+than|at\s+(?:the\s+)?(?:very\s+)?(?:most|maximum)|"
    r"a\s+maximum\s+of|maximum\s+of|(?:less|fewer|smaller|lower)\s+(?:than\s+)?or\s+equal\s+(?:to|than)|equal\s+(?:to\s+)?or\s+(?:less|fewer|smaller|lower)\s+than|[<]\s?=|≤|⩽|limited\s+to|capped\s+at|within|inside|limit(?:ed|ing|s)?\s+(?:\w+\s+){0,6}?to|maximum|max",
    "over": r"(?:(?:slightly|just|well|far|much|a\s+little|a\s+bit|considerably|significantly)\s+)?(?:more|greater|larger|higher|bigger|longer|older|better|taller|heavier|wider|faster|worse)\s+than|(?<!\ball\s)(?<!\bhanded\s)(?<!\bturned\s)(?<!\btaken\s)(?<!\btook\s)(?<!\btakes\s)(?<!\btake\s)(?<!\btaking\s)(?<!\bhand\s)(?<!\bpresided\s)(?<!\bwon\s)(?<!\bspread\s)over|above|exceed(?:ed|ing|s)?|in\s+excess\s+of|"
    r"topp(?:ed|ing)|tops|upwards?\s+of|north\s+of|surpass(?:ed|ing|es)?|beyond|past\s+the|pass(?:ed|es|ing)\s+the|north\s+of|[>]|more\s+than|outnumber\w*",
    "under": r"(?:(?:slightly|just|well|far|much|a\s+little|a\s+bit|considerably|significantly)\s+)?(?:less|fewer|smaller|lower|younger|shorter|lighter|cheaper|slower)\s+than|(?<!\bcame\s)(?<!\bcomes\s)under|below|beneath|(?:just\s+)?short\s+of|shy\s+of|south\s+of|sub[-\s]|[<]|less\s+than|not\s+quite",
    "about": r"about|around|roughly|nearly|almost|close\s+to|closer\s+to|approximately|approx\.?|circa|c\.|ca\.|near|barely|virtually|practically|an?\s+estimated|estimated\s+at|estimated|~|≈|in\s+the\s+(?:region|neighbou?rhood|order|vicinity)\s+of|"
    r"something\s+like|more\s+or\s+less|perhaps|maybe|as\s+near\s+as|hovering\s+(?:at|around)|some|on\s+the\s+order\s+of|give\s+or\s+take|nigh(?:\s+on)?|well\s+nigh|kind\s+of|approaching|approached|toward|towards|averag(?:e|es|ed|ing)\s+(?:about|around)",
    "exact": r"exactly|precisely|equal(?:s|ed)?\s+to|equals",
}
_ORDER = ("at_least", "at_most", "over", "under", "about", "exact")
_HEDGE = re.compile(
    r"(?:^|(?<=[\s(\[\"“‘'—–,:;-])|(?<=\w)(?=[<>≥≤~≈])|(?<=[\w.])\b)(?:"
    + "|".join(f"(?P<{name}>{_LEFT[name]})" for name in _ORDER)
    + rf"){_BETWEEN}\s*[-]?\s*[$£€]?$",
    re.I,
)
_AFTER = re.compile(
    r"\s*(?:(?P<at_least>,?\s?or\s+(?:more|above|over|greater|longer|older|higher|better)\b(?!\s+(?:than|[$£€]?\d))|(?:and|&)\s+(?:more|over|above|older|up(?:wards?)?|counting|higher)\b(?!\s+(?:than|[$£€]?\d|[a-z]+s\b))|at\s+(?:the\s+(?:very\s+)?)?(?:least|minimum)|plus\b(?!\s+(?:an?|the|\d+|one|two|some|their|its|his|her|up)\b)|minimum\b)|"
    r"(?P<at_most>,?\s?or\s+(?:less|fewer|below|under|younger|lower|cheaper|smaller|shorter)\b(?!\s+(?:than|[$£€]?\d))|(?:and|&)\s+(?:under|below|younger|fewer|less)\b(?!\s+(?:than|[$£€]?\d))|at\s+(?:the\s+)?(?:most|maximum)|max(?:imum)?\b|tops\b)|"
    r"(?P<about>,?\s?or\s+so\b|or\s+thereabouts|give\s+or\s+take|-?odd\b|-?ish\b|or\s+nearly\s+so|\bapproximately\b))",
    re.I,
)
_ESTIMATES = re.compile(r"\bestimat(?:ed|es|e|ing)\s+(?:that|at|to\s+be)?\s*$", re.I)
_OR_EQUAL = re.compile(r"\s+or\s+equal\b", re.I)
# "Some" is a hedge only where it does not pick out a few ("some 300 people", not "some of the 300").
_TRIGGER = re.compile(
    r"\b(?:least|minimum|less|fewer|lower|smaller|more|greater|larger|higher|bigger|older|start\w*|up|as|maximum|max|most|limited|capped|over|above|"
    r"exceed\w*|excess|top\w*|upwards?|north|surpass\w*|beyond|past|pass\w*|longer|better|under|below|beneath|short|shy|south|within|limit\w*|sub|inside|"
    r"about|around|roughly|nearly|almost|close\w*|approx\w*|circa|c|ca|near|barely|virtually|practically|estimated|some|exactly|precisely|equals?|perhaps|maybe|"
    r"region|neighbou?rhood|order|like|hovering|approach\w*|towards?|nigh|quite|equal|younger|shorter|outnumber\w*|taller|heavier|wider|faster|worse|lighter|cheaper|slower|vicinity|give)\b|[<>≥≤⩾⩽~≈]|sub-",
    re.I,
)


def of(text: str, left: int, right: int, quantity: Quantity, noun_end: int) -> str:
    """The contract's bound for a quantity whose counted noun ends at `noun_end`."""
    if quantity.dimension == "score":
        return "exact"
    if quantity.bound == "between":
        return "between"
    bound = quantity.bound
    window = text[max(left, quantity.start - 70) : quantity.start]
    if bound is None and (_TRIGGER.search(window)):
        bound = _before(window, timed=quantity.dimension == "time")
    after = None
    for at in {quantity.end, noun_end, quantity.number_end}:
        match = _AFTER.match(text, at, min(right, at + 24))
        if match:
            after = match.lastgroup
            break
    if after and (bound in (None, "about", "exact") or after != "about"):
        bound = after
    elif bound in ("under", "over") and _OR_EQUAL.match(text, quantity.end, right):
        bound = "at_most" if bound == "under" else "at_least"
    if bound and bound != "exact":
        return bound
    if quantity.ranged or quantity.kind == "vague":
        return "between"
    return "exact"


_SPENT = re.compile(
    r"\b(?:for|of|in|after|last\w*|t[ao]k\w+|took|spen\w+|wait\w*|is|was|were|are|be|been|has|had|have|aged|serv\w+|at|to|by|with|just|well|a|from|than|little|and|,?\s?or)\s+$",
    re.I,
)


# "Hospitals are short of 12,000 doctors": so many are missing.
_LACKS = re.compile(r"\b(?:is|are|was|were|be|been|being|remain\w*)\s+(?:\w+ly\s+)?$", re.I)


def _before(window: str, *, timed: bool = False) -> str | None:
    """The nearest hedge, unless a directional one stands before it."""
    match = _HEDGE.search(window)
    if match is None:
        return None
    found = match.lastgroup
    if (
        found == "under"
        and match.group("under").lower() == "short of"
        and _LACKS.search(window[: match.start()])
    ):
        return None
    if found == "about":
        word = match.group("about").lower()
        if (
            word in ("some", "near")
            and re.search(r"\b(?:and|or)\s+$", window[: match.start()])
            and word == "near"
        ):
            return None
        if (
            word == "estimated"
            and not re.search(r"\ban?\s+$", window[: match.start()])
            and not re.search(r"\b(?:is|are|was|were|the|of|its)\s+$", window[: match.start()])
        ):
            # "Reuters estimated around 200": what is no hedge itself may lead to one.
            return _before(window[match.end("about") :], timed=timed)
    if (
        found == "over"
        and match.group("over").lower() == "over"
        and re.search(
            r"\b(?:games?|place|matches|period|extended|years?|days?|again)\s+$", window[: match.start()]
        )
    ):
        return None
    if (
        found == "over"
        and match.group("over").lower() == "over"
        and timed
        and not _SPENT.search(window[: match.start()])
    ):
        return None
    if (
        found == "at_most"
        and match.group("at_most").lower() == "up to"
        and re.search(
            r"\b(?:it's|is|lines?|lined|add(?:s|ed|ing)?|lead(?:s|ing)?|led|bring\w*|brought|catch\w*|caught|live|stand\w*)\s+$",
            window[: match.start()],
        )
    ):
        return None
    return found


_PAIR = re.compile(r"\s*,?\s*(?:and|but)\s+(?:\w+\s+){0,6}?[<>=≤≥]?\s?=?\s*[$£€]?")
_LOWER, _UPPER = ("over", "at_least"), ("under", "at_most")


def is_pair(text: str, before: Quantity, quantity: Quantity, first: str, second: str) -> bool:
    """ "More than 20 but fewer than 30", "at most 100 and at least 20": two ends of one range."""
    gap = text[before.number_end : quantity.start]
    if len(gap) > 40 or before.unit not in (None, quantity.unit) or _PAIR.fullmatch(gap) is None:
        return False
    hedges = re.sub(r"^\s*,?\s*(?:and|but)\s+", "", gap)
    match = _HEDGE.search(" " + hedges)
    if match is None or match.start() > 1:
        return False
    if first in _LOWER and second in _UPPER:
        return before.high < quantity.low
    return first in _UPPER and second in _LOWER and quantity.high < before.low
