"""Signing in and out."""

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.accounts.devices import device_of
from factcheck.accounts.models import Session

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
PASSWORD = "desk-password"


def sign_in(client, username="ada", password=PASSWORD, **more):
    return client.post(
        reverse("accounts:login"),
        {"username": username, "password": password, **more},
        headers={"user-agent": FIREFOX},
    )


def test_right_password_leads_to_the_queue(client, editor):
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("queue")


def test_sign_in_page_greets_everyone(client, db):
    answer = client.get(reverse("accounts:login"))
    assert answer.status_code == 200
    assert b'data-page="login"' in answer.content


def test_wrong_password_is_told_without_saying_what_was_wrong(client, editor):
    right_name = sign_in(client, password="not-the-password")
    wrong_name = sign_in(client, username="nobody")
    assert right_name.status_code == wrong_name.status_code == 422
    assert b"do not go together" in right_name.content
    assert b"do not go together" in wrong_name.content


def test_deactivated_person_stays_out(client, editor):
    editor.is_active = False
    editor.save()
    assert sign_in(client).status_code == 422


def test_sign_in_goes_on_to_where_one_was_going(client, editor):
    assert sign_in(client, next="/sources/?kind=outlet")["Location"] == "/sources/?kind=outlet"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_sign_in_never_leads_off_the_desk(client, editor, address):
    assert sign_in(client, next=address)["Location"] == reverse("queue")


def test_session_remembers_whose_it_is_and_from_what_device(client, editor):
    before = timezone.now()
    sign_in(client)
    session = Session.objects.get(user=editor)
    assert session.device == "Firefox on Linux"
    assert session.created_at >= before


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8", "an unknown browser"),
        ("", "an unknown browser"),
    ],
)
def test_device_is_named_in_short_words(header, words):
    assert device_of(header) == words


def test_too_many_wrong_passwords_close_the_door_and_say_for_how_long(client, editor, settings):
    settings.AXES_FAILURE_LIMIT = 3
    answers = [sign_in(client, password="not-the-password").status_code for _ in range(3)]
    assert answers == [422, 422, 429]
    locked = sign_in(client)
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert "15 minutes" in locked.content.decode()
    assert not Session.objects.filter(user=editor).exists()


def test_lock_is_for_one_name(client, editor, colleague, settings):
    settings.AXES_FAILURE_LIMIT = 1
    assert sign_in(client, password="not-the-password").status_code == 429
    assert sign_in(client, username="ben").status_code == 302


def test_sign_out_takes_a_post_and_ends_the_session(signed_in, editor):
    browser = signed_in(editor)
    assert browser.get(reverse("accounts:logout")).status_code == 405
    assert browser.post(reverse("accounts:logout")).status_code == 302
    assert not Session.objects.filter(user=editor).exists()


def test_outsider_is_sent_to_sign_in_and_back(client, db):
    answer = client.get(reverse("accounts:me"))
    assert answer["Location"] == f"{reverse('accounts:login')}?next={reverse('accounts:me')}"


@pytest.mark.parametrize("name", ["ada\x00", "<script>alert(1)</script>", "x" * 5000, "אדה 🙂"])
def test_hostile_name_is_a_wrong_name(client, db, name):
    answer = sign_in(client, username=name)
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
