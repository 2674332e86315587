"""Numbers that neither count nor measure: dates, times of day, names, list numbers, addresses, telephone numbers."""

from __future__ import annotations

import re

from factcheck.extraction.english.figures.numbers import Number

Span = tuple[int, int]

MONTH = (
    r"(?:(?i:January|February|April|June|July|August|September|October|November|December)|March|May|"
    r"(?:(?i:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|Mar)\b(?:\s?\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20)\d\d"
_STREET = (
    r"(?:Street|St\b\.?|Avenue|Ave\b\.?|Road|Rd\b\.?|Lane|Drive|Boulevard|Blvd|Court|Square|Place|Terrace|Way|Row|Crescent|"
    r"Parkway|Plaza|Close|Hill|Gardens|Mews|Quay|Walk)"
)
_LABEL = (
    r"No\.?|Nos\.?|Nr\.?|#|Number|Chapter|Article|Section|Sections|Sec\.|Page|Pages|p\.|pp\.|Room|Flight|Route|Highway|Interstate|"
    r"Freeway|Motorway|Category|Phase|Grade|Type|Tier|Round|Week|Game|Episode|Season|Vol\.|Volume|Part|Day|Stage|Class|Act|"
    r"Formula|Title|Resolution|Proposition|Prop\.?|Amendment|Rule|Form|Channel|Radio|Apollo|Windows|iPhone|iPad|Galaxy|Boeing|"
    r"Airbus|Model|Version|Step|Exhibit|Unit|Area|Sector|Pier|Gate|Platform|Terminal|Ward|District|Precinct|Lot|Box|Seat|Size|"
    r"Zone|Line|Track|Bill|Bus|Lane|Figure|Fig\.|Table|Appendix|Schedule|Paragraph|Clause|Annex|Item|Question|Directive|Regulation|"
    r"Protocol|Pillar|Soyuz|Falcon|Chang'e|Shenzhou|Mark|Mk\.?|Android|PlayStation|Xbox|Expedition|Super\s+Bowl|Studio|Block|Plot|Apartment|Apt\.?|"
    r"Suite|Floor|Level|Tower|Battalion|Squadron|Sol|Euro|Agenda|Vision|Catch|Blink|Beverly\s+Hills|Fox|BBC|ITV|ESPN|Film|Studio|Goal|Order|Executive\s+Order|"
    r"Command\s+Paper|Case|Docket|Docket\s+No\.|Law|Decree|Convention|Gruppe|Dublin|Euronext|Magnum|Colt|Bloc|Covid|COVID|SARS|Omicron"
)
_INDEX = (
    r"(?:S\s?&\s?P(?:/ASX)?|S\s?&amp;\s?P|FTSE|Nikkei|CAC|DAX|Dow|Fortune|Russell|Forbes|Stoxx|STOXX|ASX|IBEX|Hang\s+Seng|CSI|Nasdaq|TSX|"
    r"Topix|Billboard(?:\s+Hot)?|Hot|AIM|SMI|OMX|Kospi|KOSPI|Sensex|Nifty|BSE|EuroStoxx|Euronext|Group\s+of|Gang\s+of|Indianapolis|Indy|Daytona|Channel)"
)
_CLOCK = r"(?:a\.?m\b\.?|p\.?m\b\.?|o['’]clock|hrs\b|hours\s+(?:GMT|UTC|local))"

_TAKEN = re.compile(
    "|".join(
        (
            rf"\b{MONTH}\s+{_DAY}(?:\s*(?:[-–—/,]|to|and|or|through|until)\s*(?:{MONTH}\s+)?{_DAY}(?!\d|,\d{{3}}|\s*(?:%|per|years?|million|people)))*(?:,?\s+{_YEAR})?(?![\d%])",
            rf"\b{_DAY}(?:\s*(?:[-–—/,]|to|and|or)\s*{_DAY})?(?:\s+of)?\s+{MONTH}(?:,?\s+{_YEAR})?(?![\w])",
            rf"\b{MONTH},?\s+(?:of\s+)?{_YEAR}(?:\s*[-–]\s*\d{{2,4}})?\b",
            r"(?<![\d$£€.,])(?:1[6-9]|20)\d\d\s?[-–—/]\s?(?:(?:1[6-9]|20)\d\d|\d\d)\b(?![,.]\d|\s*(?:%|percent|per\s+cent|people|-))",
            r"\b\d{1,4}\s+(?:[Rr]ue|Quai|Via|Calle|Avenida|Boulevard|Piazza|Plaza|Place)\s+(?:d[eu]s?\s+|de\s+la\s+)?[A-Z]",
            r"\b\d{4}-\d{1,2}-\d{1,2}(?:T[\d:.]+Z?)?\b",
            r"\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d{2}\b",
            r"\b(?:9/11|7/7|24/7|24-7|50[-/]50|20/20|fifty-fifty|(?:9|nine)[-\s]to[-\s](?:5|five)\s+(?:job|work|shift|routine|life)\w*)\b",
            r"\b(?:in|into|inside|outside|from|within|towards?)\s+(?:the|their|our|its|\w+['’]s?)\s+(?:own\s+|opposition\s+)?22\b(?!\s+(?:\w+\s+)?[a-z]+s\b|[,.]\d|%|\s*per)|\bfive[\s-]eighth\b",
            rf"\b\d{{1,2}}(?::|\.)\d\d(?::\d\d)?\s*{_CLOCK}",
            rf"\b\d{{1,2}}(?:\s*(?:[-–]|to|and)\s*\d{{1,2}})?\s*{_CLOCK}",
            r"(?<![\d:])\d{1,2}:\d{2}(?![\d:.]\d|[\d:])|\b(?:at|by|from|until|till|since|before|around)\s+\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?![\d:])",
            r"\b\w+\s+o['’]clock\b",
            r"\b\d{4}\s+(?:GMT|UTC|EST|EDT|PST|PDT|CET|CEST|BST|IST|JST|hours\s+(?:GMT|UTC|local))\b",
            r"\b(?:GMT|UTC)\s?[+-]\s?\d{1,4}\b",
            r"\b(?:half|quarter)[\s-]+(?:past|to|after|before)\s+\w+",
            rf"\b\d{{1,5}}[A-Z]?\s+(?:(?:North|South|East|West|N\.|S\.|E\.|W\.)\s+)?(?:[A-Z][\w.'’]*\s+){{1,3}}{_STREET}(?!\w)",
            rf"(?<!\w)(?:{_LABEL})\s?[-–#]?\s?(?:\d[\d.]*[A-Za-z]?(?:[-–/]\d+)?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|Zero)(?!\w|[.,]\d|%|\s*(?:percent|per\s+cent|million|billion|trillion|thousand|hundred))",
            rf"\b{_INDEX}\s+(?:\d+|[A-Z]\w+)\b",
            r"\b(?:chapter|article|section|page|pages|room|flight|route|highway|category|phase|tier|round|episode|verse|channel|"
            r"paragraph|clause|lane|gate|platform|terminal|line|step|stage|number|numbered|no\.|nos\.|size|zone|ranked|ranking|version|row|seat|class|type|grade|level|bed|case\s+no\.|"
            r"code|jersey|shirt|item|question|option|rule|form|volume|exhibit|figure|table|act|scene|track|bullet|fig\.|lot|gene|chromosome)\s+(?:no\.?\s+|number\s+|#)?"
            r"(?:\d+[A-Za-z]?|one|two|three|four|five|six|seven|eight|nine|ten)(?!\w|[.,]\d|%|\s*(?:percent|per\s+cent|million|billion|out|in\s+(?:\d{1,2}\b|every|two|three|four|five|six|seven|eight|nine|ten|a\s+hundred)|times|people|years?|days?|hours?|weeks?|months?))",
            r"\b\d{2,5}\s?-?(?:m|metres?|meters?|km|kilomet(?:re|er)s?|miles?|k)\s+(?:hurdles|sprints?|relays?|freestyle|backstroke|breaststroke|butterfly|medley|dash|steeplechase)\b",
            r"\bWorld\s+War\s+\w+|\bground\s+zero\b|\bnet[\s-]zero\b|\bzero[\s-](?:sum|tolerance|hours?|emissions?|carbon|waste|day|covid)\b|\bsub-?zero\b|\b(?:below|above)\s+zero\b",
            r"(?<!\w)\+\d[\d\s()-]{7,}\d|(?<!\w)\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)|(?<!\w)1-\d{3}-\w{3}-\w{4}|\b0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}\b|(?<![\d-])\d{3}-\d{4}(?!\d)|\b\d+(?:-\d+){2,}\b",
            r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:com|org|net|gov|co\.uk|edu|io|info)(?:/\S*)?\b",
            r"[@#]\w*\d\w*",
            r"(?<![\w.])\d+(?:\.\d+){2,}(?![\w])",
            r"\b(?:call|calling|calls|dial|dialling|dialing|dialled|dialed|phone|phoned|called|text)\s+(?:911|999|112|000|101|111)\b|\b(?:911|999)\s+(?:calls?|operators?|dispatch\w*|emergency)\b",
            r"\b(?:chapter|psalm|genesis|matthew|john|luke|mark)\s+\d+:\d+",
            r"\b(?:day|formula|square|air\s+force|phase|number|world\s+cup|category|tier|round|stage|step|plan)\s+one\b",
            r"\bone['’]s\b|\bone\s+another\b|\bone\s+by\s+one\b|\bone[\s-]on[\s-]one\b|\bone\s+day\b|\bsomeone\b|\bno[\s-]one\b|\banyone\b|\bany\s+one\s+of\b|\bevery\s?one\b|"
            r"\b(?:the|this|that|each|every|which|another|any|some|an?\s+\w+|the\s+\w+)\s+one\b(?!\s+(?:million|billion|hundred|thousand|percent|per|in|of\s+the|third|half|quarter|mile|hour|year|week|month|minute|percentage|\w+s\b)|[-.]\w|-)",
            r"\b(?:at|on)\s+one\s+(?:point|stage|time|hand|side|end|occasion|level)\b|\bone\s+(?:thing|such)\b(?:\s+(?:is|was|that|we|I|he|she))?|\bfor\s+one(?:\s+thing)?\b(?=[,.;\s]*(?:$|,|\.|thing))|\bone\s+of\s+a\s+kind\b|\bone[\s-]off\b|\bat\s+once\b|\bone\s+way\s+or\b|\bone\s+and\s+(?:the\s+same|only|all)\b|\b(?:as|like)\s+one\b(?=\s*[,.;])|\bback\s+to\s+square\s+one\b",
            r"\b(?:two|three|four)\s+(?:thirds|quarters)\s+(?:majority)(?=\s+leader)",
            r"\b(?:nineteen|twenty|eighteen)\s+(?:hundred(?:s)?\b|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?\b)(?!\s+(?:people|dollars|pounds|percent|men|women|years|miles|thousand|million))",
            r"['’]\d0s\b|\b(?:19|20|18|17|16)\d0['’]?s\b|['’]\d\d\b(?!\s*(?:percent|%))",
            r"\b[A-Z]{1,3}-?\d+[A-Z]?\b(?!\$)(?:\.\d+)?|\b(?!(?:to|or|and)-)[A-Za-z]{2,}-\d+[A-Za-z]?\b",
            r"\b\d+[A-Z]\b(?!\w)(?<!\dK)(?<!\dM)(?<!\dB)(?<!\dC)(?<!\dF)(?<!\dW)(?<!\dV)(?<!\dg)(?<!\dT)(?<!\dJ)(?<!\dL)",
            r"\b[34]D\b|\b[2-6]G\b|\b\d+(?:st|nd|rd|th)\b|\b\d{1,4}p\b(?=\s+(?:resolution|video|display|hd|screen))|\b[248]K\s+(?:tv|tvs|video|resolution|display|screen|uhd|ultra)\b",
        )
    ),
)
_HYPHEN_NAME = re.compile(r"(?P<prefix>\w*[A-Za-z][\w.]*)[-–‐‑]$")
_PREFIX_OK = frozenset(
    "mid early late sub under over plus about nearly almost some non pre post minus roughly around approximately age aged up down to".split()
)
_LIST_MARK = re.compile(r"[\s\"“(\[]*$")
_WORD_AFTER = re.compile(r"[\s\u00a0]*(?P<word>[A-Za-z][\w'’-]*)?")


