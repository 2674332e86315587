"""Cues that an editor would name: figures, changes, comparisons, records, acts done, wishes, views, questions.

Word lists and rules are our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.extraction.english.parse import Passage


def _list(words: str) -> frozenset[str]:
    return frozenset(words.split())


_GROUPS: dict[str, frozenset[str]] = {
    "percent": _list("percent % percentage pct"),
    "money": _list("$ £ € dollar dollars pound pounds euro euros cents"),
    "scale": _list(
        "hundred thousand million billion trillion hundreds thousands millions billions trillions dozens half third quarter two-thirds"
    ),
    "quantifier": _list(
        "most many majority few all every none nobody everyone each single only enough numerous several countless"
    ),
    "more or less": _list(
        "more less fewer most least higher lower highest lowest largest biggest smallest worst best greatest first last record than twice double"
    ),
    "change": _list(
        "increase increased increases increasing rise rose risen rising raise raised raises grow grew grown growing growth fall fell fallen falling drop dropped "
        "decline declined decrease decreased cut cuts cutting reduce reduced reducing reduction lost lose gained gain doubled tripled halved doubling soared "
        "plunged surged shrank shrunk slashed went gone going up down"
    ),
    "act": _list(
        "voted vote signed vetoed veto passed opposed supported introduced proposed cosponsored appointed fired hired created built paid spent sold bought "
        "invaded attacked killed died arrested charged convicted sued banned approved rejected ordered launched elected negotiated sponsored enacted repealed "
        "ended closed opened sent gave took brought broke won lost announced released withdrew promised pledged"
    ),
    "office": _list(
        "congress senate president governor senator administration government bill law act treaty court budget deficit tax taxes department agency treasury"
    ),
    "said": _list("said says told announced reported according stated claimed called testified wrote"),
    "study": _list(
        "study studies report reports survey poll polls data statistics estimate estimates estimated experts economists analysis census index found findings"
    ),
    "cause": _list("because caused cause due led result resulted thanks therefore leads causes responsible"),
    "time": _list(
        "year years month months week weeks decade decades century ago since yesterday today january february march april june july august september october november december"
    ),
    "never": _list("never ever always none nothing nobody everything everyone"),
    "not": _list("no not n't any neither nor"),
    "I": _list("i me my mine myself"),
    "we": _list("we us our ours ourselves"),
    "you": _list("you your yours"),
    "he": _list("he she him her his they them their"),
    "should": _list("should must ought need needs needed have-to let"),
    "will": _list("will 'll wo shall going gonna"),
    "would": _list("would 'd could can ca may might"),
    "view": _list(
        "think believe feel hope want wish guess suppose love hate prefer opinion view seems seem perhaps maybe probably certainly frankly "
        "honestly sure know understand agree disagree"
    ),
    "value": _list(
        "good bad great terrible wrong right important fair unfair disgraceful wonderful proud strong weak tough serious critical fundamental essential necessary "
        "shameful ridiculous absurd dangerous disastrous brilliant sad tragic beautiful ugly better worse best worst moral immoral evil decent responsible "
        "irresponsible tremendous incredible amazing fantastic horrible awful nice smart stupid foolish crucial vital key clear obvious"
    ),
    "thanks": _list(
        "thank thanks welcome hello please sorry excuse sir gentlemen ladies bless congratulations"
    ),
    "if": _list("if unless whether suppose imagine"),
    "question": _list("who what why how when where which"),
}
CLASSES: dict[str, tuple[str, ...]] = {}
for _name, _members in _GROUPS.items():
    for _word in _members:
        CLASSES[_word] = (*CLASSES.get(_word, ()), _name)

_SMALL = frozenset("one two three four five".split())
_NAMES = frozenset(
    "number article title chapter phase section basket part point item no. plan question topic".split()
)
_MULTIPLES = frozenset(
    "doubled tripled quadrupled halved doubles triples twice double triple half third thirds quarter quarters fifth "
    "tenth two-thirds one-third three-quarters".split()
)
_MEASURES = frozenset(("PERCENT", "MONEY", "QUANTITY"))


def cues(passage: Passage, i: int, j: int, words: list[str]) -> set[tuple[str, ...]]:
    found: set[str] = set()
    for word in words:
        if word in CLASSES:
            found.update(CLASSES[word])
    tags = passage.tag[i:j]
    kinds = set(passage.ent[i:j])
    count = tags.count("CD")
    if count:
        found.add("number")
        if count > 1:
            found.add("numbers")
        if count > 3:
            found.add("many numbers")
    found.update(_figures(passage, i, j))
    if "?" in words[-3:]:
        found.add("asks")
    if "..." in words[-2:] or "--" in words[-2:]:
        found.add("broken off")
    if "JJR" in tags or "RBR" in tags:
        found.add("comparative")
    if any(name in ("JJS", "RBS") and (at == 0 or words[at - 1] != "at") for at, name in enumerate(tags)):
        found.add("superlative")
    if not kinds.isdisjoint(("GPE", "LOC", "NORP")):
        found.add("place")
    if not kinds.isdisjoint(("ORG", "LAW")):
        found.add("organisation")
    if "PERSON" in kinds:
        found.add("person")
    if "DATE" in kinds:
        found.add("date")
    if not kinds.isdisjoint(("PERCENT", "MONEY", "QUANTITY")):
        found.add("quantity")
    for at in range(i, j):
        if passage.dep[at] == "ROOT":
            root = passage.tag[at]
            aux = [
                passage.low[k]
                for k in range(max(i, at - 6), at)
                if passage.head[k] == at and passage.dep[k] in ("aux", "auxpass")
            ]
            if root == "VBD":
                found.add("past")
            elif root == "VBN" and aux and aux[0] in ("has", "have", "'ve", "'s", "had"):
                found.add("perfect")
            elif root == "VBG" and aux:
                found.add("progressive")
            elif root in ("VBZ", "VBP"):
                found.add("present")
            elif root == "VB" and aux:
                found.add("modal")
            elif root == "VB":
                found.add("imperative")
            else:
                found.add("no finite verb")
            break
    result = {("C", name) for name in found}
    # What goes with a figure, an act or a change counts for more than either alone.
    for left in (
        "number",
        "figure",
        "past",
        "perfect",
        "he",
        "I",
        "we",
        "will",
        "should",
        "would",
        "view",
        "if",
        "not",
    ):
        if left in found:
            result.update(("C", left, right) for right in found if right != left)
    return result


def _figures(passage: Passage, i: int, j: int) -> set[str]:
    """What the numbers are: measured, a few, a place in a list, or none at all."""
    found: set[str] = set()
    low, tag, ent = passage.low, passage.tag, passage.ent
    for at in range(i, j):
        word = low[at]
        if word in _MULTIPLES or (word == "times" and tag[at - 1] == "CD"):
            found.update(("multiple", "figure"))
            continue
        if tag[at] != "CD":
            continue
        before = low[at - 1] if at > i else ""
        if before in _NAMES:
            found.add("numbered")
        elif ent[at] in _MEASURES:
            found.add("figure")
        elif ent[at] == "DATE" and len(word) == 4 and word[0] in "12":
            found.add("year")
        elif word == "one":
            found.add("one of" if low[at + 1 : at + 2] == ["of"] else "one")
        elif ent[at] in ("DATE", "TIME"):
            found.add("time span")
        elif word in _SMALL:
            found.add("a few")
        else:
            found.add("figure")
    return found
