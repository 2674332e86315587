"""Takes lines off a body's ends that are not article: share lines, captions, invitations to subscribe, copyright.

Only what is beyond doubt goes; a line in the middle goes only if it is nothing but such a label.
"""

from __future__ import annotations

import re

from factcheck.extraction import furniture
from factcheck.reading import names

_NETWORK = r"(?:facebook|twitter|x|whatsapp|e-?mail|linkedin|reddit|pinterest|telegram|messenger|instagram|flipboard|bluesky|threads|print|copy\ link|link)"
# Nothing but a label, wherever it stands.
_LABEL = re.compile(
    rf"""(?ix)^[\W_]*(?:
    advert(?:isement|s|ising)?|ad|sponsored(?:\ content)?|promoted|
    (?:article|story)\ continues\ (?:below|after).{{0,40}}|continue\ reading(?:\ below)?(?:\ the\ main\ story)?|
    scroll\ (?:down\ )?to\ continue.{{0,40}}|skip\ (?:advert(?:isement)?|past\ newsletter.{{0,30}}|to\ .{{0,40}})|
    share(?:\ (?:this|on|via|it|article|story))?(?:\ (?:article|story|page|post|with\ friends))?|
    (?:(?:share|tweet|save|comments?|{_NETWORK})(?:\ (?:this|on|via|with|it))?[\s|/·•,]*)+|
    loading\.*|read\ more|related(?:\ (?:stories|articles|content|topics|news|coverage))?|recommended(?:\ (?:for\ you|stories))?|
    most\ (?:read|popular|viewed)|trending(?:\ now)?|more\ (?:on\ this(?:\ (?:story|topic))?|stories|from\ .{{2,40}})|
    you\ (?:may|might)\ (?:also|be).{{0,30}}|watch\ (?:now|live)|listen(?:\ to\ this\ article)?|play\ video|newsletter|
    image\ (?:source|caption|credit)|media\ caption|getty\ images|click\ to\ (?:enlarge|expand|share).{{0,30}}|
    view\ (?:image|gallery|comments|on\ .{{1,20}}|this\ post\ on\ .{{1,20}}).{{0,20}}|
    (?:show|hide|view|load|see)\ (?:more|all|less|\d+)?\ ?(?:comments?|posts?)
    )[\W_]*$"""
)
# A line of links to other articles: "READ MORE: Why the front has not moved".
_POINTER = re.compile(
    r"(?i)^(?:read(?: more| also| next)|also read|see also|related|watch|listen|don.t miss|recommended)\s*[:|>»]\s*\S.{0,180}(?<![.])$"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# At the ends of an article; `\b` closes each, so that a sentence which only begins alike stays.
_AT_ENDS = re.compile(
    rf"""(?ix)^[\W_]*(?:
      (?:©|\(c\)\s\d{{4}}|copyright\ (?:©|\(c\)|\d{{4}}|by)).{{0,400}}
    | .{{0,160}}\ball\ rights\ reserved\b.{{0,300}}
    | .{{0,60}}\b(?:may|must|can)\ not\ be\ (?:published|reproduced),?\ (?:broadcast|rewritten|distributed|in\ whole).{{0,200}}
    | (?:share|tweet|send|print|save|e-?mail)\ (?:this|on|via|it)\b.{{0,40}}\b(?:article|story|page|post|friends?|{_NETWORK})\b.{{0,40}}
    | (?:please\ )?(?:sign|signed)\ up\ (?:to|for|here|now|today)\b.{{0,240}}\b(?:newsletter|e-?mail|inbox|updates|alerts|briefing|free|here|daily|weekly)\b.{{0,120}}
    | (?:please\ )?subscribe\ (?:to|now|today|here|for)\b.{{0,240}}
    | (?:get|receive)\ .{{0,160}}\b(?:inbox|newsletter|e-?mail\ alerts)\b.{{0,120}}
    | (?:follow|like|join|find)\ (?:us|me|him|her|them|the\ (?:author|writer|reporter)|@?[\w.]+(?:\ [\w.]+){{0,4}})\ on\ .{{0,40}}\b{_NETWORK}\b.{{0,160}}
    | (?:download|get)\ (?:the|our)\ .{{0,60}}\bapp\b.{{0,100}}
    | (?:click|tap)\ here\ (?:to|for)\b.{{0,200}}
    | (?:read|see|view|find)\ (?:more|all|the\ full|other)\ (?:stories|articles|news|posts|story|article|coverage|about|on|from|by|at|in)\b.{{0,120}}(?<![.])
    | this\ (?:article|story|piece|post|column|essay)\ (?:was|is|has\ been|first|originally)\ .{{0,60}}
        \b(?:published|republished|licen[cs]ed|syndicated|appeared|generated|produced|amended|updated|corrected)\b.{{0,300}}
    | (?:first|originally)\ published\b.{{0,160}} | republished\ (?:with|from|under)\b.{{0,200}}
    | .{{0,120}}\b(?:licen[cs]ed\ under|creative\ commons|cc\ by(?:-\w\w)*)\b.{{0,200}}
    | (?:reporting|writing|additional\ reporting|edited|editing|compiled|written)\ (?:by|from)\ .{{0,240}}
    | (?:have|got|do\ you\ have|send\ us)\ (?:a|an|any|your)\ (?:news\ tip|story|tip|question|comment|correction|stories|views?|confidential)\b.{{0,240}}
    | (?:contact|e-?mail|write\ to)\ (?:the\ (?:author|reporter|writer)|us|me|[A-Z]\w+\ [A-Z]\w+)\ (?:at|on|via|by|:)\ ?.{{0,120}}
    | (?:we|this\ site)\ (?:use|uses)\ cookies\b.{{0,300}}
    | (?:leave|post|add|join)\ (?:a|your|the)\ (?:comment|reply|conversation|discussion)\b.{{0,100}}
    | (?:comments|replies)\ (?:are|have\ been)\ (?:closed|disabled|turned\ off|moderated).{{0,60}}
    | (?:categories|filed\ under|tags?|topics?|posted\ in|keywords?|hashtags?|more\ on|related\ (?:topics|stories|articles)|
       sections?|labels?)\s*:.{{0,240}}
    | (?:image|photo|picture|photograph|file\ photo|cover\ photo|main\ (?:image|photo)|photo\ credit|image\ credit|credit|caption|pictured)s?
       \s*(?:[:/|©]|\ by\b|\ courtesy\b).{{0,200}}
    | (?:support|donate\ to)\ (?:us|our|independent|quality)\b.{{0,200}} | donate\ (?:now|today|here)\b.{{0,80}}
    | (?:terms\ (?:of\ (?:use|service)|and\ conditions)|privacy\ (?:policy|notice)|cookie\ (?:policy|settings))\b.{{0,160}}
    | (?:last\ )?(?:updated|modified|published|posted)\s*(?:on|at|:)(?:[^.!?]|[ap]\.m\.?){{0,60}}
    | (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\ )?(?:\d{{1,2}}\ {_MONTH}|{_MONTH}\ \d{{1,2}})
        (?:,?\ (?:at\ )?\d{{1,2}}[:.]\d\d(?:\ ?[ap]\.?m\.?)?(?:\ [a-z]{{2,4}})?)?
    | \d+\ (?:min(?:ute)?s?|hours?|hrs?|days?|weeks?)\ ago
    | \d+\s*(?:min(?:ute)?s?\.?)\s*read | \d+\ (?:comments?|shares?|views|likes|retweets)
    | https?://\S+ | www\.\S+ | [-–—=*_~.·•\s|\#]+
    )$"""
)
_LEADING = 8


def wash(lines: list[str], *, title: str, bylines: list[str], outlet: str = "") -> list[str]:
    """The paragraphs without what is surely no part of the body; all of them where nothing else would be left."""
    kept = [line for line in lines if not _is_label(line)]
    start, head = 0, furniture.key(title)
    while start < min(len(kept), _LEADING) and _leads(kept[start], head, bylines, outlet):
        start += 1
    end = len(kept)
    while end > start and _trails(kept[end - 1], bylines, outlet):
        end -= 1
    return kept[start:end] or lines


def _is_label(line: str) -> bool:
    return len(line) < 200 and bool(_LABEL.match(line) or (_POINTER.match(line) and line.count(". ") == 0))


def _leads(line: str, head: str, bylines: list[str], outlet: str) -> bool:
    if head and furniture.key(line) == head:
        return True
    return _is_signature(line, bylines, outlet) or (len(line) < 400 and bool(_AT_ENDS.match(line)))


def _trails(line: str, bylines: list[str], outlet: str) -> bool:
    if len(line) > 600:
        return False
    return bool(_AT_ENDS.match(line)) or _is_signature(line, bylines, outlet)


def _is_signature(line: str, bylines: list[str], outlet: str) -> bool:
    """A line with nothing but who wrote it and when."""
    if len(line) > 160:
        return False
    if furniture.date_line(line) is not None:
        return True
    plain = line.strip(" .–—-|•*").casefold()
    if any(plain in (name.casefold(), "by " + name.casefold()) for name in bylines):
        return True
    if line.endswith((".", "!", "?", "”", '"')) or len(line) > 100:
        return False
    found = names.writers(line, outlet=outlet).names
    return bool(found) and set(found) <= set(bylines)


def signature(lines: list[str]) -> str:
    """The line among the first ones that says "By …", for a page whose markup names no writer."""
    return next((line for line in lines[:5] if line[:3].casefold() == "by " and furniture.byline(line)), "")
