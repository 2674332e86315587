"""Failures that nobody needs to look at any more: set aside, brought back, and moot because the article came in."""

from datetime import timedelta
from uuid import uuid4

import pghistory.models
import pytest
from django.db import IntegrityError
from django.utils import timezone

from factcheck.articles.models import Article
from factcheck.desk import status
from factcheck.intake.models import Intake
from factcheck.intake.services import fetch_again, fetch_due_again, hand_in_url, retry
from tests.intake.conftest import PARAGRAPHS, page_of
from tests.support.hostile import Page

HTMX = {"HX-Request": "true"}
URL = "https://norland.example/a"


@pytest.fixture(autouse=True)
def unsent(monkeypatch):
    monkeypatch.setattr("factcheck.intake.services.queueing.send", lambda intakes: None)


@pytest.fixture
def desk(signed_in, editor):
    return signed_in(editor)


def failed(**fields):
    return Intake.objects.create(
        **{"via": "url", "url": URL, "status": "failed", "words": "No.", "attempts": 1, **fields}
    )


def do(client, intake, what, **how):
    return client.post(f"{intake.get_absolute_url()}{what}/", **how)


def counted(user):
    return status.coming_in(user)["failed"]


def listed(client, state):
    html = client.get("/intake/", {"state": state}).content.decode()
    return [intake.pk for intake in Intake.objects.order_by("pk") if f'id="intake-{intake.pk}"' in html]


def test_what_is_set_aside_waits_for_nobody_is_found_again_and_comes_back(desk, editor):
    intake, other = failed(), failed()
    response = do(desk, intake, "set-aside", data={"next": "/intake/?state=failed"})
    intake.refresh_from_db()
    assert response.url == "/intake/?state=failed"
    assert (intake.status, intake.set_aside_by) == ("failed", editor)
    assert (counted(editor), listed(desk, "failed")) == (1, [other.pk])
    assert listed(desk, "set_aside") == [intake.pk]
    assert "Bring back" in desk.get("/intake/").content.decode()
    do(desk, intake, "bring-back")
    assert (counted(editor), listed(desk, "set_aside")) == (2, [])


def test_both_ways_are_kept_with_who_went_them(desk, editor):
    intake = failed()
    do(desk, intake, "set-aside")
    do(desk, intake, "bring-back")
    events = pghistory.models.Events.objects.tracks(intake).order_by("pgh_created_at", "pgh_id")
    kept = [(event.pgh_context["action"], event.pgh_context["user"]) for event in events]
    assert kept == [("set aside intake", editor.pk), ("bring back intake", editor.pk)]


def test_by_htmx_the_row_takes_its_own_place_and_the_batch_its_numbers(desk):
    batch = uuid4()
    intake = failed(batch=batch)
    failed(batch=batch)
    response = do(desk, intake, "set-aside", data={"batch": str(batch)}, headers=HTMX)
    html = response.content.decode()
    assert f'id="intake-{intake.pk}" data-row="{intake.pk}" hx-swap-oob="true"' in html
    assert 'data-state="set_aside"' in html
    assert "0 came in, 1 failed, 1 set aside" in html
    again = do(desk, intake, "retry", data={"batch": str(batch)}, headers=HTMX).content.decode()
    assert "0 came in, 1 failed, 1 under way" in again


def test_a_second_click_changes_nothing(desk, signed_in, colleague, editor):
    intake = failed()
    do(desk, intake, "set-aside")
    assert "warn" not in do(signed_in(colleague), intake, "set-aside", headers=HTMX).headers["HX-Trigger"]
    intake.refresh_from_db()
    assert intake.set_aside_by == editor


@pytest.mark.parametrize("what", ["set-aside", "bring-back"])
def test_a_stale_page_leaves_alone_what_somebody_tries_again(desk, colleague, what):
    intake = failed(set_aside_at=timezone.now() if what == "bring-back" else None)
    retry(actor=colleague, intake=intake)
    response = do(desk, intake, what, headers=HTMX)
    assert "This is waiting; there is nothing to set aside." in response.headers["HX-Trigger"]
    assert 'data-state="queued"' in response.content.decode()
    intake.refresh_from_db()
    assert (intake.status, intake.set_aside_at) == ("queued", None)


def test_what_was_set_aside_is_tried_again_and_its_next_failure_waits(desk, editor):
    intake = failed(set_aside_at=timezone.now(), set_aside_by=editor)
    do(desk, intake, "retry")
    Intake.objects.filter(pk=intake.pk).update(status="failed", words="Still no.")
    assert counted(editor) == 1


