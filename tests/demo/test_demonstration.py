"""The demonstration: loaded whole by the real extractor, and taken away again without a trace."""

import pytest
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.claims.services.editing import add_claim
from factcheck.demo import loading
from factcheck.demo.people import ADMIN, DEMO, make_people
from factcheck.demo.removing import remove
from factcheck.feeds.models import Feed
from factcheck.figures.models import FigureChange
from factcheck.sources.models import Source
from factcheck.verdicts.models import Exhibit
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path):
    """A desk with something of its own, and the demonstration."""
    own = ClaimFactory()
    make_people(tmp_path / "sign-ins.json", [ADMIN], is_demo=False)
    make_people(tmp_path / "sign-ins.json", DEMO, is_demo=True)
    loading.load(people={user.username: user for user in User.objects.all()})
    return own


def test_a_changed_figure_is_part_of_it(desk):
    change = FigureChange.objects.get()

    assert (change.old.text, change.new.text) == ("90 per cent", "80 per cent")
    claim = Claim.objects.get(quote__contains="lost 90 per cent")
    assert claim.needs_look == "90 per cent became 80 per cent without a notice."
    assert Feed.objects.filter(is_on=True).count() == 0


def test_it_fills_every_state_and_goes_without_a_trace(desk, signed_in):
    states = set(Claim.objects.filter(is_demo=True).values_list("state", flat=True))
    assert states >= {"candidate", "open", "in_review", "verified", "dismissed"}
    assert Claim.objects.filter(is_demo=True, state="verified").count() == 6
    browser = signed_in(User.objects.get(username="admin"))
    assert reverse("demo:remove") in browser.get(reverse("desk:status")).content.decode()

    browser.post(reverse("demo:remove"))

    left = [list(model.objects.values_list("pk", flat=True)) for model in (Claim, Article, Source, Exhibit)]
    assert left == [[desk.pk], [desk.lead_article_id], [desk.lead_article.carried_by_id], []]
    assert not User.objects.filter(is_demo=True).exists()
    assert set(Claim.pgh_event_model.objects.values_list("pgh_obj_id", flat=True)) == {desk.pk}
    assert reverse("demo:remove") not in browser.get(reverse("desk:status")).content.decode()


def test_somebody_who_worked_on_a_real_claim_is_deactivated_and_not_deleted(desk):
    from factcheck.verdicts.services import add_evidence

    ines = User.objects.get(username="editor")
    claim = add_claim(actor=ines, quote="Half the wells are sealed")
    add_evidence(actor=ines, claim=claim, stance="context", title="Register", passage="22 of 44")
    remove(actor=User.objects.get(username="admin"))
    ines.refresh_from_db()
    assert not ines.is_active


def test_sign_ins_are_written_for_their_owner_only(tmp_path):
    file = tmp_path / "sign-ins.json"
    make_people(file, [ADMIN], is_demo=False)
    assert file.stat().st_mode & 0o777 == 0o600
