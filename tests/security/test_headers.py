"""Headers and cookies: the policy on every page, and what a server for others is set to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]

SERVER = {
    "SECRET_KEY": "0123456789-a-long-and-random-value-for-a-server-abcdefghijklmnop",
    "ALLOWED_HOSTS": "desk.example",
    "DATABASE_URL": "postgresql://desk@database.example/desk",
    "REDIS_URL": "redis://broker.example/0",
    "DESK_URL": "https://desk.example",
}
COOKIES = """
import django
django.setup()
from django.conf import settings as s
from django.test import RequestFactory
print(s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)
print(s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY)
print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.DEBUG)
"""


def policy(answer):
    parts = [part.strip().split(" ") for part in answer["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


def assert_strict(answer):
    found = policy(answer)
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == ["'self'"]
    assert found["style-src"] == ["'self'"]
    assert found["frame-ancestors"] == ["'none'"]
    assert found["base-uri"] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    assert not [value for values in found.values() for value in values if "unsafe" in value or "*" in value]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


PAGES = [
    "queue", "articles:list", "articles:add", "claims:list", "sources:list", "reports:list", "desk:status", "accounts:me",
    "accounts:people", "admin:index", "admin:sources_source_changelist", "admin:sources_source_add",
    "admin:accounts_role_changelist",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_policy_is_strict_on_every_page(signed_in, admin, name):
    answer = signed_in(admin).get(reverse(name), follow=True)
    assert answer.status_code == 200
    assert_strict(answer)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_script_or_style_in_it(signed_in, admin, name):
    page = signed_in(admin).get(reverse(name), follow=True).content.decode()
    assert not [
        tag
        for tag in page.split("<script")[1:]
        if " src=" not in tag.split(">")[0] and "json" not in tag.split(">")[0]
    ]
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page


@pytest.mark.parametrize(
    "path", ["/nothing/here/", "/people/sign-in/", "/people/accept/?token=x", "/healthz"]
)
def test_policy_holds_for_strangers_and_for_errors(client, db, path):
    assert_strict(client.get(path))


def test_policy_holds_on_a_refusal_and_on_a_broken_page(signed_in, viewer, monkeypatch):
    browser = signed_in(viewer)
    browser.raise_request_exception = False
    refused = browser.get(reverse("accounts:people"))
    assert refused.status_code == 403
    assert_strict(refused)
    monkeypatch.setattr("factcheck.sources.reads.with_counts", None)
    broken = browser.get(reverse("sources:list"))
    assert broken.status_code == 500
    assert_strict(broken)


def test_signed_in_pages_stay_out_of_shared_caches(signed_in, viewer):
    assert "private" in signed_in(viewer).get(reverse("sources:list"))["Cache-Control"]


def test_cookies_cannot_be_read_by_scripts_or_sent_from_elsewhere(client, editor):
    answer = client.post(reverse("accounts:login"), {"username": "ada", "password": "desk-password"})
    for name in ("sessionid", "csrftoken"):
        cookie = answer.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


@pytest.mark.parametrize("length", ["50000000", "9" * 5000])
def test_a_body_that_no_form_needs_is_refused_unread(client, db, length):
    answer = client.generic("POST", "/people/sign-in/", b"x", CONTENT_LENGTH=length)
    assert answer.status_code == 400
    assert b"<main" in answer.content


def test_forms_from_elsewhere_are_refused(editor):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post(reverse("accounts:end_others")).status_code == 403


def on_a_server(*command, **changes):
    """Run Python with nothing but the settings of a server for others."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= SERVER | {"DJANGO_SETTINGS_MODULE": "factcheck.settings"} | changes
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_settings_of_a_server_pass_djangos_own_check():
    done = on_a_server("-W", "ignore", "-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_server_sends_its_cookies_over_https_only():
    done = on_a_server("-c", COOKIES)
    assert done.stdout.split("\n")[:3] == ["True True Lax", "True True", "True True False"], done.stderr


def test_server_without_a_secret_does_not_start():
    done = on_a_server("-c", COOKIES, SECRET_KEY="")
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr
