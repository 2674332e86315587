"""Who and what is named in an article."""

from __future__ import annotations

from bisect import bisect_right

from factcheck.extraction.english.attribution.bodies import name_bodies
from factcheck.extraction.english.attribution.entities import Entity, Mention
from factcheck.extraction.english.attribution.persons import Persons
from factcheck.extraction.english.attribution.scan import Scan
from factcheck.extraction.english.attribution.story import Story


class Cast:
    """All who are named, and the way from any token of a name to the one it means."""

    def __init__(self, story: Story, title: str | None) -> None:
        self.story = story
        scan = Scan(story)
        self._persons = Persons(story, scan, title)
        name_bodies(story, scan.mentions)
        self._of_token = scan.of_token
        self.mentions = [mention for mention in scan.mentions if mention.entity is not None]
        self._starts = [mention.start for mention in self.mentions]

    def at(self, passage: int, token: int) -> Mention | None:
        mention = self._of_token.get((passage, token))
        return mention if mention is not None and mention.entity is not None else None

    def before(self, offset: int, limit: int = 40) -> list[Mention]:
        """The last mentions that begin before `offset`, nearest first."""
        at = bisect_right(self._starts, offset - 1)
        return self.mentions[max(at - limit, 0) : at][::-1]

    def surnamed(self, word: str, offset: int) -> Entity | None:
        """The person of this surname who was named last before `offset`, else the first one."""
        return self._persons.surnamed(word, offset)

    def after(self, offset: int, limit: int = 10) -> list[Mention]:
        at = bisect_right(self._starts, offset - 1)
        return self.mentions[at : at + limit]
