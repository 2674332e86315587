"""Many addresses handed in or tried again at once: all that is asked for one is done for each, in a few questions."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.intake.models import Capture, Intake
from factcheck.intake.services import hand_in_text, hand_in_url, hand_in_urls, queueing, retry_all, sending
from tests.factories import ArticleFactory, SourceFactory

pytestmark = pytest.mark.django_db

SITE = "https://norland.example"


@pytest.fixture
def messages(monkeypatch):
    """The rows that messages were sent of."""
    sent = []
    monkeypatch.setattr(sending, "message", lambda intake, **_how: sent.append(intake.pk) or True)
    monkeypatch.setattr(sending, "rest_of", lambda _host: 0.0)
    return sent


def asked(do):
    """How often a service asks the database."""
    with CaptureQueriesContext(connection) as queries:
        do()
    return len(queries)


def failed(path, **fields):
    url = f"{SITE}/{path}"
    words = {"status": "failed", "words": "No.", "attempts": 1}
    return Intake.objects.create(**{"via": "url", "url": url, "canonical_url": url, **words, **fields})


def mixed(actor, count):
    """A list with as many new addresses, addresses that the desk has, that are under way, and that are none."""
    name = uuid4().hex
    for number in range(count):
        url = f"{SITE}/{name}/known/{number}"
        ArticleFactory(url=url, canonical_url=url)
        hand_in_url(actor=actor, url=f"{SITE}/{name}/alone/{number}")
    hand_in_urls(actor=actor, urls=[f"{SITE}/{name}/elsewhere/{number}" for number in range(count)])
    kinds = ("new", "known", "alone", "elsewhere")
    urls = [f"{SITE}/{name}/{kind}/{number}" for number in range(count) for kind in kinds]
    return [*urls, *(f"javascript:{number}" for number in range(count))]


def test_a_long_list_asks_the_database_as_often_as_a_short_one(editor, colleague):
    said = {"given": {"language": "en"}, "source": SourceFactory()}
    short, long = mixed(editor, 1), mixed(editor, 20)

    few = asked(lambda: hand_in_urls(actor=colleague, urls=short, **said))
    many = asked(lambda: hand_in_urls(actor=colleague, urls=long, **said))

    assert many == few


def test_each_of_a_list_is_seen_to_as_one_that_is_handed_in_alone(editor, colleague):
    urls = mixed(editor, 1)
    theirs = Intake.objects.get(url=urls[3]).batch

    batch = hand_in_urls(actor=colleague, urls=[*urls, f"{urls[0]}?utm_source=mail"])

    rows = Intake.objects.filter(batch=batch).order_by("pk")
    found = {row.url.rpartition("/")[0].rpartition("/")[2]: (row.status, row.reason) for row in rows}
    assert found == {
        "new": ("queued", ""),
        "known": ("known", "known"),
        "alone": ("queued", ""),
        "elsewhere": ("known", "under_way"),
        "": ("failed", "bad_address"),
    }
    assert len(rows) == 5
    assert Intake.objects.get(batch=theirs).status == "queued"


def test_a_list_joins_what_somebody_else_handed_in_a_moment_before(editor, colleague, monkeypatch):
    there = hand_in_url(actor=editor, url=f"{SITE}/a")
    real = queueing._under_way_for
    looks = []

    def a_moment_before(intakes):
        looks.append(intakes)
        return {} if len(looks) == 1 else real(intakes)

    monkeypatch.setattr(queueing, "_under_way_for", a_moment_before)
    batch = hand_in_urls(actor=colleague, urls=[f"{SITE}/new", f"{SITE}/a"], given={"bylines": ["Ada"]})

    assert list(Intake.objects.order_by("url").values_list("url", "batch")) == [
        (f"{SITE}/a", batch), (f"{SITE}/new", batch),
    ]  # fmt: skip
    there.refresh_from_db()
    assert there.given == {"bylines": ["Ada"]}


def test_an_address_joins_the_fetch_that_is_under_way_not_a_text_of_it(editor, colleague):
    fetch = hand_in_url(actor=editor, url=f"{SITE}/a")
    hand_in_text(actor=editor, url=f"{SITE}/a", text="Words.", via="api")

    assert hand_in_url(actor=colleague, url=f"{SITE}/a") == fetch


def test_a_list_sends_the_first_of_each_host(editor, messages, django_capture_on_commit_callbacks):
    urls = [f"https://{host}.example/{number}" for host in ("one", "two") for number in range(20)]

    with django_capture_on_commit_callbacks() as sends:
        hand_in_urls(actor=editor, urls=urls)
    alone = asked(lambda: [send() for send in sends])

    assert [Intake.objects.get(pk=pk).url for pk in messages] == [urls[0], urls[20]]
    assert alone < 20


def test_trying_many_again_asks_the_database_as_often_as_trying_few(
    editor, messages, django_capture_on_commit_callbacks
):
    def fail(count):
        for number in range(count):
            failed(f"{count}/{number}", source=SourceFactory())
            failed(f"{count}/{number}", digest=f"text {number}", given={"text": "Words."})
            kept = Capture.objects.create(sha256=f"{number}", size=1)
            failed(f"{count}/{number}", digest=f"file {number}", source=SourceFactory(), capture=kept)
        return Intake.objects.failed().filter(url__startswith=f"{SITE}/{count}/").order_by("pk")

    def again(count):
        rows = fail(count)
        with django_capture_on_commit_callbacks(execute=True):
            return asked(lambda: retry_all(actor=editor, intakes=rows))

    assert again(20) == again(1)
    assert not Intake.objects.failed().exists()
    assert set(Intake.objects.values_list("status", "precedence", "words")) == {("queued", 1, "")}
    # Texts and files need no host.
    assert len(messages) == 2 * (20 + 1) + 1


def test_what_is_tried_again_joins_what_is_under_way_for_its_address(editor):
    under_way = hand_in_url(actor=editor, url=f"{SITE}/a")
    moot = failed("a", given={"title": "As one calls it"})
    first, second = failed("b"), failed("b", given={"title": "The other's"})

    assert retry_all(actor=editor, intakes=Intake.objects.failed()) == 3

    states = dict(Intake.objects.values_list("pk", "status"))
    assert states == {under_way.pk: "queued", moot.pk: "failed", first.pk: "queued", second.pk: "failed"}
    under_way.refresh_from_db()
    first.refresh_from_db()
    assert (under_way.given["title"], first.given["title"]) == ("As one calls it", "The other's")
