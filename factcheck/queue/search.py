"""Search over everything that one may see, grouped by kind, earlier checks first."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Appearance, Claim
from factcheck.figures.formatting import parse_number
from factcheck.sources.models import Source

from .rows import Row, rows_of

SHOWN = 8
LONGEST = 200


@dataclass(frozen=True)
class Group:
    """One kind of what was found: at most SHOWN of it, and the address of the rest ("" when this is all)."""

    kind: str
    found: list[Any]
    rest: str


@require_safe
@requires(Capability.READ)
def search(request: HttpRequest) -> HttpResponse:
    """Earlier checks, claims, figures of the number asked for, articles and sources with the words."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    groups = found_for(request.user, words) if words else []
    context = {"q": words, "groups": groups, "anything": any(group.found for group in groups)}
    return render(request, "queue/search.html", context)


def found_for(user: User, words: str) -> list[Group]:
    """The groups in the order they are shown; a group may be empty."""
    claims = Claim.objects.visible_to(user)
    said = claims.matching(words)
    active = said.exclude(state__in=["verified", "published", "merged", "superseded"]).ranked()
    return [
        _group("checks", _rows(said.verified().order_by("-state_at", "-id")), _in_queue("verified", words)),
        _group("claims", _rows(active), _in_queue("all", words)),
        _group("figures", _figures(claims, words), ""),
        _group(
            "articles",
            list(
                Article.objects.visible_to(user)
                .matching(words)
                .select_related("carried_by")
                .order_by("-added_at", "-id")[: SHOWN + 1]
            ),
            f"{reverse('articles:list')}?{urlencode({'q': words})}",
        ),
        _group(
            "sources",
            _sources(user, words),
            f"{reverse('sources:list')}?{urlencode({'q': words})}",
        ),
    ]


def number_in(words: str) -> Decimal | None:
    """The number that was searched for, where the words are one: 87, 87 %, 6.5 million; else None."""
    try:
        return parse_number(words.removesuffix("percent").removesuffix("per cent"))
    except ValidationError:
        return None


def _figures(claims: Any, words: str) -> list[Row]:
    """Claims with a figure whose interval holds the number."""
    number = number_in(words)
    if number is None:
        return []
    holding = Appearance.figures.through.objects.filter(
        appearance__claim=OuterRef("pk"),
        figure__superseded=False,
        figure__low__lte=number,
        figure__high__gte=number,
    )
    return _rows(claims.filter(Exists(holding)).exclude(state__in=["merged", "superseded"]).ranked())


def _sources(user: User, words: str) -> list[Source]:
    named = Source.aliases.rel.related_model.objects.filter(source=OuterRef("pk"), name__icontains=words)
    found = Source.objects.visible_to(user).filter(Q(name__icontains=words) | Exists(named))
    return list(found.order_by("name")[: SHOWN + 1])


def _rows(claims: Any) -> list[Row]:
    return rows_of(claims.for_rows()[: SHOWN + 1])


def _group(kind: str, found: list[Any], rest: str) -> Group:
    return Group(kind, found[:SHOWN], rest if len(found) > SHOWN else "")


def _in_queue(view: str, words: str) -> str:
    return f"{reverse('queue')}?{urlencode({'view': view, 'q': words})}"
