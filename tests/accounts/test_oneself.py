"""One's own settings, password and sessions."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from factcheck.accounts import services
from factcheck.accounts.models import Session
from factcheck.accounts.views import handle_of
from factcheck.desk.errors import NotAllowed

pytestmark = pytest.mark.django_db

ME = "accounts:me"


def settings_of(person, **changes):
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "theme": person.theme,
        "shortcuts": "on",
    } | changes


def test_name_and_theme_are_saved(signed_in, editor):
    answer = signed_in(editor).post(reverse(ME), settings_of(editor, first_name="Augusta", theme="dark"))
    assert answer["Location"] == reverse(ME)
    editor.refresh_from_db()
    assert (editor.first_name, editor.theme, editor.shortcuts) == ("Augusta", "dark", True)


def test_shortcuts_can_be_switched_off(signed_in, viewer):
    browser = signed_in(viewer)
    assert b'data-shortcuts="off"' not in browser.get(reverse(ME)).content
    browser.post(reverse(ME), {"first_name": "Vera", "theme": "auto"})
    assert b'data-shortcuts="off"' in browser.get(reverse(ME)).content


def test_unknown_theme_is_refused_and_the_form_kept(signed_in, editor):
    answer = signed_in(editor).post(reverse(ME), settings_of(editor, theme="pink", first_name="Augusta"))
    assert answer.status_code == 422
    assert b"Augusta" in answer.content


def test_role_cannot_be_smuggled_in(signed_in, editor, admin):
    signed_in(editor).post(reverse(ME), settings_of(editor, role=admin.role_id, is_superuser="on"))
    editor.refresh_from_db()
    assert editor.role.key == "editor"
    assert not editor.is_superuser


def test_hostile_name_is_shown_as_text(signed_in, editor):
    browser = signed_in(editor)
    browser.post(reverse(ME), settings_of(editor, first_name="<script>alert(1)</script>", last_name="אדה 🙂"))
    page = browser.get(reverse(ME)).content.decode()
    assert "<script>alert" not in page
    assert "אדה 🙂" in page


def change_password(browser, old="desk-password", new="a-fresh-passphrase", again=None):
    return browser.post(reverse("accounts:password"), {"old": old, "password": new, "again": again or new})


def test_new_password_works_and_signs_other_browsers_out(signed_in, editor):
    here, elsewhere = signed_in(editor), signed_in(editor)
    assert change_password(here).status_code == 302
    assert here.get(reverse(ME)).status_code == 200
    assert elsewhere.get(reverse(ME)).status_code == 302
    assert Session.objects.filter(user=editor).count() == 1
    editor.refresh_from_db()
    assert editor.check_password("a-fresh-passphrase")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"old": "not-mine-at-all"}, "not your present password"),
        ({"again": "something-else-then"}, "not the same"),
        ({"new": "short"}, "too short"),
        ({"new": "1234567890"}, "entirely numeric"),
    ],
)
def test_password_that_will_not_do_is_refused(signed_in, editor, given, told):
    answer = change_password(signed_in(editor), **given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    editor.refresh_from_db()
    assert editor.check_password("desk-password")


def test_sessions_are_listed_without_their_keys(signed_in, editor):
    browser = signed_in(editor)
    page = browser.get(reverse(ME)).content.decode()
    assert "this browser" in page
    assert browser.session.session_key not in page


def test_one_session_is_ended(signed_in, editor):
    here, elsewhere = signed_in(editor), signed_in(editor)
    handle = handle_of(elsewhere.session.session_key)
    here.post(reverse("accounts:end_session", args=[handle]))
    assert here.get(reverse(ME)).status_code == 200
    assert elsewhere.get(reverse(ME)).status_code == 302
    again = here.post(reverse("accounts:end_session", args=[handle]), follow=True)
    assert "signed out already" in again.content.decode()


def test_nobody_ends_a_session_of_somebody_else(signed_in, editor, colleague):
    theirs = signed_in(colleague)
    signed_in(editor).post(reverse("accounts:end_session", args=[handle_of(theirs.session.session_key)]))
    assert theirs.get(reverse(ME)).status_code == 200
    with pytest.raises(NotAllowed):
        services.end_sessions(actor=editor, person=colleague)


def test_all_other_sessions_are_ended(signed_in, editor, colleague):
    here, others, theirs = signed_in(editor), [signed_in(editor) for _ in range(3)], signed_in(colleague)
    here.post(reverse("accounts:end_others"))
    assert here.get(reverse(ME)).status_code == 200
    assert [browser.get(reverse(ME)).status_code for browser in others] == [302, 302, 302]
    assert theirs.get(reverse(ME)).status_code == 200


def test_seen_is_noted_now_and_then(signed_in, editor):
    browser = signed_in(editor)
    Session.objects.update(seen_at="2020-01-01T00:00Z")
    browser.get(reverse(ME))
    assert Session.objects.get().seen_at.year > 2020


def test_number_of_queries_does_not_grow_with_sessions(signed_in, editor, django_assert_num_queries):
    browser = signed_in(editor)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        browser.get(reverse(ME))
    for _ in range(10):
        signed_in(editor)
    with django_assert_num_queries(len(few)):
        browser.get(reverse(ME))


def test_form_without_its_token_is_refused_in_plain_words(editor):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post(reverse(ME), settings_of(editor))
    assert answer.status_code == 403
    assert "earlier sign-in" in answer.content.decode()


def test_password_is_checked_by_the_desk_itself(editor, rf):
    assert authenticate(rf.post("/"), username="ada", password="desk-password") == editor
