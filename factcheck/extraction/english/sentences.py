"""Where English sentences begin and end: by rule, so that the same words always split the same way.

The parser is told these boundaries and must keep to them; its own guesses break at abbreviations and quotes.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

# A full stop after these never ends a sentence.
_NEVER = frozenset(
    "mr mrs ms dr prof gen sen sens rep reps gov govs lt col capt cmdr sgt cpl ssgt pte const cst coun ald cllr atty asst amb "
    "maj adm hon rev fr msgr st mt messrs mme mlle supt rs "
    "det insp pres vs v cf viz nos vol pp fig figs art sec eq ca est approx al "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
)
# After these it does, where the next word looks like the start of one.
_SOMETIMES = frozenset(
    "inc corp ltd co llc plc bros etc jr sr esq ph.d m.d b.a m.a u.s u.k u.n e.u u.s.a d.c a.m p.m am pm "
    "no ave blvd rd dept assn univ md calif ariz ala ark colo conn del fla ga ill ind kan ky la mass mich minn "
    "miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo".split()
)
_STARTERS = frozenset(
    "the a an in on at it its he she they we i you but and or so as if when while although though after before "
    "since because however meanwhile this that these those there then his her their our my your what who why "
    "how where for from by with under over according most many some several all both each every one no not "
    "during among despite earlier later last two three four officials police critics another other also".split()
)
# Looked for from the first of several marks only: thousands of them in a row would else be read once for each.
_END = re.compile(
    r"(?<![.!?…।])[.!?…।]+[)\]}'\"”’»“*]*(?=\s)|(?<![.!?])[.!?]+[\"”’»]+(?=[A-Z])|(?<=[a-z]{2})[.!?](?=[A-Z][a-z])"
)
_SPLIT_END = re.compile(r"\s[.!?](?: ['\"”’]{1,2}| '')?(?=\s)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘']+$")
_NEXT = re.compile(r"\s*([\"“‘'(\[*–—-]*)\s*([^\s]*)")
_SPEECH_AFTER = re.compile(
    r"\s*(?:(?:the|a|an|its|his|her|their)\s+(?:[\w-]+\s+){1,4}?|(?:[A-Z][\w.’'-]*,?\s+){1,4}|(?:he|she|they|it|I|we)\s+)"
    r"(?:said|says|asked|asks|told|adds?|added|wrote|writes|tweeted|replied|explained|remarked|continued)\b"
)
_LOWER = re.compile(r"[a-zà-öø-ÿ]")


def split(text: str, start: int, end: int) -> list[Span]:
    """The sentences of one paragraph, text[start:end], as spans without the white space around them."""
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        at = match.end()
        if at >= end:
            break
        if _ends(text, begin, match.start(), match.group(), at, end):
            _add(spans, text, begin, at)
            begin = at
    _add(spans, text, begin, end)
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def _ends(text: str, begin: int, stop: int, mark: str, at: int, end: int) -> bool:
    following = _NEXT.match(text, at, min(end, at + 80))
    opening, word = following.group(1), following.group(2)
    if not word:
        return False
    first = word[0]
    closed = mark[-1] in "\"”’'»)"
    if not opening and _LOWER.match(first):
        return False
    if text[at] not in " \t\n\r\f\v\u00a0\u2028\u2029\u202f" and not closed and "." in word:
        # "example.Com" and "e.g.This" are joined by mistake or are an address: an address has further dots.
        return False
    if closed and mark[0] in "!?" and not opening and _SPEECH_AFTER.match(text, at, min(end, at + 90)):
        return False
    if mark[0] in "!?…" or mark.startswith("..") or closed:
        return not (mark[0] == "(" or (mark[0] in "!?" and _inside_title(mark, word)))
    before = _WORD_BEFORE.search(text, max(begin, stop - 24), stop)
    last = before.group().lower() if before else ""
    if not last:
        # A spaced-out full stop, as in text that was cut into tokens: between digits it is a decimal point.
        return not (first.isdigit() and text[max(begin, stop - 2) : stop].strip().isdigit())
    if last in _NEVER:
        return False
    if last == "no" and first.isdigit():
        return False
    if len(last) == 1 and last.isalpha() and last != "i":
        # An initial in a name, unless what follows cannot be one's surname.
        return word.strip(",;:").lower() in _STARTERS and word != "A" and stop - begin > 12
    if last in _SOMETIMES or re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        return bool(opening) or word.strip(",;:’'s").lower() in _STARTERS
    return True


def _inside_title(mark: str, word: str) -> bool:
    """An exclamation mark in a name ("Yahoo! Inc.") does not end a sentence."""
    return mark == "!" and word.rstrip(".,").lower() in _SOMETIMES
