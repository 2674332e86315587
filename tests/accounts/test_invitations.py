"""Inviting somebody, and accepting."""

import hashlib
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from factcheck.accounts import invitations
from factcheck.accounts.models import Invitation, Role, User
from factcheck.desk.errors import AlreadyThere, NotAllowed, Refused

pytestmark = pytest.mark.django_db

CHOSEN = {
    "username": "nora",
    "first_name": "Nora",
    "last_name": "Falk",
    "password": "a-fresh-passphrase",
    "again": "a-fresh-passphrase",
}


@pytest.fixture
def role(db):
    return Role.objects.get(key="editor")


@pytest.fixture
def invited(admin, role):
    return invitations.invite(actor=admin, email="nora@herald.example", role=role, name="Nora Falk")


def accept_address(token):
    return f"{reverse('accounts:accept')}?token={token}"


def link_in(answer):
    return re.search(r'value="(http://[^"]*)"', answer.content.decode())[1].replace("&amp;", "&")


def invite(browser, role, email="nora@herald.example"):
    return browser.post(reverse("accounts:invite"), {"email": email, "name": "Nora", "role": role.pk})


def test_admin_gets_the_link_once(signed_in, admin, role):
    browser = signed_in(admin)
    answer = invite(browser, role)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    token = parse_qs(urlsplit(link_in(answer)).query)["token"][0]
    assert token not in browser.get(reverse("accounts:people")).content.decode()


def test_only_the_hash_of_the_token_is_kept(invited):
    invitation, token = invited
    assert invitation.token_hash == hashlib.sha256(token.encode()).hexdigest()
    stored = str(Invitation.objects.values().get()) + str(
        Invitation.pgh_event_model.objects.values().get() if hasattr(Invitation, "pgh_event_model") else ""
    )
    assert token not in stored


def test_mail_goes_out_where_there_is_a_mail_server(signed_in, admin, role, settings):
    settings.EMAIL_HOST = "mail.herald.example"
    answer = invite(signed_in(admin), role)
    assert [letter.to for letter in mail.outbox] == [["nora@herald.example"]]
    assert link_in(answer) in mail.outbox[0].body


def test_no_mail_goes_out_where_there_is_none(signed_in, admin, role):
    invite(signed_in(admin), role)
    assert mail.outbox == []


def test_dead_mail_server_still_gives_the_link(signed_in, admin, role, settings):
    settings.EMAIL_HOST = "mail.herald.example"
    settings.EMAIL_BACKEND = "tests.accounts.test_invitations.DeadMail"
    answer = invite(signed_in(admin), role)
    assert "could not be sent" in answer.content.decode()
    assert link_in(answer)


class DeadMail:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, letters):
        raise ConnectionRefusedError


def test_second_click_does_not_invite_twice(signed_in, admin, role):
    browser = signed_in(admin)
    invite(browser, role)
    again = invite(browser, role, email="Nora@Herald.example")
    assert again.status_code == 422
    assert "invited already" in again.content.decode()
    assert Invitation.objects.count() == 1


def test_somebody_who_is_here_is_not_invited(admin, editor, role):
    editor.email = "ada@herald.example"
    editor.save()
    with pytest.raises(AlreadyThere) as refused:
        invitations.invite(actor=admin, email="ADA@herald.example", role=role)
    assert refused.value.existing == editor


@pytest.mark.parametrize("who", ["viewer", "editor", "reviewer", "head"])
def test_only_admins_invite(request, signed_in, role, who):
    person = request.getfixturevalue(who)
    assert invite(signed_in(person), role).status_code == 403
    with pytest.raises(NotAllowed):
        invitations.invite(actor=person, email="nora@herald.example", role=role)
    assert not Invitation.objects.exists()


def test_accepting_makes_the_account_and_signs_in(client, invited):
    __, token = invited
    assert b"Nora" in client.get(accept_address(token)).content
    answer = client.post(accept_address(token), CHOSEN)
    assert answer["Location"] == reverse("queue")
    person = User.objects.get(username="nora")
    assert (person.role.key, person.email, str(person)) == ("editor", "nora@herald.example", "Nora Falk")
    assert person.check_password("a-fresh-passphrase")
    assert client.get(reverse("accounts:me")).status_code == 200
    assert Invitation.objects.get().accepted_by == person


def test_link_works_once(client, invited):
    __, token = invited
    invitations.accept(token=token, username="nora", password="a-fresh-passphrase")
    answer = client.post(accept_address(token), CHOSEN | {"username": "second"})
    assert answer.status_code == 410
    assert "used already" in answer.content.decode()
    assert not User.objects.filter(username="second").exists()


def test_withdrawn_link_does_not_work(client, signed_in, admin, invited):
    invitation, token = invited
    signed_in(admin).post(reverse("accounts:withdraw", args=[invitation.pk]))
    answer = client.get(accept_address(token))
    assert answer.status_code == 410
    assert "withdrawn" in answer.content.decode()


def test_expired_link_does_not_work_until_sent_again(client, signed_in, admin, invited):
    invitation, token = invited
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "too old" in client.get(accept_address(token)).content.decode()
    fresh = link_in(signed_in(admin).post(reverse("accounts:resend", args=[invitation.pk])))
    assert client.get(fresh).status_code == 200
    assert client.get(accept_address(token)).status_code == 410


@pytest.mark.parametrize("token", ["", "nothing", "x" * 5000, "\x00", "אדה"])
def test_unknown_link_says_so(client, db, token):
    answer = client.get(reverse("accounts:accept"), {"token": token})
    assert answer.status_code == 410
    assert "does not know this link" in answer.content.decode()


def test_used_invitation_is_not_sent_again(admin, invited):
    invitation, token = invited
    invitations.accept(token=token, username="nora", password="a-fresh-passphrase")
    with pytest.raises(Refused):
        invitations.resend(actor=admin, invitation=invitation)
    with pytest.raises(Refused):
        invitations.withdraw(actor=admin, invitation=invitation)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"username": "ADA"}, "signs in with this name already"),
        ({"username": "no spaces"}, "valid username"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "nora-nora", "again": "other"}, "not the same"),
        ({"password": "norafalk12", "again": "norafalk12", "username": "norafalk1"}, "too similar"),
    ],
)
def test_what_will_not_do_keeps_the_form(client, editor, invited, given, told):
    __, token = invited
    answer = client.post(accept_address(token), CHOSEN | given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Falk" in answer.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_somebody_signed_in_is_asked_to_sign_out_first(signed_in, editor, invited):
    __, token = invited
    assert signed_in(editor).get(accept_address(token)).status_code == 409


def test_token_stays_out_of_the_log(client, invited, caplog):
    __, token = invited
    with caplog.at_level("INFO", logger="factcheck"):
        client.get(accept_address(token))
    assert caplog.records
    assert all(token not in str(vars(record)) for record in caplog.records)