def taken(text: str, start: int, end: int) -> list[Span]:
    """The stretches of text[start:end] whose numbers are no figures whatever the parse says."""
    return [match.span() for match in _TAKEN.finditer(text, start, end)]


def hides(spans: list[Span], number: Number) -> bool:
    """Whether the number lies in one of the stretches that hold no figures."""
    return any(a < number.end and number.start < b for a, b in spans)


def is_name_part(text: str, left: int, right: int, number: Number) -> bool:
    """ "COVID-19", "B52", "747s", "(2)" at the start of a line: the characters beside the digits decide."""
    start, end = number.start, number.end
    before = text[max(left, start - 24) : start]
    match = _HYPHEN_NAME.search(before)
    if (
        match
        and not number.spelled
        and match.group("prefix").lower() not in _PREFIX_OK
        and not match.group("prefix").endswith(".")
    ):
        return True
    if (
        before[-1:].isalnum()
        and not number.spelled
        and not re.search(r"(?:US|AU|NZ|HK|USD|GBP|EUR|RM|Rs|Rp|M[A-Z]{3})$", before)
    ):
        return True
    if before[-1:] in "#@_&" and before[-1:]:
        return True
    if not number.spelled and number.high < 100 and end < right and not text[left:start].strip():
        if re.fullmatch(r"\s?[.)\]]\s*", text[end:right]):
            return True
    if number.spelled and start > left and text[start].isupper() and _title_word(text, left, start, end):
        return True
    tail = text[end : min(right, end + 3)]
    if _LIST_MARK.fullmatch(text[left:start]) and not number.spelled and number.high < 40:
        if re.match(r"(?:[.)\]]|\s[.)\]])\s", tail) and end < right - 3:
            return True
    if (
        not number.spelled
        and number.high < 30
        and re.match(r"\s?\)\s", tail)
        and "(" not in before
        and re.search(r"(?:^|[;,:.]|\band|\w)\s*$", before)
    ):
        return True
    return bool(
        before.endswith("(")
        and re.match(r"\)\s+[a-z]", text[end : end + 4])
        and not number.spelled
        and number.high < 10
    )


