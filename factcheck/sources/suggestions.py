"""Speakers found in texts that are no source yet, each name once: what the desk could take in as a source."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from factcheck.articles.models import ArticleVersion
from factcheck.claims.models import Appearance, Claim, Claimant

from .likeness import Likely, Register
from .models import Source, SourceAlias, SuggestionIgnored

if TYPE_CHECKING:
    from factcheck.accounts.models import User

State = Claim.State
# Claims that nobody works with any more say nothing of who should be a source.
GONE = (State.DISMISSED, State.SUPERSEDED, State.MERGED)
ROLES = 3


@dataclass
class Suggestion:
    """A speaker's name: on how many claims and articles it stands, with an example, and which sources it may mean."""

    name: str
    claims: int
    articles: int
    roles: list[str]
    example: Claim | None = None
    kind: str = Source.Kind.PERSON
    likely: list[Likely] = field(default_factory=list)

    @property
    def same(self) -> Source | None:
        """The source that has exactly this name or other name already."""
        return next((one.source for one in self.likely if one.is_same), None)


def speakers(user: "User") -> "QuerySet[Claimant]":
    """The claimants without a source on claims that a person may see."""
    claims = Claim.objects.visible_to(user).exclude(state__in=GONE)
    return Claimant.objects.filter(source=None, claim__in=claims).exclude(name="")


def suggested_names(user: "User") -> "QuerySet[Any]":
    """One row a name in small letters (`low`): those that a source has exactly first, then names before mere descriptions,
    and those on most claims.
    """
    return (
        _not_ignored(user)
        .annotate(known=Exists(_called(Source)) | Exists(_called(SourceAlias)))
        .values("low", "known")
        .annotate(
            claims=Count("claim", distinct=True),
            articles=Count("claim__lead_article", distinct=True),
            spelt=ArrayAgg("name", distinct=True),
            roles=ArrayAgg("role", distinct=True, filter=~Q(role=""), default=[]),
            example=Max("claim"),
            # "a senior officer" is found as a speaker like "Ryan Holt", but is nobody's name.
            named=BoolOr(Q(name__regex=r"^(the )?[[:upper:]]")),
        )
        .order_by("-known", "-named", "-claims", "low")
    )


def how_many(user: "User") -> int:
    """How many names wait."""
    return _not_ignored(user).values("low").distinct().count()


def described(rows: list[dict[str, Any]], user: "User") -> list[Suggestion]:
    """Rows of `suggested_names` with their example, the kind that the text suggests, and the sources that they resemble."""
    if not rows:
        return []
    register = Register(Source.objects.visible_to(user))
    examples = Claim.objects.visible_to(user).in_bulk([row["example"] for row in rows])
    kinds = _kinds(list(examples))
    return [
        Suggestion(
            # "Ryan Holt" rather than "ryan holt" or "RYAN HOLT".
            name=max(row["spelt"], key=lambda name: (name.istitle(), not name.isupper(), name)),
            claims=row["claims"],
            articles=row["articles"],
            roles=row["roles"][:ROLES],
            example=examples.get(row["example"]),
            kind=kinds.get(row["low"]) or _kind_by_words(row["spelt"][0]),
            likely=register.like(row["spelt"]),
        )
        for row in rows
    ]


def _not_ignored(user: "User") -> "QuerySet[Claimant]":
    return speakers(user).annotate(low=Lower("name")).exclude(Exists(_called(SuggestionIgnored)))


def _called(model: Any) -> "QuerySet[Any]":
    return model.objects.annotate(its_low=Lower("name")).filter(its_low=OuterRef("low"))


def _kinds(claims: list[int]) -> dict[str, str]:
    """What the extractor took the speakers of the claims' texts for, by name in small letters."""
    versions = ArticleVersion.objects.filter(
        pk__in=Appearance.objects.filter(claim__in=claims).values("version")
    )
    found = {}
    for speakers_there in versions.order_by().values_list("speakers", flat=True):
        for speaker in speakers_there:
            if speaker.get("kind") in (Source.Kind.PERSON, Source.Kind.ORGANISATION):
                found[speaker["name"].lower()] = speaker["kind"]
    return found


def _kind_by_words(name: str) -> str:
    """A name with "the" or "of" in it, or in capitals only, is rather an organisation's."""
    words = name.casefold().split()
    an_organisation = {"the", "of", "for", "and"} & set(words) or (len(words) == 1 and name.isupper())
    return Source.Kind.ORGANISATION if an_organisation else Source.Kind.PERSON
