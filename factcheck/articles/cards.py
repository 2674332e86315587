"""The cards of claims beside an article's text, as an answer puts them in their places on the page that is open."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from factcheck.claims.models import Appearance

from .models import Article
from .querysets import long_of

if TYPE_CHECKING:
    from factcheck.claims.querysets import AppearanceQuerySet


def cards_beside(
    request: HttpRequest, claims: Iterable[int], *, at: int, in_place: bool = False, **context: Any
) -> str:
    """The cards of the claims (their keys) in the version that the appearance `at` stands in: a claim has one for each of
    its places, and all of them show what was done on one.

    The card of `at` is the answer itself, unless `in_place`; the others take the place of themselves. 404 where `at` is none
    of these claims'.
    """
    cards = _of(request, claims)
    asked = get_object_or_404(cards, pk=at)
    return _html(request, cards.filter(version=asked.version_id), None if in_place else at, context)


def cards_in(request: HttpRequest, claims: Iterable[int], *, article: Article | None, **context: Any) -> str:
    """The cards of the claims, in one article where it is given, each to take the place of itself."""
    cards = _of(request, claims)
    return _html(request, cards.filter(version__article=article) if article else cards, None, context)


def _of(request: HttpRequest, claims: Iterable[int]) -> "AppearanceQuerySet":
    return (
        Appearance.objects.visible_to(request.user)
        .filter(claim__in=claims)
        .select_related("claim", "claim__assignee", "version__article")
        .defer(*long_of("version"))
        .prefetch_related("figures", "claim__claimants")
    )


def _html(
    request: HttpRequest, cards: "AppearanceQuerySet", alone: int | None, context: dict[str, Any]
) -> str:
    """The cards in text order; all but the one of the appearance `alone` take the place of themselves."""
    html = []
    for appearance in cards.order_by("start", "id"):
        own = {
            "claim": appearance.claim,
            "appearance": appearance,
            "article": appearance.version.article,
            "oob": appearance.pk != alone,
        }
        html.append(render_to_string("articles/card.html", {**context, **own}, request))
    return "".join(html)
