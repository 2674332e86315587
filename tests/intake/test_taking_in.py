"""What becomes of an address, a file or a text that was handed in."""

import signal
from datetime import timedelta
from types import SimpleNamespace

import pytest
from billiard.pool import soft_timeout_sighandler
from django.apps import apps
from django.utils import timezone

from factcheck.articles.models import Article
from factcheck.articles.services import edit_article
from factcheck.desk import status
from factcheck.desk.errors import NotAllowed, Refused
from factcheck.intake import captures
from factcheck.intake.models import Intake
from factcheck.intake.services import (
    fetch_again,
    fetch_due_again,
    hand_in_file,
    hand_in_text,
    hand_in_url,
    hand_in_urls,
    retry,
    sweep_intakes,
)
from tests.factories import SourceFactory, UserFactory
from tests.intake.conftest import PARAGRAPHS, page_of
from tests.reading import documents
from tests.support.hostile import HostileSite, Page

pytestmark = pytest.mark.django_db


def test_a_page_becomes_an_article_with_what_it_says_of_itself(site, editor, taken):
    site.pages["/militia"] = page_of()

    intake = taken(hand_in_url(actor=editor, url=site.url("/militia?utm_source=x")))

    assert (intake.status, intake.words) == ("added", "")
    article = intake.article
    assert (article.title, article.bylines, str(article.published_on), article.language) == (
        "Militia loses most of its territory", ["Ada Byron"], "2026-03-02", "en",
    )  # fmt: skip
    assert article.current_version.text == "\n\n".join(PARAGRAPHS)
    assert article.corrected == []
    assert article.current_version.runs.count() == 1


def test_a_page_with_a_time_without_a_zone_comes_in_and_is_looked_at_again(site, editor, taken):
    site.pages["/militia"] = page_of().replace(b"+00:00", b"")

    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article

    assert str(article.published_on) == "2026-03-02"
    assert taken(fetch_again(actor=editor, article=article)).status == "unchanged"


def test_what_was_fetched_is_kept_as_it_was(site, editor, taken):
    site.pages["/militia"] = page_of()

    intake = taken(hand_in_url(actor=editor, url=site.url("/militia")))

    capture = intake.article.captures.get()
    assert captures.bytes_of(capture) == page_of()
    assert (capture.status, capture.version) == (200, intake.article.current_version)
    assert ["Content-Type", "text/html; charset=utf-8"] in [[n.title(), v] for n, v in capture.headers]


def test_the_outlet_is_the_one_that_the_page_names(site, editor, taken):
    outlet = SourceFactory(name="Norland Herald")
    site.pages["/militia"] = page_of()

    intake = taken(hand_in_url(actor=editor, url=site.url("/militia")))

    assert intake.article.carried_by == outlet


def test_the_outlet_of_a_short_link_is_the_one_that_it_leads_to(site, editor, taken, settings):
    shortener, herald = SourceFactory(), SourceFactory()
    shortener.domains.create(domain="127.0.0.1")
    herald.domains.create(domain="127.0.0.2")
    with HostileSite("127.0.0.2") as other:
        settings.FETCH_PORTS = [site.port, other.port]
        other.pages |= {"/story": page_of(), "/other": page_of(PARAGRAPHS[0] * 2, title="Another")}
        known = taken(hand_in_url(actor=editor, url=site.url(f"/redirect?to={other.url('/story')}")))
        herald.domains.all().delete()
        unknown = taken(hand_in_url(actor=editor, url=site.url(f"/redirect?to={other.url('/other')}")))

    assert (known.article.carried_by, unknown.article.carried_by) == (herald, None)


@pytest.fixture
def others(site):
    """A source with a site that robots.txt closes in part, and one that is to be asked in spite of robots.txt."""
    site.robots = "User-agent: *\nDisallow: /closed/\n"
    site.pages |= {"/story": page_of(), "/closed/story": page_of(PARAGRAPHS[0] * 2, title="Another")}
    herald, planet = SourceFactory(), SourceFactory(obeys_robots=False)
    herald.domains.create(domain="127.0.0.1")
    return SimpleNamespace(herald=herald, planet=planet)


