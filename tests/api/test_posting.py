"""Programs that post articles: what they may, what they get, and what is refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.api.models import Token
from factcheck.api.services import make_token, revoke_token
from factcheck.articles.models import Article
from factcheck.desk.errors import NotAllowed
from factcheck.intake.models import Intake
from factcheck.intake.services import take_in
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db

TEXT = "The militia has lost 87 percent of its territory, the ministry said. " * 3


@pytest.fixture
def token(admin):
    return make_token(actor=admin, name="Wire import", capabilities=["read", "triage"])


@pytest.fixture
def program(token):
    """Posts and gets as the client of the token."""
    _row, secret = token

    class Program(Client):
        def post_article(self, **article):
            return self.post("/api/v1/articles", article, content_type="application/json")

    return Program(headers={"Authorization": f"Bearer {secret}"})


def test_a_posted_text_becomes_an_article(program):
    answer = program.post_article(text=TEXT, title="Militia", published="2026-03-02")

    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    take_in(intake_id=answer.json()["id"])
    came = program.get(answer.headers["Location"]).json()
    assert came["status"] == "added"
    article = program.get(f"/api/v1/articles/{came['article']}").json()
    assert (article["title"], article["published_on"], article["extraction"]) == (
        "Militia",
        "2026-03-02",
        "queued",
    )


def test_the_same_address_twice_is_one_intake_and_then_the_article(program):
    first = program.post_article(url="https://herald.example/a", text=TEXT)
    second = program.post_article(url="https://herald.example/a", text=TEXT)
    take_in(intake_id=first.json()["id"])
    third = program.post_article(url="https://herald.example/a")

    assert second.json()["id"] == first.json()["id"]
    assert (third.status_code, third.json()["status"]) == (200, "known")
    assert Article.objects.count() == 1


def test_an_article_has_the_client_as_who_handed_it_in(program):
    answer = program.post_article(text=TEXT)

    intake = Intake.objects.get(pk=answer.json()["id"])
    assert (intake.asked_as, intake.asked_by, intake.via) == ("Wire import", None, "api")


def test_html_comes_with_its_address(program):
    page = f"<html><head><title>Militia</title></head><body><article><p>{TEXT}</p></article></body></html>"
    answer = program.post_article(html=page, url="https://herald.example/b")

    take_in(intake_id=answer.json()["id"])

    assert program.get(answer.headers["Location"]).json()["status"] == "added"
    assert program.post_article(html=page).status_code == 422


def test_the_outlet_is_named_as_the_desk_knows_it(program):
    SourceFactory(name="Norland Herald")

    answer = program.post_article(text=TEXT, outlet="norland herald")
    refused = program.post_article(text=TEXT, outlet="Nobody's Post")

    assert answer.status_code == 202
    assert "Nobody's Post" in refused.json()["message"]


@pytest.mark.parametrize(
    ("article", "field"),
    [
        ({}, "body"),
        ({"url": "https://herald.example/a", "titel": "x"}, "titel"),
        ({"text": TEXT, "published": "yesterday"}, "published"),
        ({"text": TEXT, "language": "english"}, "language"),
        ({"text": TEXT, "title": "x" * 501}, "title"),
        ({"text": TEXT, "url": "herald.example/a"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"text": TEXT, "published": "2999-01-01"}, "published"),
        ({"text": TEXT, "published": "2999-01-01T09:30:00Z"}, "published"),
    ],
)
def test_what_is_wrong_is_named(program, article, field):
    answer = program.post_article(**article)

    assert answer.status_code == 422
    assert any(field in name for name in answer.json()["fields"])
    assert not Intake.objects.exists()


def test_a_posted_day_is_a_day_and_an_instant_an_instant(program):
    for published in ("2026-03-02", "2026-03-02T09:30:00+01:00"):
        made = program.post_article(text=f"{TEXT} {published}", published=published).json()
        take_in(intake_id=made["id"])

    day, instant = Article.objects.order_by("pk")
    assert (str(day.published_on), day.published_at) == ("2026-03-02", None)
    assert (str(instant.published_on), instant.published_at.isoformat()) == (
        "2026-03-02",
        "2026-03-02T08:30:00+00:00",
    )


def test_a_page_of_the_desk_itself_is_refused(program, settings):
    settings.DESK_URL = "https://desk.example"
    answer = program.post_article(url="https://desk.example/articles/1/")

    assert (answer.status_code, answer.json()["message"]) == (422, "This is a page of the desk itself.")


def test_what_is_too_large_is_refused_as_json(program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
    answer = program.post_article(text="x" * 2_000_000)

    assert (answer.status_code, answer.json()["message"]) == (413, "Send at most 2 MB.")


def test_what_is_no_json_is_refused(program):
    answer = program.post("/api/v1/articles", "{", content_type="application/json")

    assert answer.status_code in (400, 422)
    assert answer.json()["message"]


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer desk_wrong"}, {"Authorization": "Basic x"}])
def test_without_a_live_token_nothing_is_told(header):
    answer = Client(headers=header).get("/api/v1/intakes/1")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_or_ended_token_is_dead_at_once(program, token, admin):
    row, _secret = token
    Token.objects.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert program.post_article(text=TEXT).status_code == 401
    Token.objects.filter(pk=row.pk).update(expires_at=None)
    revoke_token(actor=admin, token=row)
    assert program.post_article(text=TEXT).status_code == 401


def test_a_reading_token_may_not_post(admin):
    _row, secret = make_token(actor=admin, name="Reader", capabilities=["read"])
    reader = Client(headers={"Authorization": f"Bearer {secret}"})

    answer = reader.post("/api/v1/articles", {"text": TEXT}, content_type="application/json")

    assert answer.status_code == 403
    assert not Intake.objects.exists()


def test_a_session_does_not_open_the_api(signed_in, admin):
    assert signed_in(admin).get("/api/v1/intakes/1").status_code == 401


def test_the_secret_is_not_kept(token):
    row, secret = token
    assert secret not in str(Token.objects.values().get(pk=row.pk))
    assert secret.startswith(row.prefix)


def test_only_who_administers_makes_tokens(editor):
    with pytest.raises(NotAllowed):
        make_token(actor=editor, name="Mine", capabilities=["read"])


def test_the_secret_is_shown_once_on_the_page(signed_in, admin):
    browsing = signed_in(admin)
    made = browsing.post("/api/tokens/", {"name": "Wire import", "capabilities": ["read", "triage"]})
    token = Token.objects.get()

    assert f'value="{token.prefix}' in made.content.decode()
    assert f'value="{token.prefix}' not in browsing.get("/api/tokens/").content.decode()


def test_a_token_without_a_name_is_not_made(signed_in, admin):
    answer = signed_in(admin).post("/api/tokens/", {"name": " ", "capabilities": ["read"]})

    assert answer.status_code == 422
    assert not Token.objects.exists()


def test_the_description_names_every_operation_and_how_to_sign_in():
    described = Client().get("/api/v1/openapi.json").json()

    operations = {op["operationId"] for path in described["paths"].values() for op in path.values()}
    assert operations == {"postArticle", "getIntake", "getArticle"}
    assert described["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"


@pytest.mark.parametrize(
    "odd",
    [
        {"title": "Mil\x00itia"},
        {"bylines": ["\x00", " "]},
        {"outlet": "\x00"},
        {"published": "0001-01-01T00:00:00+14:00"},
        {"url": "https://herald.example/\x00a"},
        {"text": f"{TEXT}\x00\ud800"},
    ],
)
def test_what_a_database_cannot_hold_comes_in_without_it(program, odd):
    answer = program.post_article(**{"text": TEXT, **odd})

    assert answer.status_code == 202
    take_in(intake_id=answer.json()["id"])
    assert Intake.objects.get(pk=answer.json()["id"]).status == "added"
