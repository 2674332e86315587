"""The people of the desk: roles, who may sign in, password links, and who may change any of it."""

import re
import threading

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts import services
from factcheck.accounts.models import Role, Session, User
from factcheck.desk.audit import Job
from factcheck.desk.errors import AlreadyThere, NotAllowed, Refused
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = "accounts:people"


def role(key):
    return Role.objects.get(key=key)


def post(browser, action, person, **data):
    return browser.post(reverse(f"accounts:{action}", args=[person.pk]), data)


def test_list_shows_who_is_here(signed_in, admin, editor):
    page = signed_in(admin).get(reverse(PEOPLE)).content.decode()
    assert "Ada Byron" in page
    assert "Max Admin" in page


@pytest.mark.parametrize("who", ["viewer", "editor", "reviewer", "head"])
def test_others_see_and_change_nothing(request, signed_in, who, colleague):
    browser = signed_in(request.getfixturevalue(who))
    assert browser.get(reverse(PEOPLE)).status_code == 403
    for action in ("change_role", "deactivate", "reactivate", "reset_link", "end_sessions"):
        assert post(browser, action, colleague, role=role("admin").pk).status_code == 403
    colleague.refresh_from_db()
    assert colleague.is_active
    assert colleague.role.key == "editor"


def test_outsider_is_sent_to_sign_in(client, editor):
    assert client.get(reverse(PEOPLE)).status_code == 302
    assert post(client, "deactivate", editor).status_code == 302
    editor.refresh_from_db()
    assert editor.is_active


def test_list_takes_the_same_queries_for_two_and_twelve(signed_in, admin, django_assert_num_queries):
    browser = signed_in(admin)
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse(PEOPLE))
    for _ in range(10):
        UserFactory()
    with django_assert_num_queries(len(few)):
        browser.get(reverse(PEOPLE))


def test_role_is_changed_at_once(signed_in, admin, editor):
    browser = signed_in(editor)
    assert post(signed_in(admin), "change_role", editor, role=role("admin").pk).status_code == 302
    assert browser.get(reverse(PEOPLE)).status_code == 200


def test_last_admin_cannot_give_the_role_up(signed_in, admin):
    answer = post(signed_in(admin), "change_role", admin, role=role("editor").pk)
    assert answer.status_code == 409
    assert "Nobody would be left" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.role.key == "admin"


def test_one_of_two_admins_can(signed_in, admin):
    UserFactory(can="admin")
    post(signed_in(admin), "change_role", admin, role=role("editor").pk)
    admin.refresh_from_db()
    assert admin.role.key == "editor"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_admins_cannot_remove_each_other_at_once():
    services.create_person(actor=Job("test"), username="one", password="a-fresh-passphrase", role_key="admin")
    services.create_person(actor=Job("test"), username="two", password="a-fresh-passphrase", role_key="admin")
    one, two = User.objects.get(username="one"), User.objects.get(username="two")
    ready, told = threading.Barrier(2), []

    def remove(actor, person):
        try:
            ready.wait(10)
            services.deactivate(actor=actor, person=person)
        except Refused as error:
            told.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert User.objects.with_capability("administer").count() == 1
    assert len(told) == 1


def test_deactivating_ends_sessions_and_keeps_out(signed_in, admin, editor, rf):
    theirs = signed_in(editor)
    post(signed_in(admin), "deactivate", editor)
    assert theirs.get(reverse("accounts:me")).status_code == 302
    assert not Session.objects.filter(user=editor).exists()
    assert authenticate(rf.post("/"), username="ada", password="desk-password") is None


def test_second_click_does_no_harm(signed_in, admin, editor):
    browser = signed_in(admin)
    assert [post(browser, "deactivate", editor).status_code for _ in range(2)] == [302, 302]
    assert [post(browser, "reactivate", editor).status_code for _ in range(2)] == [302, 302]
    editor.refresh_from_db()
    assert editor.is_active


def test_nobody_deactivates_themselves(signed_in, admin):
    UserFactory(can="admin")
    answer = post(signed_in(admin), "deactivate", admin)
    assert answer.status_code == 409
    admin.refresh_from_db()
    assert admin.is_active


def test_reactivated_person_signs_in_with_the_old_password(signed_in, admin, editor, rf):
    browser = signed_in(admin)
    post(browser, "deactivate", editor)
    post(browser, "reactivate", editor)
    assert authenticate(rf.post("/"), username="ada", password="desk-password") == editor


def test_admin_signs_somebody_out_everywhere(signed_in, admin, editor):
    theirs = signed_in(editor)
    post(signed_in(admin), "end_sessions", editor)
    assert theirs.get(reverse("accounts:me")).status_code == 302


def reset_link(browser, person):
    page = post(browser, "reset_link", person).content.decode()
    return re.search(r'value="(http://[^"]*)"', page)[1].replace("&amp;", "&")


def new_password(client, link, password="a-fresh-passphrase"):  # noqa: S107
    return client.post(link, {"password": password, "again": password})


