"""A source that gets a domain becomes the outlet of the articles that came in from there before."""

import pytest
from django.urls import reverse

from factcheck.articles.models import Article
from factcheck.articles.services import edit_article
from factcheck.desk.errors import Stale
from factcheck.sources import services
from factcheck.sources.models import Source
from tests.factories import ArticleFactory, SourceFactory
from tests.sources.test_exchange import confirm, upload

pytestmark = pytest.mark.django_db
ON_IT = [
    "https://herald.example/a",
    "http://www.herald.example/b?x=1",
    "HTTPS://News.Herald.Example:8443/c",
    "https://reader:pass@herald.example./d",
    "https://herald.example",
]
ELSEWHERE = [
    "https://notherald.example/a",
    "https://herald.example.org/b",
    "https://other.example/https://herald.example/",
    "https://other.example/?u=@herald.example",
    "",
]


def came_in(url, **more):
    return ArticleFactory(url=url, carried_by=None, **more)


def outlets():
    return {article.url: str(article.carried_by or "") for article in Article.objects.order_by("pk")}


def test_new_source_gets_what_came_in_from_its_domain_or_below(admin):
    for url in ON_IT + ELSEWHERE:
        came_in(url)
    source = services.add_source(actor=admin, name="Herald", kind="outlet", domains=["herald.example"])
    assert outlets() == dict.fromkeys(ON_IT, "Herald") | dict.fromkeys(ELSEWHERE, "")
    assert source.linked == len(ON_IT)


def test_domain_in_another_script_finds_both_ways_of_writing_it(admin):
    for url in ("https://bücher.example/a", "https://xn--bcher-kva.example/b"):
        came_in(url)
    services.add_source(actor=admin, name="Books", kind="outlet", domains=["bücher.example"])
    assert set(outlets().values()) == {"Books"}


def test_longest_domain_and_an_editors_word_come_first(admin, editor):
    services.add_source(actor=admin, name="Sport", kind="outlet", domains=["sport.herald.example"])
    gazette = SourceFactory(name="Gazette")
    cleared = came_in("https://herald.example/cleared", corrected=["carried_by"])
    carried = came_in("https://herald.example/carried")
    edit_article(actor=editor, article=carried, revision=1, carried_by=gazette)
    below = came_in("https://live.sport.herald.example/c")
    source = services.add_source(actor=admin, name="Herald", kind="outlet", domains=["herald.example"])
    assert outlets() == {cleared.url: "", carried.url: "Gazette", below.url: ""}
    assert source.linked == 0


def test_speaker_with_a_site_is_nobodys_outlet_until_it_publishes(admin):
    article = came_in("https://herald.example/a")
    source = services.add_source(actor=admin, name="Herald", kind="person", domains=["herald.example"])
    assert outlets() == {article.url: ""}
    assert services.edit_source(actor=admin, source=source, revision=1, kind="outlet").linked == 1
    assert outlets() == {article.url: "Herald"}


def test_article_that_is_open_is_not_saved_over_its_new_outlet_and_the_trail_tells(admin, editor):
    article = came_in("https://herald.example/a")
    services.add_source(actor=admin, name="Herald", kind="outlet", domains=["herald.example"])
    with pytest.raises(Stale):
        edit_article(actor=editor, article=article, revision=1, title="Typed meanwhile")
    event = Article.pgh_event_model.objects.filter(pgh_obj_id=article.pk).latest("pgh_id")
    assert event.carried_by.name == "Herald"
    assert event.pgh_context.metadata["actor"] == str(admin)


def test_form_says_how_many_were_linked(signed_in, admin):
    for n in range(2):
        came_in(f"https://herald.example/{n}")
    browser = signed_in(admin)
    form = {"name": "Herald", "kind": "outlet", "obeys_robots": "on"}
    page = browser.post(reverse("sources:add"), form, follow=True).content.decode()
    assert "have their outlet now" not in page
    source = Source.objects.get()
    form |= {"domains": "herald.example", "revision": source.revision}
    page = browser.post(reverse("sources:edit", args=[source.pk]), form, follow=True).content.decode()
    assert "Saved. 2 articles that came in earlier have their outlet now." in page


def test_import_links_for_new_and_changed_sources_and_says_so(signed_in, admin):
    for url in ("https://herald.example/a", "https://gazette.example/b", "https://gazette.example/c"):
        came_in(url)
    SourceFactory(name="Gazette")
    browser = signed_in(admin)
    shown = upload(
        browser, "name,kind,domains\nHerald,outlet,herald.example\nGazette,outlet,gazette.example\n"
    )
    page = browser.get(confirm(browser, shown).url).content.decode()
    assert "1 source added, 1 changed. 3 articles that came in earlier have their outlet now." in page
    assert sorted(outlets().values()) == ["Gazette", "Gazette", "Herald"]