def test_a_feed_has_no_say_over_the_site_of_another_outlet(site, others, editor, taken):
    def brought(path):
        return taken(hand_in_url(actor=editor, url=site.url(path), via="feed", source=others.planet))

    assert brought("/story").article.carried_by == others.herald
    assert brought("/closed/story").reason == "robots"

    others.herald.domains.all().delete()
    article = brought("/closed/story").article
    assert article.carried_by == others.planet
    assert taken(fetch_again(actor=editor, article=article)).status == "unchanged"


def test_a_persons_word_counts_for_the_outlet_and_not_for_robots(site, others, editor, taken):
    def brought(path):
        return taken(hand_in_url(actor=editor, url=site.url(path), via="api", source=others.planet))

    assert brought("/story").article.carried_by == others.planet
    assert brought("/closed/story").reason == "robots"


def test_what_a_person_hands_in_for_an_item_of_a_feed_is_no_more_the_feeds(site, others, editor, taken):
    site.pages["/story"] = Page(status=503)
    taken(hand_in_url(actor=editor, url=site.url("/story"), via="feed", source=others.planet))

    pasted = hand_in_text(actor=editor, text="\n\n".join(PARAGRAPHS), url=site.url("/story"), via="api")

    assert taken(pasted).article.carried_by == others.herald


def test_the_outlet_of_a_saved_page_is_the_one_of_the_address_in_it(site, editor, taken):
    herald = SourceFactory()
    herald.domains.create(domain="herald.example")
    page = page_of(head='<link rel="canonical" href="https://news.herald.example/story">')

    intake = taken(hand_in_file(actor=editor, body=page, file_name="page.html"))

    assert intake.article.carried_by == herald


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/status/404", "not_found"),
        ("/status/410", "gone"),
        ("/status/401", "login"),
        ("/status/403", "forbidden"),
        ("/type?is=image/png", "wrong_type"),
        ("/bomb?mb=200", "too_big"),
        ("/loop", "too_many_redirects"),
        ("/redirect?to=http://10.0.0.1:{port}/", "forbidden_address"),
        ("/redirect?to=file:///etc/passwd", "bad_address"),
    ],
)
def test_what_cannot_be_fetched_ends_with_its_reason(site, editor, taken, path, reason):
    intake = taken(hand_in_url(actor=editor, url=site.url(path.format(port=site.port))))

    assert (intake.status, intake.reason) == ("failed", reason)
    assert intake.words
    assert not Article.objects.exists()


def test_what_may_pass_is_tried_again_later(site, editor, taken):
    site.pages["/militia"] = page_of()
    intake = taken(hand_in_url(actor=editor, url=site.url("/status/500")))

    assert (intake.status, intake.reason) == ("later", "server_error")
    assert intake.next_try_at > timezone.now()
    assert taken(intake).attempts == 1  # not before its time


def test_what_waits_for_long_is_sent_when_its_time_has_come(site, editor, taken, monkeypatch):
    sent = []
    message = "factcheck.intake.services.sending.message"
    monkeypatch.setattr(message, lambda row, **_more: sent.append(row.pk) or True)
    monkeypatch.setattr("factcheck.intake.services.sending.room_for", lambda rows, **_more: rows)
    site.pages["/militia"] = Page(status=503, headers={"Retry-After": "3600"})
    intake = taken(hand_in_url(actor=editor, url=site.url("/militia")))
    Intake.objects.filter(pk=intake.pk).update(sent_at=timezone.now() - timedelta(hours=1))

    assert sweep_intakes() == 0
    Intake.objects.filter(pk=intake.pk).update(next_try_at=timezone.now())
    assert sweep_intakes() == 1
    assert sent == [intake.pk]


def test_after_the_last_try_it_failed(site, editor, taken, settings):
    settings.INTAKE_MAX_ATTEMPTS = 2
    intake = taken(hand_in_url(actor=editor, url=site.url("/status/500")))
    Intake.objects.filter(pk=intake.pk).update(next_try_at=timezone.now())

    intake = taken(intake)

    assert (intake.status, intake.reason) == ("failed", "server_error")
    assert "2" in intake.words


