"""What is shown when something is missing, refused or broken."""

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_missing_page_is_told_in_the_desks_look(signed_in, viewer, client):
    for browser in (signed_in(viewer), client):
        answer = browser.get("/nothing/here/")
        assert answer.status_code == 404
        assert b"nothing at this address" in answer.content


def test_refusal_is_a_page_and_for_htmx_a_message(signed_in, viewer):
    browser = signed_in(viewer)
    whole = browser.get(reverse("accounts:people"))
    assert whole.status_code == 403
    assert b"Your role does not allow you" in whole.content
    assert b"<html" in whole.content
    part = browser.get(reverse("accounts:people"), headers={"HX-Request": "true"})
    assert part.status_code == 403
    assert part["HX-Retarget"] == "#messages"
    assert b"<html" not in part.content


def test_broken_page_says_so_without_its_cause(signed_in, viewer, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a secret of the code")

    monkeypatch.setattr("factcheck.sources.reads.with_counts", broken)
    browser = signed_in(viewer)
    browser.raise_request_exception = False
    answer = browser.get(reverse("sources:list"))
    assert answer.status_code == 500
    assert b"Something went wrong on the desk" in answer.content
    assert b"secret" not in answer.content


def test_pages_for_a_broken_desk_need_no_context():
    for name in ("500.html", "400.html"):
        page = get_template(name).render()
        assert "<main" in page
        assert "desk.css" in page
        assert "<script" not in page


def test_unknown_host_is_told(db):
    answer = Client().get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"did not understand" in answer.content
