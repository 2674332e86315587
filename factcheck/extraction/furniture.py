"""What a news page carries besides the article, line by line: menus, share lines, credits, bylines, dates.

These are the habits of English-language sites. A page in another language keeps more lines in its body; none of
them is read then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|"
        "october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_DATES = [
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b", re.I),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
]
_DATE_LINE = re.compile(
    rf"(?:(?:first\s+)?(?:published|posted|updated|last\s+(?:updated|modified)|modified|created|date|on)\b[\s:|–-]*"
    rf"(?:(?:at|on)\s+)?)*(?:\d{{1,2}}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{{2,4}})?,?\s*(?:on\s+)?)?(?:{_WEEKDAY}\b[.,]?\s*)?$",
    re.I,
)
_DATE_TAIL = re.compile(
    r"\s*(?:T\d\d:\d\d\S*)?[\s,|·•–-]*(?:(?:at|/)?\s*\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:\(?[A-Z]{2,5}\)?(?:[+-]\d+)?)?|\d{1,2}\s*[ap]\.?m\.?(?:\s*[A-Z]{2,4})?)?[\s,|·•()–-]*"
    r"(?:(?:last\s+)?(?:updated|modified|published|first published).*)?$",
    re.I,
)
_FURNITURE = re.compile(
    r"""(?ix)^(?:
    (?:please\s+)?(?:share|tweet|e-?mail|print|save|copy\ link|whatsapp|facebook|twitter|x|linkedin|pinterest|reddit|
       telegram|messenger|comments?|menu|search|home|login|log\ in|sign\ in|register|subscribe|newsletters?|listen|
       watch\ live|live|play|pause|close|advertisement|advertising|ad|sponsored(?:\ content)?|promoted|loading\.*|
       skip\ to\ .*|jump\ to\ .*|back\ to\ top|top|next|previous|most\ (?:read|popular|viewed)|trending|more|
       related|gallery|photos?|video|audio|image|getty\ images|reuters|ap|afp|pa(?:\ media)?|topics?|tags?|sources?|
       references|see\ also|external\ links|sister\ links|notes|follow|donate|cookies?|privacy(?:\ policy)?|
       terms(?:\ of\ (?:use|service))?|contact(?:\ us)?|about(?:\ us)?|careers|help|sitemap|accept(?:\ all)?)[.:!|\s]*
    | (?:share|tweet|send|e-?mail|print|save|post)\s+(?:this|on|to|via|with|it|by|story|article|facebook|twitter|.*\b(?:facebook|twitter|whatsapp|email)\b).{0,60}
    | (?:share|facebook|twitter|x|whatsapp|e-?mail|print|linkedin|reddit|pinterest|copy\ link|telegram|tweet|messenger|save|comments?)
      (?:[\s|/·•,]+(?:share|facebook|twitter|x|whatsapp|e-?mail|print|linkedin|reddit|pinterest|copy\ link|telegram|tweet|messenger|save|comments?|more))+
    | (?:read|see|find\ out|learn|watch|listen|view|discover)\s+(?:more|also|next|now|again|the\ full)\b.{0,160}
    | (?:read\ more|related(?:\ (?:stories|articles|news|topics|content|coverage|reading))?|more\ (?:on\ this|from|stories|in|news)\b|
       most\ (?:read|popular|viewed)|trending(?:\ now)?|recommended|you\ (?:may|might)\ (?:also|like)|also\ (?:read|in)|
       don.t\ miss|editor.?s.?\ picks?|top\ stories|latest\ (?:news|stories))\b.{0,120}
    | (?:continue\ reading|story\ continues|article\ continues|scroll\ (?:down|for)).{0,80}
    | (?:sign|signed)\ up\ (?:to|for|here|now)\b.{0,160} | (?:subscribe|support)\ (?:to|now|today|us|our|for)\b.{0,160}
    | (?:follow|like|join|find)\ (?:us|me|him|her|the\ \w+)\ (?:on|at)\b.{0,120} | follow\ @?\w+\ on\b.{0,80}
    | (?:get|download)\ (?:the|our|all\ the)\ .{0,80}(?:app|newsletter|inbox|alerts?).{0,60}
    | (?:©|\(c\)\s|copyright\b).{0,220} | .{0,160}\ball\ rights\ reserved\b.{0,160}
    | (?:image|photo|picture|photograph|file|caption|credit|photo\ credit|image\ credit|image\ source|image\ caption|
       photo\ by|pictured|illustration|graphic|map|chart|video|media\ caption|getty)s?\s*[:/|©(—–-].{0,300}
    | \(?(?:photo|image|picture|file\ photo|photograph)s?\s*(?:by|:|/|courtesy).{0,120}
    | .{0,200}\((?:photo|image|picture|credit|file|getty|reuters|ap|afp)s?\b[^()]{0,60}\)\.?
    | .{0,200}\b(?:image|photo|picture|credit)s?:\s.{1,60}
    | .{0,240}(?:/|\bvia\ )(?:getty\ images|reuters|ap\ photo|afp|shutterstock|wikimedia(?:\ commons)?)\S{0,12}
    | (?:this|the)\ (?:article|story|piece|text|report)\ (?:was|is|has\ been|first|originally|appeared).{0,40}
       (?:published|republished|licen[cs]ed|syndicated|provided|distributed|appeared|produced|archived|edited|amended|updated).{0,240}
    | .{0,120}\b(?:licen[cs]ed\ under|creative\ commons|cc\ by)\b.{0,200} | republished\ (?:with|from|under)\b.{0,160}
    | (?:reporting|writing|additional\ reporting|edited|editing|compiled|translated)\s+by\b.{0,240}
    | (?:with\ )?(?:agencies|files\ from|additional\ reporting\ (?:from|by))\b.{0,120}
    | (?:terms\ (?:of\ (?:use|service)|and\ conditions)|privacy\ policy|cookie\ policy|accessibility)\b.{0,200}
    | (?:we\ use|this\ (?:web)?site\ uses)\ cookies\b.{0,300} | (?:have\ an\ opinion|got\ a\ (?:story|tip)|do\ you\ know\ more)\b.{0,200}
    | \d+\s*(?:min(?:ute)?s?\.?)\s*read\b.{0,40} | \d+\ (?:comments?|shares?|views|likes|retweets)\b.{0,30}
    | (?:about\ |over\ )?(?:a|an|\d+)\s+(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\ ago\b.{0,40}
    | (?:published|updated|posted|last\ updated)\s*:?\s*(?:about\ |over\ )?(?:a|an|\d+)\s+(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\ ago\b.{0,60}
    | \[?(?:advert(?:isement)?|ad)\]? | .{0,30}\bcookie\ settings\b.{0,30} | correction:?\s*$ | https?://\S+ | www\.\S+
    | (?:enlarge|click|tap)\b.{0,60}(?:image|photo|here|enlarge|expand|play).{0,60}
    | (?:categories|filed\ under|tags|topics|posted\ in|keywords|section|hashtags?)\s*:.{0,240}
    | [-–—]\s?[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,3}
    | [-–—=*_~.·•\s|#]+
    )$""",
)
_CRUMB_ENDS = re.compile(r"[>»›→/|·•]")
_ENDS = re.compile(
    r"(?i)^(?:©|copyright|.{0,160}all rights reserved|more (?:on this|from|stories)|related (?:stories|articles|news|"
    r"topics|content)|most (?:read|popular|viewed)|trending|you (?:may|might) also|recommended|top stories|"
    r"(?:categories|filed under|tags|topics)\s*:|terms of|privacy policy|reporting by|editing by|"
    r"(?:this|the) (?:article|story).{0,40}(?:licen|republished|syndicated)|.{0,120}licen[cs]ed under|sources?$|"
    r"references$|see also$|external links$|comments?$|\d+ comments?|sign up|subscribe)"
)
_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:(?:van|von|de|der|den|la|le|al|bin|ibn|di|da|du|del|dos|el|ten|ter|y|Mc|O’|O')\s+)*[A-ZÀ-Þ][\w.’'-]*){1,3}"
_BYLINE = re.compile(
    rf"^(?:(?:Story|Report|Text|Words|Analysis|Written|Reported|Posted|Published)\s+)?(?i:by)[:\s]\s*(?P<names>{_NAME}"
    rf"(?:(?:,|\s+and|\s+&|,\s+and)\s+(?:in\s+\w+\s+)?{_NAME})*)(?P<rest>.*)$"
)
_BYLINE_PLAIN = re.compile(
    rf"^(?P<names>{_NAME}),?\s+(?:in\s+[A-Z]\w+|(?P<role>[\w\s]{{0,30}}\b(?:correspondent|reporter|editor|staff writer|columnist|analyst|writer))\b)(?P<rest>.{{0,60}})$"
)
_BYLINE_OUTLET = re.compile(rf"^(?P<names>{_NAME})\s*(?:[|/•·]|\s[–—-]\s)\s*(?P<rest>[A-Z].{{2,60}})$")
_OUTLET_WORD = re.compile(
    r"\b(?:News|Times|Post|Herald|Guardian|Tribune|Gazette|Journal|Chronicle|Telegraph|Mail|Express|Star|Sun|Mirror|"
    r"Observer|Independent|Daily|Press|Courier|Record|Standard|Review|Reuters|AFP|Agency|Broadcasting|BBC|CNN|NPR|ABC|"
    r"CBS|NBC|Today|Echo|Argus|Register|Examiner|Globe|Monitor|Bulletin|Dispatch|Wire|Radio|TV|Television|Weekly|"
    r"Magazine|Sentinel|Advertiser|Inquirer|Wikinews|Online|Media|Report(?:er)?|Ledger|Messenger|Voice|Wire)\b"
)
_JOBS = re.compile(
    r"(?i)\b(?:correspondent|reporter|editor|staff|writer|columnist|analyst|chief|bureau|in \w+)\b"
)
_COPYRIGHT = re.compile(
    r"(?i)(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?\s*)?(?:by\s+)?(?:the\s+)?(?P<name>[^.,|©\d]{3,60}?)(?:\s*(?:\d{4}|all rights|ltd|limited|inc|plc|llc|[.,|©]|$))"
)
_TITLE_OUTLET = re.compile(r"^(?P<title>.{10,}?)\s+[|–—-]\s+(?P<outlet>[A-Z][\w.&’' ]{1,40})$")


@dataclass(slots=True)
class Byline:
    names: list[str]
    outlet: str | None


def is_furniture(line: str) -> bool:
    if len(line) > 320:
        return False
    if _FURNITURE.match(line):
        return True
    return len(line) < 160 and _may_be_crumbs(line) and not _BYLINE_OUTLET.match(line) and _is_crumbs(line)


def _may_be_crumbs(line: str) -> bool:
    """Short names with signs between them and no full stop."""
    if any(mark in line for mark in ".!?"):
        return False
    first, *others = (part.strip() for part in _CRUMB_ENDS.split(line))
    return bool(others and first and others[-1]) and len(first) <= 40 and max(map(len, others)) <= 60


def _is_crumbs(line: str) -> bool:
    parts = re.split(r"\s*[>»›→|·•]\s*|\s/\s", line)
    if len(parts) == 2 and "|" in line:
        return all(len(part.split()) <= 2 for part in parts)
    return len(parts) > 1 and sum(len(part.split()) <= 3 for part in parts) >= len(parts) - 1


def ends_article(line: str) -> bool:
    return bool(_ENDS.match(line))


def publisher_of(line: str) -> str | None:
    match = _COPYRIGHT.search(line)
    if match is None:
        return None
    name = match.group("name").strip(" -–")
    return name if name[:1].isupper() and not name.lower().startswith("all rights") else None


def byline(line: str) -> Byline | None:
    if len(line) > 160 or (line.endswith((".", "!", "?")) and not line.endswith(("Jr.", "Sr."))):
        return None
    match = _BYLINE.match(line)
    if match:
        rest = match.group("rest").strip(" ,|–—-•·/")
        if rest and len(rest.split()) > 12:
            return None
        names = match.group("names")
        return Byline(_names(names), _outlet(rest) or _outlet(names))
    match = _BYLINE_PLAIN.match(line)
    if match:
        return Byline(_names(match.group("names")), _outlet(match.group("rest")))
    match = _BYLINE_OUTLET.match(line)
    if (
        match
        and _OUTLET_WORD.search(match.group("rest"))
        and len(line) < 90
        and not _OUTLET_WORD.search(match.group("names"))
    ):
        return Byline(_names(match.group("names")), _outlet(match.group("rest")))
    return None


def _names(text: str) -> list[str]:
    names = []
    for part in re.split(r",\s+and\s+|,\s+|\s+and\s+|\s+&\s+", text):
        part = re.sub(r"^in\s+\w+\s+", "", part).strip()
        if part and not _JOBS.search(part) and not (names and _OUTLET_WORD.search(part)):
            names.append(part)
    return names


def _outlet(rest: str) -> str | None:
    for part in re.split(r"\s*[,|•·/]\s*|\s+[–—-]\s+|\s+(?:for|of)\s+", re.sub(r"^(?:for|of)\s+", "", rest)):
        part = re.sub(r"^(?:for|of|at)\s+", "", part).strip()
        if part and _OUTLET_WORD.search(part) and not _JOBS.search(part) and part[0].isupper():
            return part
    return None


def split_title(line: str) -> tuple[str, str | None]:
    match = _TITLE_OUTLET.match(line)
    if match and (_OUTLET_WORD.search(match.group("outlet")) and len(match.group("outlet").split()) <= 5):
        return match.group("title"), match.group("outlet")
    return line, None


def key(line: str) -> str:
    """The same for a headline and its repetition."""
    return re.sub(r"\W+", " ", line.lower()).strip()


def find_date(text: str) -> tuple[date, int, int] | None:
    for pattern in _DATES:
        match = pattern.search(text)
        if match:
            month = match.group("month").lower().rstrip(".")
            try:
                found = date(
                    int(match.group("year")), _MONTHS.get(month) or int(month), int(match.group("day"))
                )
            except ValueError:
                continue
            return found, match.start(), match.end()
    return None


def date_line(line: str) -> date | None:
    """The date of a line that says nothing else ("Published: 18 October 2017 at 14:05 GMT")."""
    if len(line) > 140:
        return None
    found = find_date(line)
    if found is None:
        return None
    day, start, end = found
    if _DATE_LINE.match(line[:start]) and _DATE_TAIL.match(line[end:]):
        return day
    return None