def test_password_link_sets_a_password_once_and_ends_sessions(client, signed_in, admin, editor):
    theirs = signed_in(editor)
    link = reset_link(signed_in(admin), editor)
    assert client.get(link).status_code == 200
    assert new_password(client, link)["Location"] == reverse("accounts:login")
    editor.refresh_from_db()
    assert editor.check_password("a-fresh-passphrase")
    assert theirs.get(reverse("accounts:me")).status_code == 302
    assert new_password(client, link, "another-passphrase").status_code == 410


def test_password_link_that_was_tampered_with_is_void(client, signed_in, admin, editor, colleague):
    link = reset_link(signed_in(admin), editor)
    for other in (link[:-3] + "abc", link.replace("who=", "who=x"), reverse("accounts:reset")):
        assert client.get(other).status_code == 410


def test_password_link_for_somebody_deactivated_is_void(client, signed_in, admin, editor):
    browser = signed_in(admin)
    link = reset_link(browser, editor)
    post(browser, "deactivate", editor)
    assert client.get(link).status_code == 410
    assert post(browser, "reset_link", editor).status_code == 409


def test_password_link_grows_old(client, signed_in, admin, editor, settings):
    link = reset_link(signed_in(admin), editor)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(link).status_code == 410


def test_weak_password_keeps_the_link(client, signed_in, admin, editor):
    link = reset_link(signed_in(admin), editor)
    assert new_password(client, link, "short").status_code == 422
    assert new_password(client, link).status_code == 302


def test_bootstrap_makes_a_person_who_can_sign_in(db, rf):
    made = services.create_person(
        actor=Job("setup"),
        username="ida",
        password="a-fresh-passphrase",
        role_key="admin",
        first_name="Ida",
        last_name="Berg",
        email="ida@herald.example",
        is_demo=True,
    )
    assert authenticate(rf.post("/"), username="ida", password="a-fresh-passphrase") == made
    assert made.may("administer")
    assert made.is_demo
    with pytest.raises(AlreadyThere):
        services.create_person(
            actor=Job("setup"), username="IDA", password="a-fresh-passphrase", role_key="admin"
        )


def test_editor_makes_nobody(editor):
    with pytest.raises(NotAllowed):
        services.create_person(actor=editor, username="x", password="a-fresh-passphrase", role_key="admin")


def test_last_admins_role_keeps_the_right_to_administer(admin):
    with pytest.raises(Refused):
        services.edit_role(actor=admin, role=admin.role, capabilities=["read"])
    admin.role.refresh_from_db()
    assert "administer" in admin.role.capabilities


def test_role_in_use_is_not_deleted(admin, editor):
    with pytest.raises(Refused):
        services.delete_role(actor=admin, role=editor.role)


def test_changes_of_people_leave_who_did_it(admin, editor):
    services.change_role(actor=admin, person=editor, role=role("reviewer"))
    from django.apps import apps

    event = apps.get_model("accounts", "UserEvent").objects.filter(pgh_obj=editor).latest("pgh_id")
    assert event.pgh_context.metadata["user"] == admin.pk
    assert event.role.key == "reviewer"
    assert not hasattr(event, "password")


def test_roles_are_changed_in_the_administration_by_checkboxes(signed_in, admin):
    editor_role = role("editor")
    browser = signed_in(admin)
    address = reverse("admin:accounts_role_change", args=[editor_role.pk])
    assert browser.get(address).content.decode().count('type="checkbox"') == 8
    sent = {"name": "Editor", "capabilities": ["read", "triage"], "position": 1}
    assert browser.post(address, sent).status_code == 302
    editor_role.refresh_from_db()
    assert editor_role.capabilities == ["read", "triage"]


def test_refusal_in_the_administration_is_a_message(signed_in, admin):
    address = reverse("admin:accounts_role_change", args=[admin.role.pk])
    answer = signed_in(admin).post(
        address, {"name": "Admin", "capabilities": ["read"], "position": 4}, follow=True
    )
    assert "Nobody would be left" in answer.content.decode()
    admin.role.refresh_from_db()
    assert "administer" in admin.role.capabilities


def test_people_are_edited_in_the_administration_through_the_services(signed_in, admin, editor):
    address = reverse("admin:accounts_user_change", args=[editor.pk])
    sent = {
        "first_name": "Augusta",
        "last_name": "Byron",
        "email": "ada@herald.example",
        "role": role("head").pk,
        "is_superuser": "on",
    }
    assert signed_in(admin).post(address, sent).status_code == 302
    editor.refresh_from_db()
    assert (editor.first_name, editor.role.key, editor.is_superuser) == ("Augusta", "head", False)


def test_groups_and_permissions_of_django_are_not_offered(signed_in, admin):
    page = signed_in(admin).get(reverse("admin:index")).content.decode()
    assert "/auth/group/" not in page
    assert signed_in(admin).get("/admin/auth/group/").status_code == 404


def test_every_page_of_the_administration_that_is_open_answers(signed_in, admin):
    from django.contrib import admin as site

    browser = signed_in(admin)
    for model in site.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert browser.get(address).status_code == 200, address
