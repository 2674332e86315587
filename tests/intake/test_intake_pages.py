"""What came in, as a list, one by one and together: how far it is, what became of it, and trying again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.intake import services
from factcheck.intake.models import Intake
from factcheck.intake.services import hand_in_url, hand_in_urls
from tests.factories import ArticleFactory, SourceFactory, UserFactory
from tests.intake.conftest import page_of

LIST = "/intake/"
SITE = "https://norland.example"


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """The rows that were sent to the broker."""
    sent = []
    monkeypatch.setattr(
        "factcheck.intake.services.queueing.send",
        lambda intakes: sent.extend(intake.pk for intake in intakes),
    )
    return sent


@pytest.fixture
def desk(signed_in, editor):
    return signed_in(editor)


def made(**fields):
    words = {"words": "It did not work."} if fields.get("status") == "failed" else {}
    later = {"next_try_at": timezone.now() + timedelta(hours=1)} if fields.get("status") == "later" else {}
    return Intake.objects.create(
        **{"via": "url", "url": f"{SITE}/{uuid4().hex}", "attempts": 1, **words, **later, **fields}
    )


def shown(client, **query):
    html = client.get(LIST, query).content.decode()
    return [intake.pk for intake in Intake.objects.order_by("pk") if f'id="intake-{intake.pk}"' in html]


def test_a_row_says_what_became_of_it_and_leads_on(desk, editor):
    article = ArticleFactory(title="Militia <pushed> back")
    added = made(status="added", article=article, asked_by=editor)
    failed = made(
        status="failed", words="The page is only for people who are signed in.", url=f"{SITE}/a?b=1&c=2"
    )
    html = " ".join(desk.get(LIST).content.decode().split())
    assert f'<a class="intake-title" data-open href="{article.get_absolute_url()}"' in html
    assert "Militia &lt;pushed&gt; back" in html
    assert f'data-state="added" href="{added.get_absolute_url()}">added</a>' in html
    assert "address · Ada Byron" in html
    assert "The page is only for people who are signed in." in html
    assert f'href="/articles/add/?intake={failed.pk}"' in html
    assert html.index(f'id="intake-{failed.pk}"') < html.index(f'id="intake-{added.pk}"')


def test_the_filters_are_in_the_address(desk, editor, colleague):
    feed = made(via="feed", status="queued", asked_as="feed poll")
    mine = made(status="failed", asked_by=editor)
    theirs = made(status="added", asked_by=colleague, via="file", url="", file_name="Report.pdf")
    program = made(via="api", status="later")
    assert shown(desk) == [feed.pk, mine.pk, theirs.pk, program.pk]
    assert shown(desk, state="under_way") == [feed.pk, program.pk]
    assert shown(desk, state="failed") == [mine.pk]
    assert shown(desk, state="came_in") == [theirs.pk]
    assert shown(desk, by="me") == [mine.pk]
    assert shown(desk, by="feeds") == [feed.pk]
    assert shown(desk, by="programs") == [program.pk]
    assert shown(desk, by=str(colleague.pk)) == [theirs.pk]
    assert shown(desk, q="report") == [theirs.pk]
    assert shown(desk, q=feed.url[-12:]) == [feed.pk]


@pytest.mark.parametrize(
    "query", [{"state": "nonsense"}, {"by": "9" * 40}, {"by": "x' --"}, {"q": "\x00"}, {"page": "-1"}]
)
def test_a_filter_that_makes_no_sense_filters_nothing(desk, query):
    row = made(status="added")
    assert shown(desk, **query) == [row.pk]


def test_the_list_asks_the_database_as_often_for_many_rows_as_for_few(
    desk, django_assert_num_queries, editor
):
    def rows(number):
        for _ in range(number):
            made(status="failed", asked_by=UserFactory(), source=SourceFactory(), article=ArticleFactory())
            made(status="queued", asked_by=editor, given={"text": "long"})

    rows(1)
    desk.get(LIST)
    with django_assert_num_queries(6):
        desk.get(LIST)
    rows(6)
    with django_assert_num_queries(6):
        desk.get(LIST)


def test_the_list_does_not_read_the_texts_that_programs_posted(desk, django_assert_max_num_queries):
    made(status="queued", via="api", given={"text": "x" * 1000})
    with django_assert_max_num_queries(20) as asked:
        desk.get(LIST)
    assert not [query["sql"] for query in asked if '"intake_intake"."given",' in query["sql"]]


def test_an_empty_list_names_the_next_step(desk):
    assert "Add the first article" in desk.get(LIST).content.decode()
    assert "Show all" in desk.get(LIST, {"state": "failed"}).content.decode()


# --- One -----------------------------------------------------------------------------------------------------------


def ask(client, intake, **query):
    return client.get(f"{intake.get_absolute_url()}progress/", query, headers={"HX-Request": "true"})


def test_the_page_names_the_stage_and_asks_on(desk):
    intake = made(status="running", stage="reading", alive_at=timezone.now())
    html = desk.get(intake.get_absolute_url()).content.decode()
    assert '<li data-done>Fetching</li><li aria-current="step">Reading</li><li>Storing</li>' in html
    assert f'hx-get="{intake.get_absolute_url()}progress/?seen=running-reading-1-Reading"' in html
    assert 'hx-trigger="every 1s"' in html


def test_a_file_is_opened_where_a_page_is_fetched(desk):
    intake = made(
        status="running", stage="fetching", url="", file="uploads/x", digest="x", alive_at=timezone.now()
    )
    assert '<li aria-current="step">Opening</li>' in desk.get(intake.get_absolute_url()).content.decode()


def test_nothing_new_is_answered_with_nothing(desk):
    intake = made(status="running", stage="reading", alive_at=timezone.now())
    assert ask(desk, intake, seen="running-reading-1-Reading").status_code == 204
    response = ask(desk, intake, seen="running-fetching-1-Fetching")
    assert response.status_code == 200
    assert "Reading" in response.headers["HX-Trigger"]


def test_a_worker_that_fell_silent_is_told(desk):
    intake = made(status="running", stage="reading", alive_at=timezone.now() - timedelta(minutes=5))
    html = desk.get(intake.get_absolute_url()).content.decode()
    assert "Stalled: Reading" in html
    assert "tried again by itself" in html


def test_what_is_tried_later_says_when_and_why(desk):
    intake = made(status="later", words="The site took too long to answer.", attempts=2)
    html = desk.get(intake.get_absolute_url()).content.decode()
    assert f"Tried again at {timezone.localtime(intake.next_try_at):%H:%M}" in html
    assert "The site took too long to answer." in html
    assert "Try now" in html


def test_the_end_stops_the_asking_and_leads_to_the_article(desk):
    intake = made(status="added", article=ArticleFactory())
    response = ask(desk, intake, seen="running-storing-1-Storing")
    assert response.status_code == 286
    html = " ".join(response.content.decode().split())
    assert f'href="{intake.article.get_absolute_url()}" data-go' in html
    assert "hx-trigger" not in html
    # Opened later, the page stays: whoever opens it wants to see what happened.
    assert "data-go>" not in desk.get(intake.get_absolute_url()).content.decode()


def test_a_failure_says_why_and_what_to_do(desk):
    intake = made(status="failed", words="The <b>site</b> refuses.")
    html = desk.get(intake.get_absolute_url()).content.decode()
    assert "The &lt;b&gt;site&lt;/b&gt; refuses." in html
    assert f'href="/articles/add/?intake={intake.pk}"' in html
    assert "Try again" in html


def test_an_address_that_would_run_is_no_link(desk):
    intake = made(status="failed", url="javascript:alert(1)", attempts=0)
    assert 'href="javascript:' not in desk.get(intake.get_absolute_url()).content.decode()


# --- Together ------------------------------------------------------------------------------------------------------


def test_many_are_shown_in_their_order_with_their_numbers(desk):
    batch = uuid4()
    rows = [made(batch=batch, status=status) for status in ("added", "failed", "running", "queued")]
    html = desk.get(f"/intake/batch/{batch}/").content.decode()
    assert "2 of 4 done" in html
    assert "1 came in, 1 failed, 2 under way" in html
    places = [html.index(f'id="intake-{row.pk}"') for row in rows]
    assert places == sorted(places)
    assert f"&amp;batch={batch}&amp;told=2" in html


def test_a_batch_that_is_none_is_not_found(desk):
    assert desk.get(f"/intake/batch/{uuid4()}/").status_code == 404


def news(client, **query):
    return client.get("/intake/news/", query, headers={"HX-Request": "true"})


def test_only_rows_that_changed_come_as_news_each_for_its_own_place(desk):
    batch, long_ago = uuid4(), timezone.now() - timedelta(hours=1)
    old = made(batch=batch, status="running", queued_at=long_ago, alive_at=long_ago)
    new = made(batch=batch, status="added", queued_at=long_ago, alive_at=timezone.now())
    since = (timezone.now() - timedelta(seconds=1)).isoformat()
    response = news(desk, batch=str(batch), since=since, told="0")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'id="intake-{new.pk}" data-row="{new.pk}" hx-swap-oob="true"' in html
    assert f'id="intake-{old.pk}"' not in html
    assert "1 of 2 done" in html
    assert "1 of 2 done." in response.headers["HX-Trigger"]
    assert "HX-Trigger" not in news(desk, batch=str(batch), since=since, told="2").headers


def test_the_end_of_all_stops_the_asking_and_is_read_out(desk):
    batch = uuid4()
    made(batch=batch, status="added")
    made(batch=batch, status="failed")
    response = news(desk, batch=str(batch), told="3")
    assert response.status_code == 286
    assert "All done: 1 came in, 1 failed." in response.headers["HX-Trigger"]
    assert "hx-trigger" not in response.content.decode()


def test_what_is_under_way_elsewhere_is_not_counted_as_come_in(desk, editor):
    first = hand_in_urls(actor=editor, urls=[f"{SITE}/1", f"{SITE}/2"])
    batch = hand_in_urls(actor=editor, urls=[f"{SITE}/1", f"{SITE}/3"])
    Intake.objects.filter(status="queued").update(status="failed", words="No.")

    assert "0 came in, 2 failed" in desk.get(f"/intake/batch/{first}/").content.decode()
    html = desk.get(f"/intake/batch/{batch}/").content.decode()
    assert "0 came in, 1 failed, 1 handed in elsewhere" in html
    said = news(desk, batch=str(batch), told="3").headers["HX-Trigger"]
    assert "0 came in, 1 failed, 1 handed in elsewhere." in said
    assert shown(desk, state="came_in") == []


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"batch": "x"},
        {"pk": ["x", "9" * 30]},
        *(
            {"since": since}
            for since in ("x", "2026-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00")
        ),
    ],
)
def test_a_question_that_makes_no_sense_ends(desk, query):
    assert news(desk, **query).status_code == 286


# --- Again ---------------------------------------------------------------------------------------------------------


def test_what_failed_is_tried_again_and_one_stays_in_the_list(desk, sent, django_capture_on_commit_callbacks):
    intake = made(status="failed")
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(f"{intake.get_absolute_url()}retry/", {"next": "/intake/?state=failed"})
    intake.refresh_from_db()
    assert (response.url, intake.status, sent) == ("/intake/?state=failed", "queued", [intake.pk])


@pytest.mark.parametrize("back", ["", "https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_one_is_sent_back_only_to_a_page_of_the_desk(desk, back):
    intake = made(status="failed")
    assert desk.post(f"{intake.get_absolute_url()}retry/", {"next": back}).url == intake.get_absolute_url()


def test_by_htmx_the_row_takes_its_own_place_and_is_asked_after(desk):
    intake = made(status="failed")
    response = desk.post(f"{intake.get_absolute_url()}retry/", headers={"HX-Request": "true"})
    html = " ".join(response.content.decode().split())
    assert f'id="intake-{intake.pk}" data-row="{intake.pk}" hx-swap-oob="true"' in html
    assert 'id="news" hx-swap-oob="true" hx-get="/intake/news/' in html
    assert "waiting" in html


def test_a_retry_of_what_came_in_meanwhile_says_so_and_changes_nothing(desk):
    intake = made(status="added", article=ArticleFactory())
    response = desk.post(f"{intake.get_absolute_url()}retry/", follow=True)
    assert "This is added; nothing needs to be tried again." in response.content.decode()
    response = desk.post(f"{intake.get_absolute_url()}retry/", headers={"HX-Request": "true"})
    assert "nothing needs to be tried again" in response.headers["HX-Trigger"]
    intake.refresh_from_db()
    assert intake.status == "added"


def test_what_was_not_kept_has_no_way_to_be_tried(desk, editor):
    intake = hand_in_url(actor=editor, url="nonsense")
    assert "Try again" not in desk.get(intake.get_absolute_url()).content.decode()
    response = desk.post(f"{intake.get_absolute_url()}retry/", follow=True)
    assert "Hand it in once more" in response.content.decode()


def test_what_could_not_be_read_is_fetched_anew(desk, site, taken, editor):
    site.pages["/story"] = b"<title>Sign in</title><form><input type=password></form>"
    intake = taken(hand_in_url(actor=editor, url=site.url("/story")))
    assert intake.status == "failed"
    site.pages["/story"] = page_of()
    desk.post(f"{intake.get_absolute_url()}retry/")
    assert taken(intake).status == "added"


def test_all_that_failed_in_a_list_is_tried_again(desk, editor, colleague):
    mine, kept_out = (
        made(status="failed", asked_by=editor),
        made(status="failed", asked_by=editor, attempts=0),
    )
    theirs = made(status="failed", asked_by=colleague)
    response = desk.post("/intake/retry/?state=failed&by=me&q=norland", follow=True)
    assert response.redirect_chain[0][0] == "/intake/?state=under_way&by=me&q=norland"
    assert "1 is tried again." in response.content.decode()
    states = dict(Intake.objects.values_list("pk", "status"))
    assert states == {mine.pk: "queued", kept_out.pk: "failed", theirs.pk: "failed"}


def test_what_is_too_many_to_be_tried_again_at_once_is_told(desk, monkeypatch):
    monkeypatch.setattr(services, "MANY", 3)
    for _row in range(5):
        made(status="failed")
    again = [desk.post("/intake/retry/?state=failed", follow=True).content.decode() for _click in range(2)]
    assert "3 are tried again, 2 are left." in again[0]
    assert "2 are tried again." in again[1]


def test_all_that_failed_together_is_tried_again(desk):
    batch = uuid4()
    failed, other = made(status="failed", batch=batch), made(status="failed")
    assert desk.post(f"/intake/retry/?batch={batch}").url == f"/intake/batch/{batch}/"
    assert dict(Intake.objects.values_list("pk", "status")) == {failed.pk: "queued", other.pk: "failed"}


def test_a_viewer_sees_and_tries_nothing(signed_in, viewer):
    intake = made(status="failed", batch=uuid4())
    client = signed_in(viewer)
    for path in (LIST, intake.get_absolute_url(), f"/intake/batch/{intake.batch}/", "/intake/news/"):
        assert client.get(path).status_code == 403
    for path in (f"{intake.get_absolute_url()}retry/", "/intake/retry/"):
        assert client.post(path).status_code == 403
    assert 'href="/intake/"' not in client.get("/articles/").content.decode()


def test_an_outsider_is_sent_to_sign_in(client, db):
    assert client.get(LIST).url.startswith("/people/")


def test_texts_without_an_address_are_listed_by_their_titles_in_one_question(
    desk, django_assert_max_num_queries
):
    made(url="", given={"title": "Text 0", "text": "Half of the wells."})
    with CaptureQueriesContext(connection) as few:
        desk.get("/intake/")
    for number in range(1, 6):
        made(url="", given={"title": f"Text {number}", "text": "Half of the wells."})

    with django_assert_max_num_queries(len(few)):
        html = desk.get("/intake/").content.decode()

    assert all(f"Text {number}" in html for number in range(6))
