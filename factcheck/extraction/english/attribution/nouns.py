"""Common nouns that stand for somebody already named, and what kind each is."""

from __future__ import annotations

# What a person already named is called again, whoever it is.
EPITHETS = frozenset(
    "mother father mom dad mum grandmother grandfather man woman teen teenager actor actress singer star veteran native "
    "politician lawmaker father-of-two mother-of-two father-of-three mother-of-three pensioner boy girl widow widower "
    "rookie winger forward defenceman defenseman goalie striker midfielder".split()
)
# What a body already named is called, whatever it is.
GENERAL = frozenset(
    "company firm agency group organisation organization body outlet website site newspaper paper magazine charity "
    "union bank airline retailer network".split()
)

# Nouns for the same person: what he was not introduced as, but may be called.
LIKE = {
    word: tuple(other for other in group.split() if other != word)
    for group in (
        "spokesman spokeswoman spokesperson",
        "chairman chairwoman chair chairperson",
        "minister secretary",
        "lawyer attorney barrister solicitor counsel",
        "councillor councilor councilman councilwoman alderman coun cllr",
        "senator lawmaker legislator politician congressman congresswoman representative mp",
        "researcher scientist professor author academic expert biologist epidemiologist economist",
        "manager coach boss",
        "chief head boss",
        "officer constable sergeant detective inspector",
        "doctor physician surgeon",
        "father dad",
        "mother mom mum",
    )
    for word in group.split()
}
# "the former treasurer said": who was spoken of, though never introduced as one.
ONCE = frozenset(("former", "retired", "veteran", "longtime", "ex"))
# "the Ohio Republican said"
PARTIES = frozenset("republican democrat liberal conservative tory independent libertarian native".split())
# Where something was said, not by whom.
CHANNELS = frozenset(
    "twitter facebook instagram youtube tiktok linkedin telegram tv television radio internet email".split()
)