def test_what_failed_can_be_tried_again_by_hand(site, editor, taken):
    intake = taken(hand_in_url(actor=editor, url=site.url("/late")))
    site.pages["/late"] = page_of()

    again = taken(retry(actor=editor, intake=intake))

    assert (again.pk, again.status) == (intake.pk, "added")
    with pytest.raises(Refused):
        retry(actor=editor, intake=again)


def test_what_is_no_address_is_on_the_list_with_its_reason(editor):
    intake = hand_in_url(actor=editor, url="javascript:alert(1)")

    assert (intake.status, intake.reason) == ("failed", "bad_address")


def test_many_addresses_are_one_batch_each_once(site, editor):
    batch = hand_in_urls(actor=editor, urls=[site.url("/a"), site.url("/b"), site.url("/a"), ""])

    assert Intake.objects.filter(batch=batch).count() == 2
    with pytest.raises(Refused):
        hand_in_urls(actor=editor, urls=["", " "])


def test_a_text_that_a_program_posts_becomes_an_article_and_is_not_kept_twice(editor, taken):
    intake = taken(
        hand_in_text(
            actor=editor,
            text="\n\n".join(PARAGRAPHS),
            via="api",
            given={"title": "Militia", "published": "2026-03-01"},
        )
    )

    assert (intake.article.title, str(intake.article.published_on)) == ("Militia", "2026-03-01")
    assert intake.article.corrected == ["published_on", "title"]
    assert "text" not in intake.given


def test_a_worker_that_died_after_fetching_does_not_fetch_again(
    site, editor, taken, monkeypatch, empty_queues
):
    site.pages["/militia"] = page_of()
    intake = hand_in_url(actor=editor, url=site.url("/militia"))

    def die(*_args, **_more):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr("factcheck.intake.services.taking._read", die)
        with pytest.raises(SystemExit):
            taken(intake)
    asked = len(site.requests)
    Intake.objects.filter(pk=intake.pk).update(
        sent_at=timezone.now() - timedelta(minutes=5), alive_at=timezone.now() - timedelta(minutes=5)
    )
    sent = []
    monkeypatch.setattr(
        "factcheck.intake.services.sending.message", lambda row, **_more: sent.append(row) or True
    )
    # What other tests left in the broker is not to be counted.
    monkeypatch.setattr("factcheck.intake.services.sending.room_for", lambda rows, **_more: rows)

    assert sweep_intakes() == 1
    intake = taken(sent[0])

    assert intake.status == "added"
    assert len(site.requests) == asked


def test_a_correction_survives_fetching_again(site, editor, taken):
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    edit_article(actor=editor, article=article, revision=article.revision, title="What I call it")
    site.pages["/militia"] = page_of(title="A new headline", date="2026-03-03")

    intake = taken(fetch_again(actor=editor, article=article))

    article.refresh_from_db()
    assert intake.status == "unchanged"
    assert (article.title, str(article.published_on)) == ("What I call it", "2026-03-03")


def test_a_changed_text_is_a_new_version(site, editor, taken):
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    site.pages["/militia"] = page_of(PARAGRAPHS[0].replace("87", "78"), *PARAGRAPHS[1:])

    intake = taken(fetch_again(actor=editor, article=article))

    article.refresh_from_db()
    assert intake.status == "updated"
    assert (article.current_version.number, article.versions.count()) == (2, 2)
    assert "78 percent" in article.current_version.text


def test_a_page_that_is_gone_leaves_what_the_desk_has(site, editor, taken):
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    del site.pages["/militia"]

    intake = taken(fetch_again(actor=editor, article=article))

    article.refresh_from_db()
    assert (intake.status, intake.article) == ("gone", article)
    assert article.gone_at is not None
    assert captures.bytes_of(article.captures.get()) == page_of()


def test_a_page_that_is_gone_is_an_outcome_and_no_failure_to_try_again(site, editor, taken, signed_in):
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    site.pages["/militia"] = Page(status=410)

    intake = taken(fetch_again(actor=editor, article=article))

    assert status.coming_in(editor)["failed"] == 0
    with pytest.raises(Refused):
        retry(actor=editor, intake=intake)
    page = signed_in(editor).get(intake.get_absolute_url()).content.decode()
    assert "page gone" in page
    assert "Try again" not in page
    assert taken(fetch_again(actor=editor, article=article)).status == "gone"


