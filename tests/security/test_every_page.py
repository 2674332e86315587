"""Every address of the desk, asked for by everybody. A new address fails here until it is entered below."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from factcheck.accounts.models import Invitation
from factcheck.api.services import make_token
from factcheck.articles.models import Annotation
from factcheck.claims.models import Claim, Claimant
from factcheck.claims.services import triage
from factcheck.feeds.models import Feed, Lookup
from factcheck.figures.models import FigureChange
from factcheck.intake import captures
from factcheck.intake.models import Intake
from factcheck.sources import merging
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Rating
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory, UserFactory

PUBLIC = {"healthz", "readyz", "accounts:login", "accounts:accept", "accounts:reset"}
# Programs show a token there instead of a session; the description and its root are for everybody.
FOR_PROGRAMS = {"api-v1:post_article", "api-v1:getIntake", "api-v1:getArticle"}
PUBLIC |= {"api-v1:openapi-json", "api-v1:api-root"}
SIGNED_IN = {
    "accounts:logout", "accounts:me", "accounts:password", "accounts:end_others", "accounts:end_session",
}  # fmt: skip
READ = {
    "home", "queue", "queue_new", "queue_detail", "search", "articles:list", "articles:show", "articles:progress",
    "articles:figures", "articles:quotations", "articles:original", "articles:compare", "articles:changed_figures", "claims:list", "claims:show", "claims:history",
    "claims:sources", "sources:list", "sources:show", "sources:csv", "sources:history", "sources:options", "reports:list", "reports:csv", "reports:jsonld",
    "intake:capture", "intake:raw", "intake:download", "feeds:list", "feeds:show", "feeds:opml",
}  # fmt: skip
TRIAGE = {
    "articles:add", "articles:edit", "articles:set_date", "articles:again", "articles:done", "articles:add_claim", "articles:not_a_copy",
    "articles:figure_seen", "articles:annotate", "articles:move", "articles:reword", "articles:edit_note", "articles:remove_note", "claims:add",
    "claims:wording", "claims:add_claimant", "claims:confirm_claimant", "claims:remove_claimant", "claims:undo", "claims:bulk",
    "claims:dismiss_rest", "claims:accept", "claims:dismiss", "claims:park", "claims:restore", "claims:priority",
    "claims:assign", "claims:merge", "claims:looked", "desk:status", "intake:list", "intake:news", "intake:show",
    "intake:progress", "intake:batch", "intake:retry", "intake:retry_all", "intake:fetch_again", "intake:bookmarklet",
    "intake:from_browser", "intake:set_aside", "intake:set_aside_all", "intake:bring_back", "intake:bring_back_all",
    "feeds:add_item",
}  # fmt: skip
VERIFY = {
    "claims:people", "claims:add_figure", "claims:correct_figure", "claims:figure_back", "claims:close",
    "verdicts:add_evidence", "verdicts:edit_evidence", "verdicts:remove_evidence", "verdicts:draft", "verdicts:submit",
    "verdicts:recall", "verdicts:reopen",
}  # fmt: skip
REVIEW = {"verdicts:review"}
# These refuse some who have the role: an author their own review, others the author's note.
BY_PERSON = {"verdicts:review", "articles:edit_note", "articles:remove_note"}
ADMINISTER = {
    "accounts:people", "accounts:invite", "accounts:resend", "accounts:withdraw", "accounts:change_role",
    "accounts:deactivate", "accounts:reactivate", "accounts:reset_link", "accounts:end_sessions", "demo:remove",
    "api:tokens", "api:revoke",
}  # fmt: skip

MANAGE = {
    "sources:add", "sources:edit", "sources:delete", "sources:likely", "sources:same", "sources:not_same",
    "sources:merge_choose", "sources:merge", "sources:undo_merge", "sources:import", "sources:suggested", "sources:accept",
    "sources:link", "sources:ignore", "sources:several", "sources:suggest_again", "sources:undo_link", "feeds:add", "feeds:edit",
    "feeds:preview", "feeds:delete", "feeds:ask", "feeds:switch", "feeds:move", "feeds:add_many", "feeds:lookup",
    "feeds:lookup_news",
    "feeds:lookup_add", "feeds:lookup_look", "feeds:lookup_retry", "feeds:lookup_apart",
}  # fmt: skip

# Which roles may ask for an address of each kind.
ROLES = ["viewer", "editor", "reviewer", "head", "admin"]
OPEN_TO = {
    **dict.fromkeys(SIGNED_IN | READ, ROLES),
    **dict.fromkeys(TRIAGE | VERIFY, ROLES[1:]),
    **dict.fromkeys(REVIEW, ROLES[2:]),
    **{key: ["admin"] for key in ADMINISTER | MANAGE},
}


def addresses(patterns=None, names=(), route=""):
    """(full name, route) of every address but those of Django's admin, which has its own test."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin":
                inside = (*names, pattern.namespace) if pattern.namespace else names
                yield from addresses(pattern.url_patterns, inside, route + str(pattern.pattern))
        else:
            yield ":".join((*names, pattern.name or "")), route + str(pattern.pattern)


