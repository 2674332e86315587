"""Twenty sources in ten minutes: the page that takes homepages, the table that fills, and adding from it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.feeds.models import Feed, Lookup, LookupRow
from factcheck.sources.models import NotTheSame, Source, SourceDomain
from tests.factories import ArticleFactory, SourceFactory
from tests.feeds.test_lookups import OPML, found

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def lookup(admin):
    return Lookup.objects.create(asked_by=admin)


@pytest.fixture
def browser(signed_in, admin):
    return signed_in(admin)


def path(name, *args):
    return reverse(f"feeds:{name}", args=args)


def shown(browser, lookup, **query):
    response = browser.get(path("lookup", lookup.pk), query)
    assert response.status_code == 200
    return response.content.decode()


def row_of(text, row):
    return text.partition(f'id="row-{row.pk}"')[2].partition("</tr>")[0]


def test_pasted_homepages_become_rows_in_their_order(browser):
    lines = "herald.example\nhttps://wire.example/\n"
    answers = [browser.post(path("add_many"), {"homepages": lines}) for _click in range(2)]

    lookup = Lookup.objects.get()
    assert {answer["Location"] for answer in answers} == {lookup.get_absolute_url()}
    assert list(lookup.rows.values_list("url", flat=True)) == [
        "https://herald.example",
        "https://wire.example/",
    ]
    assert 'hx-trigger="every 2s"' in shown(browser, lookup)


def test_opml_is_taken_pasted_or_as_a_file(browser):
    browser.post(path("add_many"), {"homepages": OPML})
    browser.post(path("add_many"), {"file": SimpleUploadedFile("feeds.opml", OPML.encode())})
    for lookup in Lookup.objects.all():
        assert lookup.rows.get(position=2).listed == ["https://feeds.wire.example/all.xml"]


@pytest.mark.parametrize(
    "data",
    [
        {"homepages": ""},
        {"homepages": "what is this"},
        {"homepages": "<opml><body>"},
        {"homepages": "a.example", "file": SimpleUploadedFile("a.opml", OPML.encode())},
        {"file": SimpleUploadedFile("a.opml", b"\x00\x01")},
    ],
)
def test_what_cannot_be_read_is_told_and_kept(browser, data):
    answer = browser.post(path("add_many"), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Lookup.objects.exists()


def test_a_found_row_offers_name_feeds_and_what_the_desk_has(browser, lookup):
    feeds = [
        {"url": f"https://s1.example/{n}", "kind": "rss", "title": f"Feed {n}", "last_at": "2026-11-20T10:00:00+00:00",
         "headlines": ["<b>One</b>", "Two"]}
        for n in (1, 2)
    ]  # fmt: skip
    row = found(lookup, 1, feeds=feeds, paywall=True, name="The Norland Herald")
    SourceFactory(name="Norland Herald")

    text = row_of(shown(browser, lookup), row)

    assert 'value="The Norland Herald"' in text
    assert text.count(f'name="feed-{row.pk}"') == 2
    assert text.count(" checked") == 1
    assert "&lt;b&gt;One" in text
    assert "yes" in text
    assert "Not the same" in text
    assert 'type="checkbox"' in text


def test_all_feeds_that_a_list_names_are_ticked_as_far_as_they_were_read(browser, lookup):
    feeds = [
        {"url": f"https://s1.example/{n}", "was": "", "kind": "rss", "title": "", "last_at": None, "headlines": [], "words": ""}
        for n in range(4)
    ]  # fmt: skip
    feeds[3] |= {"kind": "", "words": "The site has no feed at this address."}
    feeds[2] |= {"was": "https://s1.example/old"}
    Feed.objects.create(source=SourceFactory(name="The Other"), url="https://s1.example/old")
    row = found(lookup, 1, feeds=feeds, listed=[feed["url"] for feed in feeds])

    text = row_of(shown(browser, lookup), row)

    assert [f'value="https://s1.example/{n}" checked' in text for n in range(4)] == [True, True, False, False]
    assert "followed already for The Other" in text
    assert "The site has no feed at this address." in text
    assert "Try again" in text

    browser.post(
        path("lookup_add", lookup.pk), data_of(row) | {f"feed-{row.pk}": [feeds[0]["url"], feeds[3]["url"]]}
    )
    assert Feed.objects.filter(source__name="Outlet 1").count() == 2


def test_a_site_that_is_here_with_its_feed_offers_nothing(browser, lookup):
    herald = SourceFactory(name="Herald")
    SourceDomain.objects.create(source=herald, domain="s1.example")
    row = found(lookup, 1)
    text = row_of(shown(browser, lookup), row)
    assert "already here" in text
    assert 'name="row"' in text
    assert f'name="name-{row.pk}"' not in text

    Feed.objects.create(source=herald, url="https://s1.example/rss")
    text = row_of(shown(browser, lookup), row)
    assert "already here" in text
    assert 'type="checkbox"' not in text


def test_only_rows_that_changed_are_sent_and_none_that_somebody_types_into(browser, lookup):
    waiting = LookupRow.objects.create(lookup=lookup, position=1, url="https://a.example/")
    looking = LookupRow.objects.create(lookup=lookup, position=2, url="https://b.example/", status="running")
    done = found(lookup, 3)
    assert done.stamp not in shown(browser, lookup)

    seen = {"seen": [waiting.stamp, looking.stamp]}
    assert browser.get(path("lookup_news", lookup.pk), seen).status_code == 204

    LookupRow.objects.filter(pk=looking.pk).update(status="found", name="B", domain="b.example")
    answer = browser.get(path("lookup_news", lookup.pk), seen)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="row-{looking.pk}"' in text
    assert f'id="row-{waiting.pk}"' not in text
    assert f'id="row-{done.pk}"' not in text

    LookupRow.objects.filter(pk=waiting.pk).update(status="failed", words="No site of this name.")
    answer = browser.get(path("lookup_news", lookup.pk), {"seen": [waiting.stamp]})
    assert answer.status_code == 286
    assert "No site of this name." in answer.content.decode()
    assert "hx-get" not in answer.content.decode().partition("<template>")[0]


def test_the_table_costs_the_same_for_two_rows_as_for_twelve(browser, lookup):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            shown(browser, lookup)
        return len(asked)

    for number in range(1, 3):
        found(lookup, number)
        SourceFactory(name=f"Outlet {number}")
    shown(browser, lookup)
    before = queries()
    for number in range(3, 13):
        found(lookup, number)
        Feed.objects.create(
            source=SourceFactory(name=f"Outlet {number}"), url=f"https://s{number}.example/rss"
        )
    assert queries() == before


def data_of(*rows, **more):
    data = {"row": [row.pk for row in rows]}
    for row in rows:
        data |= {f"name-{row.pk}": row.name, f"feed-{row.pk}": row.feeds[0]["url"]}
    return data | more


def test_adding_from_the_table_twice_adds_once(browser, lookup):
    one, two, three = (found(lookup, n) for n in (1, 2, 3))
    data = data_of(one, two, **{f"name-{one.pk}": " The  Herald "})
    for _click in range(2):
        assert browser.post(path("lookup_add", lookup.pk), data)["Location"] == lookup.get_absolute_url()
    assert set(Source.objects.values_list("name", flat=True)) == {"The Herald", "Outlet 2"}
    text = shown(browser, lookup)
    assert "added" in row_of(text, one)
    assert 'type="checkbox"' in row_of(text, three)


def test_what_came_in_from_added_sites_before_is_linked_to_them(browser, lookup):
    row = found(lookup, 1)
    article = ArticleFactory(url=f"https://{row.domain}/early", carried_by=None)
    answer = browser.post(path("lookup_add", lookup.pk), data_of(row), follow=True)
    article.refresh_from_db()
    assert article.carried_by.name == row.name
    assert "1 was added. 1 article that came in earlier has its outlet now." in answer.content.decode()


def test_a_refused_row_stays_ticked_with_its_name_and_the_reason(browser, lookup):
    SourceFactory(name="Taken")
    one, two = found(lookup, 1), found(lookup, 2)
    answer = browser.post(
        path("lookup_add", lookup.pk), data_of(one, two, **{f"name-{one.pk}": "Taken"}), follow=True
    )
    text = row_of(answer.content.decode(), one)
    assert 'value="Taken"' in text
    assert "is taken" in text
    assert " checked" in text
    assert Source.objects.filter(name="Outlet 2").exists()


def test_names_that_were_corrected_stay_whatever_is_pressed(browser, lookup):
    one, two = found(lookup, 1), found(lookup, 2, status="failed", feeds=[], words="Down.")
    browser.post(path("lookup_add", lookup.pk), {f"name-{one.pk}": "Corrected"})
    assert 'value="Corrected"' in shown(browser, lookup)
    browser.post(path("lookup_retry", lookup.pk, two.pk), {f"name-{one.pk}": "Once more", "name-x": "y"})
    assert 'value="Once more"' in shown(browser, lookup)


def test_without_javascript_a_table_that_fills_is_looked_at_again_with_what_was_typed_and_ticked(
    browser, lookup
):
    one, two = found(lookup, 1), found(lookup, 2)
    LookupRow.objects.create(lookup=lookup, position=3, url="https://a.example/")
    look = path("lookup_look", lookup.pk)
    page = shown(browser, lookup)
    assert 'http-equiv="refresh"' not in page
    assert f'formaction="{look}"' in page

    answer = browser.post(look, {"row": two.pk, f"name-{one.pk}": "Corrected"}, follow=True)

    text = answer.content.decode()
    assert 'value="Corrected"' in row_of(text, one)
    ticked = [f'name="row" value="{row.pk}" checked' in text for row in (one, two)]
    assert ticked == [False, True]
    assert not Source.objects.exists()


def test_nothing_ticked_is_told(browser, lookup):
    found(lookup, 1)
    answer = browser.post(path("lookup_add", lookup.pk), {"row": ["x", "99999999999999999999"]}, follow=True)
    assert "No row is ticked." in answer.content.decode()


def test_not_the_same_is_remembered_with_the_name_that_was_typed(browser, lookup):
    herald, row = SourceFactory(name="Norland Herald"), found(lookup, 1, name="Norland Heralds")
    where = path("lookup_apart", lookup.pk, row.pk, herald.pk)

    answer = browser.post(where, {f"name-{row.pk}": "Norland Herold"}, **HTMX)

    text = answer.content.decode()
    assert 'value="Norland Herold"' in text
    assert "Not the same" not in text
    assert NotTheSame.objects.filter(source=herald, other="Norland Herold").exists()
    assert "Not the same" not in shown(browser, lookup)


def test_trying_again_puts_the_row_in_its_place_and_asks_on(browser, lookup):
    row = found(lookup, 1, status="failed", feeds=[], words="The site is down.")
    answer = browser.post(path("lookup_retry", lookup.pk, row.pk), **HTMX)
    text = answer.content.decode()
    assert f'id="row-{row.pk}"' in text
    assert 'hx-trigger="every' in text
    assert LookupRow.objects.get().status == "queued"
    # A second click says how it is.
    assert browser.post(path("lookup_retry", lookup.pk, row.pk)).status_code == 302


def test_only_admins_see_lists(signed_in, head, lookup):
    row = found(lookup, 1)
    browser = signed_in(head)
    assert browser.get(path("lookup", lookup.pk)).status_code == 403
    assert browser.post(path("lookup_add", lookup.pk), data_of(row)).status_code == 403
    assert browser.post(path("add_many"), {"homepages": "a.example"}).status_code == 403
    assert not Source.objects.exists()


def test_hostile_text_stays_text(browser, lookup):
    row = found(lookup, 1, name='"><script>alert(1)</script>', words="<script>alert(2)</script>")
    text = row_of(shown(browser, lookup), row)
    assert "<script>" not in text