def test_a_viewer_may_hand_in_nothing():
    with pytest.raises(NotAllowed):
        hand_in_url(actor=UserFactory(can="viewer"), url="https://herald.example/a")


def test_after_a_look_that_found_nothing_the_next_one_comes(site, editor, taken, settings):
    settings.REFETCH_HOURS = [6, 24]
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    Article.objects.filter(pk=article.pk).update(
        added_at=timezone.now() - timedelta(hours=7), next_fetch_at=timezone.now() - timedelta(hours=1)
    )
    del site.pages["/militia"]

    assert fetch_due_again() == 1
    assert taken(Intake.objects.under_way().get()).status == "gone"

    article.refresh_from_db()
    assert article.next_fetch_at == article.added_at + timedelta(hours=24)


def test_that_a_page_went_and_came_back_is_in_the_audit_trail_by_whom(site, editor, taken):
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    del site.pages["/militia"]
    taken(fetch_again(actor=editor, article=article))
    site.pages["/militia"] = page_of()
    taken(fetch_again(actor=editor, article=article))

    events = apps.get_model("articles", "ArticleEvent").objects.filter(pgh_obj_id=article.pk)
    done = [event.pgh_context.metadata["action"] for event in events.order_by("pgh_id")]
    assert done[-2:] == ["page gone", "page there"]


@pytest.mark.parametrize("hand_in", [hand_in_file, hand_in_text])
def test_what_a_database_cannot_hold_is_left_out(editor, hand_in):
    what = {"text": "a\x00b\ud800"} if hand_in is hand_in_text else {"body": b"x", "file_name": "a.txt"}
    given = {"title": "Mil\x00itia", "bylines": ["Ada\ud800"]}

    intake = hand_in(actor=editor, url="https://herald.example/\x00a", via="api", given=given, **what)

    intake.refresh_from_db()
    assert (intake.url, intake.given["title"], intake.given["bylines"]) == (
        "https://herald.example/a", "Militia", ["Ada?"],
    )  # fmt: skip


def test_an_outlet_that_the_desk_learns_of_later_is_found_when_the_page_is_fetched_again(site, editor, taken):
    site.pages["/militia"] = page_of()
    article = taken(hand_in_url(actor=editor, url=site.url("/militia"))).article
    assert article.carried_by is None
    outlet = SourceFactory(name="Norland Herald")

    taken(fetch_again(actor=editor, article=article))

    article.refresh_from_db()
    assert article.carried_by == outlet


@pytest.fixture
def in_pool():
    """As in a worker's pool process, which a signal tells that the soft time limit is over."""
    before = signal.signal(signal.SIGUSR1, soft_timeout_sighandler)
    yield
    assert signal.signal(signal.SIGUSR1, before) is soft_timeout_sighandler


def out_of_time(*_args, **_more):
    signal.raise_signal(signal.SIGUSR1)


@pytest.mark.parametrize(
    ("inside", "file_name"),
    [
        ("factcheck.reading.page.parse", "page.html"),
        ("trafilatura.core.convert_tags", "page.html"),
        ("factcheck.reading.metadata.find_date", "undated.html"),
        ("factcheck.reading.files.charsets.decode", "notes.txt"),
        ("pypdf.PageObject.extract_text", "report.pdf"),
        ("docx.Document", "report.docx"),
    ],
)
def test_what_takes_too_long_to_read_is_not_called_damaged(
    site, editor, taken, in_pool, monkeypatch, inside, file_name
):
    bodies = {
        "page.html": page_of(),
        "undated.html": page_of().replace(b"published_time", b"other"),
        "notes.txt": "\n\n".join(PARAGRAPHS).encode(),
        "report.pdf": documents.pdf([PARAGRAPHS]),
        "report.docx": documents.word(PARAGRAPHS),
    }
    monkeypatch.setattr(inside, out_of_time)

    intake = taken(hand_in_file(actor=editor, body=bodies[file_name], file_name=file_name))

    assert (intake.status, intake.reason) == ("failed", "too_long")