def test_all_failed_of_a_list_are_set_aside_and_brought_back(desk, editor, colleague):
    mine, theirs = failed(asked_by=editor), failed(asked_by=colleague)
    moot = failed(asked_by=editor, set_aside_at=timezone.now() - timedelta(hours=1))
    running = failed(asked_by=editor, status="running")
    response = desk.post("/intake/set-aside/?state=failed&by=me&q=norland", follow=True)
    assert response.redirect_chain[0][0] == "/intake/?state=set_aside&by=me&q=norland"
    assert "1 was set aside." in response.content.decode()
    assert listed(desk, "set_aside") == [mine.pk, moot.pk]
    assert listed(desk, "failed") == [theirs.pk]
    assert listed(desk, "under_way") == [running.pk]
    response = desk.post("/intake/bring-back/?state=set_aside&by=me", follow=True)
    assert "1 is back." in response.content.decode()
    assert listed(desk, "failed") == [mine.pk, theirs.pk]


def test_all_failed_together_are_set_aside_and_brought_back(desk):
    batch = uuid4()
    failed(batch=batch), failed(batch=batch), failed()
    page = desk.post(f"/intake/set-aside/?batch={batch}", follow=True).content.decode()
    assert "0 came in, 0 failed, 2 set aside" in page
    assert "Bring back what was set aside" in page
    page = desk.post(f"/intake/bring-back/?batch={batch}", follow=True).content.decode()
    assert "0 came in, 2 failed" in page


def test_only_a_failure_can_be_set_aside_whoever_writes_it(db):
    with pytest.raises(IntegrityError, match="intake_set_aside_failed"):
        failed(status="queued", set_aside_at=timezone.now())


# --- Moot ----------------------------------------------------------------------------------------------------------


def test_a_failure_is_moot_when_its_address_comes_in_later(site, taken, editor):
    first = taken(hand_in_url(actor=editor, url=site.url("/story")))
    assert (first.status, counted(editor)) == ("failed", 1)
    site.pages["/story"] = page_of()
    second = taken(hand_in_url(actor=editor, url=site.url("/story?utm_source=mail")))
    first.refresh_from_db()
    assert second.status == "added"
    assert (first.article, first.set_aside_by, counted(editor)) == (second.article, None, 0)
    assert first.set_aside_at


def test_a_failure_is_moot_when_somebody_pastes_the_text(desk, editor):
    intake = failed(canonical_url=URL)
    desk.post("/articles/add/", {"medium": "news", "text": "\n\n".join(PARAGRAPHS), "url": URL})
    intake.refresh_from_db()
    assert intake.article == Article.objects.get()
    assert counted(editor) == 0
    page = desk.get(intake.get_absolute_url()).content.decode()
    assert "The desk has its article meanwhile." in page


def test_what_fails_after_its_text_was_pasted_is_here_already(desk, site, taken, editor):
    intake = hand_in_url(actor=editor, url=site.url("/none"))
    desk.post("/articles/add/", {"medium": "news", "text": "\n\n".join(PARAGRAPHS), "url": site.url("/none")})
    intake = taken(intake)
    assert (intake.status, intake.article) == ("known", Article.objects.get())


@pytest.fixture
def blocked(site, taken, editor):
    """An article that came in before its site refused the desk."""
    site.pages["/story"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/story"))).article
    site.pages["/story"] = Page(status=403)
    return article


def by_the_calendar(article):
    Article.objects.filter(pk=article.pk).update(next_fetch_at=timezone.now())
    fetch_due_again()
    return Intake.objects.latest("pk")


def test_what_the_calendar_looked_at_in_vain_waits_for_nobody_and_is_told_by_the_article(
    blocked, taken, editor, desk, site
):
    looks = [taken(by_the_calendar(blocked)) for _look in range(2)]

    assert [look.status for look in looks] == ["failed", "failed"]
    assert (counted(editor), listed(desk, "failed")) == (0, [])
    for page in (blocked.get_absolute_url(), f"{blocked.get_absolute_url()}original/"):
        html = desk.get(page).content.decode()
        assert "last look failed" in html
        assert looks[-1].words in html
    site.pages["/story"] = page_of()
    taken(by_the_calendar(blocked))
    assert "last look failed" not in desk.get(blocked.get_absolute_url()).content.decode()


def test_a_look_that_somebody_asked_for_too_waits_when_it_fails(blocked, taken, editor):
    look = by_the_calendar(blocked)
    fetch_again(actor=editor, article=blocked)

    assert (taken(look).status, counted(editor)) == ("failed", 1)


def test_a_failed_look_at_a_page_is_moot_after_one_that_succeeds(site, taken, editor):
    site.pages["/story"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/story"))).article
    site.pages["/story"] = b"<title>Sign in</title><form><input type=password></form>"
    look = taken(fetch_again(actor=editor, article=article))
    assert (look.status, counted(editor)) == ("failed", 1)
    site.pages["/story"] = page_of()
    assert taken(fetch_again(actor=editor, article=article)).status == "unchanged"
    assert counted(editor) == 0
