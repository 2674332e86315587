"""Endless news of a country that is not there, the same for the same seed."""

from __future__ import annotations

import random

PLACES = "Ardley Norland Kestrel Brookfen Orrin Tarnholt Wexley Saltmere Grenby Hollin".split()
PEOPLE = [
    "Ryan Holt",
    "Maria Voss",
    "Edda Lindqvist",
    "Tomas Reyl",
    "Ines Marrow",
    "Paul Okonjo",
    "Greta Sund",
]
BODIES = [
    "the city council",
    "the ministry of works",
    "the harbour board",
    "the teachers’ union",
    "the water company",
]
THINGS = [
    "wells",
    "schools",
    "ferries",
    "pharmacies",
    "flats",
    "bridges",
    "bus routes",
    "clinics",
    "turbines",
    "farms",
]
VERBS = ["closed", "repaired", "inspected", "sold", "opened", "replaced", "moved", "insured"]

_SENTENCES = [
    "{Body} said on {day} that {n} of the {m} {things} in {place} had been {verb} since {year}.",
    "The figure is {p} percent higher than a year ago, according to {body}.",
    "“We never expected {things} to last this long, and nobody told us what it would cost,” said {person}, who lives in {place}.",
    "{person} told reporters that {money} million pounds would be set aside for {things} that are not yet {verb}.",
    "In {place}, where about {n} people work in the industry, the decision was met with relief and some doubt.",
    "An audit published in {year} found that {p} percent of all {things} were in poor condition.",
    "The plan, first drawn up in {year}, foresees {n} new {things} between {place} and {place2}.",
    "Critics of {body} say the numbers hide how unevenly the money was spent in {place} after {year}.",
    "Nobody at {body} could say on {day} when the remaining {things} would be {verb}.",
    "“{n} is a start,” {person} said.",
    "Two neighbouring towns, {place} and {place2}, want to join the scheme if the courts allow it.",
    "The average household now pays {n} pounds a year, up from {m} before the reform took effect.",
    "A spokeswoman for {body} declined to comment on the {n} {things}, but confirmed that talks had begun.",
    "If the vote on {day} goes as planned, work on the {things} could begin within {n} days.",
    "Residents of {place} had waited {n} months for an answer, and many came to the hall to hear it read out.",
    "Since then the price of {things} has fallen by almost {p} percent, faster than in any other region of {place}.",
]
_HEADINGS = [
    "What happens next",
    "Why it matters now",
    "A long dispute",
    "The cost of waiting",
    "Who pays for it",
]
_DAYS = "Monday Tuesday Wednesday Thursday Friday".split()


class Prose:
    """Sentences, paragraphs and headlines drawn from one seed."""

    def __init__(self, seed: int | str) -> None:
        self.draw = random.Random(seed)
        self.said: set[str] = set()

    def sentence(self) -> str:
        """One that was not said before: a page that repeats itself is a case of its own."""
        while (sentence := self._sentence()) in self.said:
            pass
        self.said.add(sentence)
        return sentence

    def _sentence(self) -> str:
        draw = self.draw
        place, place2 = draw.sample(PLACES, 2)
        body = draw.choice(BODIES)
        return draw.choice(_SENTENCES).format(
            body=body,
            Body=body[0].upper() + body[1:],
            place=place,
            place2=place2,
            person=draw.choice(PEOPLE),
            things=draw.choice(THINGS),
            verb=draw.choice(VERBS),
            day=draw.choice(_DAYS),
            year=draw.randint(1998, 2024),
            n=draw.randint(12, 90),
            m=draw.randint(91, 400),
            p=draw.randint(2, 89),
            money=round(draw.uniform(1, 90), 1),
        )

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.draw.choice([1, 2, 2, 3, 4])))

    def paragraphs(self, count: int | None = None) -> list[str]:
        return [self.paragraph() for _ in range(count or self.draw.randint(7, 14))]

    def heading(self) -> str:
        return self.draw.choice(_HEADINGS)

    def headline(self) -> str:
        draw = self.draw
        return draw.choice(
            [
                f"{draw.choice(PLACES)} counts its {draw.choice(THINGS)}, and finds {draw.randint(12, 90)} missing",
                f"Half of all {draw.choice(THINGS)} in {draw.choice(PLACES)} to be {draw.choice(VERBS)} by spring",
                f"{draw.randint(20, 80)} percent fewer {draw.choice(THINGS)} in {draw.choice(PLACES)}, audit says",
                f"Why {draw.choice(PLACES)} has {draw.choice(VERBS)} its last {draw.choice(THINGS)}",
            ]
        )