def _title_word(text: str, left: int, start: int, end: int) -> bool:
    """A number word with a capital inside a sentence ("the Five Star Movement") is part of a name."""
    before = text[max(left, start - 3) : start]
    if re.search(r"[\"“‘':;—–(\[•*-]\s?$", before) or not text[left:start].strip(" \"“‘'([*•-–—"):
        return False
    return re.match(r"[\s-]+[A-Z]", text[end : end + 3]) is not None or not re.match(
        r"[\s-]+[a-z]", text[end : end + 3]
    )


_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|from|by|of|until|till|before|after|during|early|late|mid|to|through|for|and|or|between|year|years|"
    r"the|its|his|her|their|this|last|next|around|circa|as|back|spring|summer|autumn|fall|winter|season|fiscal|FY|class|vintage|"
    r"elected|born|died|founded|established|built|opened|published|ended|ending|edition|than|versus|vs|against|over|with|on)|"
    r"['’]s|[A-Z]\w+|[(,/–—-])[\s-]*$"
)
_COUNT_AFTER = re.compile(
    r"\s+(?:(?:other|more|new|additional|armed|young)\s+)?(?P<noun>[a-z]{2,}(?<![usi])s|people|men|women|children)\b"
)
_YEARS_NOUNS = frozenset(
    "elections election polls results figures season games olympics budget protests riots floods fires laws sales levels prices "
    "terms was has is this earnings championships finals talks accords attacks bombings hearings guidelines rules was primaries "
    "emissions forecasts estimates statistics numbers profits revenues changes events memoirs peaks highs lows negotiations was".split()
)


