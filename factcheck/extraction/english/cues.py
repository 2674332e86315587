"""The verbs and phrases with which a text says whose words or findings it gives."""

from __future__ import annotations

from factcheck.extraction.english.figures.inflection import verb

_BASES = (
    "say tell add ask announce report claim warn argue state note confirm deny insist admit suggest explain reveal allege predict declare "
    "acknowledge assert concede maintain stress emphasise emphasize promise pledge vow indicate disclose caution contend testify tweet write post "
    "comment remark reply respond answer observe recall conclude believe think estimate point call describe urge complain joke quip continue "
    "repeat reiterate elaborate clarify counter retort exclaim shout whisper quote mention advise inform assure remind agree boast lament recount "
    "propose demand hope fear speculate opine find show forecast hint charge accuse cite proclaim pronounce echo affirm stipulate"
).split()
CUES = frozenset(_BASES)
# With these, a clause that follows is somebody's statement even without quotation marks.
REPORTING = frozenset(
    "say tell announce report claim warn argue state note confirm deny insist admit suggest explain reveal allege predict declare acknowledge "
    "assert concede maintain stress emphasise emphasize indicate disclose caution contend testify tweet write add estimate conclude assure inform "
    "promise pledge vow complain reiterate counter boast recall observe believe agree point clarify affirm hint lament remark comment forecast respond reply "
    "repeat advise mention speculate fear recount find show think".split()
)
# People think and studies find; the other way round the clause is no one's statement.
_ONLY_PEOPLE = frozenset("think believe fear hope".split())
_ONLY_SOURCES = frozenset("find show".split())
_SOURCES = frozenset(
    "study report survey poll data figure figures research analysis review audit investigation document statement paper census statistic estimate results "
    "researchers scientists investigators authors findings record records experts police officials agency".split()
)
PERSONAL_PRONOUNS = frozenset("he she they it we i".split())


def is_cue(word: str) -> bool:
    return verb(word) in CUES


def reports(word: str) -> bool:
    return verb(word) in REPORTING


def fits(word: str, subject: str, personal: bool) -> bool:
    """Whether a clause after this verb with this subject is somebody's statement."""
    base = verb(word)
    if base in _ONLY_PEOPLE:
        return personal or subject in PERSONAL_PRONOUNS
    if base in _ONLY_SOURCES:
        return subject in _SOURCES
    return True