ALL = dict(addresses())


@pytest.fixture
def world(db):
    """A claim in review with everything on it, and rows for every argument an address takes."""
    author = UserFactory(can="editor")
    article = ArticleFactory()
    outlet, other = article.carried_by, SourceFactory()
    merge = merging.merge_sources(
        actor=UserFactory(can="admin"), into=outlet, other=SourceFactory(), revisions=(1, 1), take={}
    )
    claim = ClaimFactory(article=article)
    triage.accept(actor=author, claim=claim, take=True)
    claimant = Claimant.objects.create(
        claim=claim, name="Ryan Holt", confirmed_by=author, confirmed_at=claim.created_at
    )
    evidence = verdicts.add_evidence(
        actor=author, claim=claim, stance="supports", title="Map", passage="87 of 100"
    )
    rating = Rating.objects.get(scale__in_use=True, key="true")
    verdicts.save_draft(
        actor=author, claim=claim, revision=0, rating=rating, summary="Yes.", explanation="Counted."
    )
    verdict = verdicts.submit(actor=author, claim=claim)
    note = Annotation.objects.create(
        version=article.current_version, start=0, end=3, exact="The", note="Which?", author=author
    )
    appearance = claim.appearances.get()
    change = FigureChange.objects.create(
        article=article, version=article.current_version, old=appearance.figures.get()
    )
    capture = captures.keep_upload(b"<p>87 percent</p>", file_name="page.html", content_type="text/html")
    intake = Intake.objects.create(
        via="file", status="failed", words="Broken.", batch=uuid4(), capture=capture
    )
    invitation = Invitation.objects.create(
        email="new@desk.example",
        role=author.role,
        token_hash="0" * 64,
        invited_by=author,
        expires_at=claim.created_at,
    )
    feed = Feed.objects.create(source=outlet, url="https://outlet.example/feed")
    item = feed.items.create(key="1", url="https://outlet.example/1", left_out="path")
    lookup = Lookup.objects.create()
    looked_up = lookup.rows.create(position=1, url="https://other.example/")
    token, _secret = make_token(actor=UserFactory(can="admin"), name="Wire", capabilities=["read"])
    return SimpleNamespace(**locals())


