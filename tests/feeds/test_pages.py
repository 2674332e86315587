"""The pages of the feeds: the list, one feed, adding, changing and deleting it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factcheck.feeds import opml
from factcheck.feeds.models import Feed, FeedItem
from factcheck.feeds.reads import health_of
from factcheck.intake.models import Intake
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> \u202e🦊"


@pytest.fixture
def feed(outlet):
    return Feed.objects.create(
        source=outlet, url="https://herald.example/rss", title="Herald news", succeeded_at=timezone.now(),
        next_poll_at=timezone.now() + timedelta(minutes=20),
    )  # fmt: skip


def item(feed, number, **columns):
    url = f"https://herald.example/{columns.pop('path', 'news')}/{number}"
    return FeedItem.objects.create(
        feed=feed, key=f"{feed.pk}-{number}", url=url, title=f"Story {number}", **columns
    )


def path(name, *args):
    return reverse(f"feeds:{name}", args=args)


def page(browser, name, *args, **query):
    response = browser.get(path(name, *args), query)
    assert response.status_code == 200
    return response.content.decode()


def typed(feed=None, **more):
    of = (
        {"source": str(feed.source), "url": feed.url, "revision": feed.revision} if feed else {"revision": ""}
    )
    return {"every": "30", "include": "", "exclude": "", "extract": "on", "is_on": "on", **of, **more}


def test_the_list_says_how_each_feed_is(signed_in, viewer, feed):
    item(feed, 1)
    item(feed, 2, seen_at=timezone.now() - timedelta(days=3))
    Feed.objects.create(
        source=feed.source, url="https://herald.example/x", failures=4, words="The site is down."
    )

    text = page(signed_in(viewer), "list")

    assert "Herald news" in text
    assert "answers" in text
    assert "failing, 4 times in a row" in text
    assert "The site is down." in text
    assert '<td class="num" data-label="In a day">1</td>' in text
    assert path("add_many") not in text


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ({}, "good"),
        ({"is_on": False, "reason": "gone"}, "off"),
        ({"failures": 1}, "warn"),
        ({"failures": 3}, "bad"),
        ({"succeeded_at": None}, "new"),
        ({"next_poll_at": timezone.now() - timedelta(hours=1)}, "warn"),
        ({"changed_at": timezone.now() - timedelta(days=30)}, "quiet"),
    ],
)
def test_health_has_a_shape_and_words(feed, columns, key):
    for name, value in columns.items():
        setattr(feed, name, value)
    health = health_of(feed)
    assert health.key == key
    assert health.shape
    assert health.words


def test_a_feed_shows_what_became_of_its_items(signed_in, editor, viewer, feed):
    article = ArticleFactory(title="Militia loses ground")
    ClaimFactory(article=article)
    added = Intake.objects.create(via="feed", status="added", article=article)
    failed = Intake.objects.create(via="feed", status="failed", words="The page is gone.")
    item(feed, 1, intake=added)
    item(feed, 2, intake=failed)
    item(feed, 3, left_out="path")

    text = page(signed_in(editor), "show", feed.pk)
    assert article.get_absolute_url() in text
    assert "1 claim" in text
    assert "The page is gone." in text
    assert "not one of the paths" in text
    assert added.get_absolute_url() in text
    # Those who only read have no intake pages.
    assert added.get_absolute_url() not in page(signed_in(viewer), "show", feed.pk)


@pytest.mark.parametrize("why", ["path", "old"])
def test_an_item_that_was_left_out_is_added_with_a_click(signed_in, editor, viewer, feed, why):
    left = item(feed, 1, left_out=why)
    browser, add = signed_in(editor), path("add_item", feed.pk, left.pk)
    assert f'action="{add}?page=1"' in page(browser, "show", feed.pk)
    assert add not in page(signed_in(viewer), "show", feed.pk)
    assert signed_in(viewer).post(add).status_code == 403

    row = signed_in(editor).post(add, headers={"HX-Request": "true"}).content.decode()
    again = browser.post(f"{add}?page=1")

    intake = Intake.objects.get()
    assert (intake.via, intake.source, intake.asked_by) == ("feed", feed.source, editor)
    assert row.strip().startswith("<tr>")
    assert intake.get_absolute_url() in row
    assert again["Location"] == f"{feed.get_absolute_url()}?page=1"


def test_pages_cost_the_same_for_two_rows_as_for_twelve(signed_in, admin, outlet):
    browser = signed_in(admin)

    def queries(name, *args):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(browser, name, *args)
        return len(asked)

    def more(numbers):
        for n in numbers:
            feed = Feed.objects.create(source=SourceFactory(), url=f"https://s{n}.example/rss")
            item(feed, n)
            article = ArticleFactory()
            ClaimFactory(article=article)
            item(feeds, n, intake=Intake.objects.create(via="feed", status="added", article=article))

    feeds = Feed.objects.create(source=outlet, url="https://herald.example/rss")
    more(range(2))
    page(browser, "list")
    before = queries("list"), queries("show", feeds.pk), queries("edit", feeds.pk)
    more(range(2, 12))
    assert (queries("list"), queries("show", feeds.pk), queries("edit", feeds.pk)) == before


def test_an_admin_adds_a_feed_to_the_source_it_came_from(signed_in, admin, outlet):
    browser = signed_in(admin)
    assert "Norland Herald (outlet)" in page(browser, "add", source=outlet.pk)

    answer = browser.post(path("add"), typed(source="Norland Herald (outlet)", url="herald.example/rss"))

    feed = Feed.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, feed.get_absolute_url())
    assert (feed.source, feed.url, feed.every) == (outlet, "https://herald.example/rss", 30)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "javascript:alert(1)"},
        {"url": ""},
        {"source": "Nobody"},
        {"every": "0"},
        {"every": "9999999"},
        {"include": "politics"},
        {"exclude": "/ok\nnot ok"},
    ],
)
def test_what_is_wrong_is_told_at_its_field(signed_in, admin, outlet, wrong):
    data = typed(source="Norland Herald", url="https://herald.example/rss") | wrong
    answer = signed_in(admin).post(path("add"), data)
    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.context["form"].errors
    assert not Feed.objects.exists()


def test_a_feed_that_is_there_is_linked(signed_in, admin, feed):
    other = SourceFactory(name="Other")
    answer = signed_in(admin).post(path("add"), typed(source="Other", url=feed.url))
    assert answer.status_code == 409
    assert feed.get_absolute_url() in answer.content.decode()
    assert other.feeds.count() == 0


def test_a_stale_edit_shows_both_and_saving_again_is_a_choice(signed_in, admin, feed):
    browser = signed_in(admin)
    old = typed(feed, include="/politics/*")
    browser.post(path("edit", feed.pk), typed(feed, include="/world/*"))

    answer = browser.post(path("edit", feed.pk), old)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "/world/*" in text
    assert "/politics/*" in text
    again = typed(Feed.objects.get(), include="/politics/*", revision=answer.context["form"].data["revision"])
    assert browser.post(path("edit", feed.pk), again).status_code == 302
    assert Feed.objects.get().include == "/politics/*"


def test_the_preview_says_which_items_would_come_in(signed_in, admin, feed):
    item(feed, 1, path="politics")
    item(feed, 2, path="video")
    text = page(signed_in(admin), "preview", feed.pk, include="/politics/*\nnonsense", exclude="")
    assert (
        text.index('data-in="no"')
        < text.index("Story 2")
        < text.index('data-in="yes"')
        < text.index("Story 1")
    )
    assert "<html" not in text


def test_switching_and_asking(signed_in, admin, feed):
    browser = signed_in(admin)
    for _click in range(2):
        browser.post(path("switch", feed.pk), {"on": "0"})
        assert not Feed.objects.get().is_on
    answer = browser.post(path("ask", feed.pk), follow=True)
    assert "switched off" in answer.content.decode()
    browser.post(path("switch", feed.pk), {"on": "1"})
    Feed.objects.update(next_poll_at=timezone.now() + timedelta(days=1))
    browser.post(path("ask", feed.pk))
    assert Feed.objects.get().next_poll_at <= timezone.now()


def test_deleting_asks_first_and_twice_is_once(signed_in, admin, feed):
    browser = signed_in(admin)
    assert "Delete this feed?" in page(browser, "delete", feed.pk)
    assert Feed.objects.exists()
    for _click in range(2):
        assert browser.post(path("delete", feed.pk))["Location"] == path("list")
    assert not Feed.objects.exists()


def test_readers_see_no_buttons_and_may_not_change(signed_in, viewer, feed):
    browser = signed_in(viewer)
    text = page(browser, "show", feed.pk)
    assert "Ask now" not in text
    assert path("edit", feed.pk) not in text
    for name in ("ask", "switch", "delete", "edit"):
        assert browser.post(path(name, feed.pk)).status_code == 403
    assert Feed.objects.get().is_on


def test_a_source_shows_its_feeds_with_their_health(signed_in, admin, viewer, feed):
    def shown(user):
        return signed_in(user).get(reverse("sources:show", args=[feed.source.pk])).content.decode()

    assert "answers" in shown(viewer)
    assert f"{path('add')}?source={feed.source.pk}" in shown(admin)
    assert path("add") not in shown(viewer)


def test_opml_holds_every_feed(signed_in, viewer, feed):
    answer = signed_in(viewer).get(path("opml"))
    (site,) = opml.read(b"".join(answer.streaming_content), limit=10)
    assert (site.name, site.feeds) == ("Norland Herald", [feed.url])
    assert "attachment" in answer["Content-Disposition"]


def test_hostile_text_stays_text(signed_in, admin, feed):
    Feed.objects.filter(pk=feed.pk).update(title=HOSTILE, words=HOSTILE)
    FeedItem.objects.create(feed=feed, key="k", url="https://herald.example/1", title=HOSTILE)
    browser = signed_in(admin)
    for name, args in (("list", ()), ("show", (feed.pk,)), ("edit", (feed.pk,)), ("delete", (feed.pk,))):
        text = page(browser, name, *args)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text