def is_year(text: str, left: int, right: int, number: Number) -> bool:
    """A bare four-digit number between 1000 and 2199 that nothing counts or measures."""
    raw = number.literal
    if len(raw) != 4 or not raw.isdigit() or not 1000 <= number.low < 2200:
        return False
    before, after = (
        text[max(left, number.start - 24) : number.start],
        text[number.end : min(right, number.end + 40)],
    )
    if re.search(
        r"\b(?:more|less|fewer|greater|higher|lower)\s+than\s+$|\b(?:about|nearly|almost|roughly|some|least|approximately|exactly|equal\s+to|equals\s+to|up\s+to|at\s+most|above|below|exceeding)\s+$|[<>=]\s?$",
        before,
    ):
        counted = _COUNT_AFTER.match(after)
        if counted and counted.group("noun") in _YEARS_NOUNS:
            return True
        if (
            counted
            or not 1500 <= number.low <= 2100
            or re.match(
                r"\s+(?!and\b|or\b|in\b|by\b|to\b|when\b|on\b|at\b|but\b|with\b|as\b|for\b|after\b|before\b)[A-Za-z]",
                after,
            )
            or re.match(r"\s*[.!?]?\s*$", after)
        ):
            return False
    if re.match(r"\s+(?:had|have|were|are|died|remain|remained|recovered)\b", after) and not re.search(
        r"\b(?:in|since|by|from|of|until|the|and)\s+$", before
    ):
        return False
    counted = _COUNT_AFTER.match(after)
    if 1700 <= number.low <= 2100:
        if counted and counted.group("noun") not in _YEARS_NOUNS:
            return bool(
                re.search(
                    r"(?:\b(?:in|since|the|its|his|her|their|this|of|during|by|from|late|early|mid)|['’]s|[A-Z]\w+)[\s-]*$",
                    before,
                )
            )
        if re.match(r"\s*(?:%|[-–]\d{2,4}\b)", after):
            return not re.match(r"\s*%", after)
        return not (not before.strip() and not after.strip(" .!?"))
    if counted or not _YEAR_BEFORE.search(before):
        return False
    return (
        bool(re.search(r"\b(?:in|since|from|until|by|year|circa|around)\s+$", before))
        and number.low >= 1000
        and not re.match(r"\s+\w+s\b", after)
    )