def arguments(name, route, world):
    """The path of an address, with the world's rows as its arguments."""
    by_name = {
        "claimant_pk": world.claimant.pk,
        "evidence_pk": world.evidence.pk,
        "figure_pk": world.appearance.figures.get().pk,
        "article": world.article.pk,
        "handle": "nobody",
        "batch": world.intake.batch,
        "other_pk": world.other.pk,
        "row_pk": world.looked_up.pk,
        "item_pk": world.item.pk,
    }
    pk = {
        "articles:move": world.appearance, "articles:reword": world.appearance,
        "articles:figure_seen": world.change,
        "articles:edit_note": world.note, "articles:remove_note": world.note,
        "verdicts:review": world.verdict,
        "sources:undo_merge": world.merge,
        "api:revoke": world.token,
        "accounts:resend": world.invitation, "accounts:withdraw": world.invitation,
    }  # fmt: skip
    part = name.split(":")[0]
    row = pk.get(
        name,
        {
            "articles": world.article,
            "accounts": world.author,
            "sources": world.outlet,
            "intake": world.intake,
            "feeds": world.lookup if "lookup" in name else world.feed,
        }.get(part, world.claim),
    )
    wanted = {
        piece.strip("<>").split(":")[-1].rstrip(">") for piece in route.split("/") if piece.startswith("<")
    }
    return reverse(name, kwargs={key: row.pk if key == "pk" else by_name[key] for key in wanted})


def ask(client, method, path):
    """The status of the answer, read to its end where it is streamed."""
    response = getattr(client, method)(path)
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def signed_in(role):
    client = Client()
    client.force_login(UserFactory(can=role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_address_says_who_may_use_it():
    assert set(ALL) == PUBLIC | FOR_PROGRAMS | set(OPEN_TO)


@pytest.mark.parametrize("name", sorted(set(ALL) - PUBLIC - FOR_PROGRAMS))
def test_a_stranger_is_sent_to_sign_in(name, world):
    path = arguments(name, ALL[name], world)
    for method in ("get", "post"):
        response = ask(Client(), method, path)
        assert (response.status_code, response.get("Location", "").split("?")[0]) in (
            (302, reverse("accounts:login")),
            (405, ""),
        ), method


@pytest.mark.parametrize("name", sorted(FOR_PROGRAMS))
def test_a_session_is_no_token(name, world):
    path = arguments(name, ALL[name], world)
    for client in (Client(), signed_in("admin")):
        for method in ("get", "post"):
            assert ask(client, method, path).status_code in (401, 405), method


@pytest.mark.parametrize("name", sorted(OPEN_TO))
def test_only_those_who_may_get_an_answer(name, world):
    path = arguments(name, ALL[name], world)
    for role in ROLES:
        for method in ("get", "post"):
            status = ask(signed_in(role), method, path).status_code
            if role in OPEN_TO[name]:
                assert status < 500, (role, method)
                assert name in BY_PERSON or status != 403, (role, method)
            else:
                assert status in (403, 405), (role, method)


@pytest.mark.parametrize(
    "name",
    sorted(
        n
        for n, route in ALL.items()
        if n.split(":")[0] in ("claims", "verdicts", "queue_detail") and "pk>" in route
    ),
)
def test_a_restricted_claim_is_not_there_for_who_is_not_named(name, world):
    Claim.objects.filter(pk=world.claim.pk).update(restricted=True)
    path = arguments(name, ALL[name], world)
    for method in ("get", "post"):
        assert ask(signed_in("reviewer"), method, path).status_code in (404, 405), method


def test_a_restricted_claim_shows_in_no_list_search_or_export(world):
    Claim.objects.filter(pk=world.claim.pk).update(restricted=True)
    client = signed_in("reviewer")
    for name in ("queue", "claims:list", "search", "reports:csv", "reports:jsonld"):
        for query in ("", "?q=territory", "?view=all", "?view=review"):
            response = client.get(reverse(name) + query)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert b"militia" not in body, (name, query)
    page = client.get(reverse("articles:show", args=[world.article.pk])).content.decode()
    assert f'data-claim="{world.claim.pk}"' not in page


@pytest.mark.parametrize("role", ROLES)
def test_only_admins_enter_the_admin(role, db):
    status = signed_in(role).get(reverse("admin:index")).status_code
    assert status == (200 if role == "admin" else 302)
