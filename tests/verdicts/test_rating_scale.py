"""The rating scale in the administration: changed by who may, never under verdicts that were given."""

import pytest
from django.urls import reverse

from factcheck.claims.models import Claim
from factcheck.verdicts.models import Rating, RatingScale


@pytest.fixture
def scale(db):
    return RatingScale.objects.get(in_use=True)


def form_of(scale, **changes):
    """The admin's form as the browser sends it; `changes` by rating key."""
    data = {"name": scale.name, "in_use": "on"}
    ratings = list(scale.ratings.all())
    data |= {"ratings-TOTAL_FORMS": len(ratings), "ratings-INITIAL_FORMS": len(ratings)}
    for n, rating in enumerate(ratings):
        values = {"id": rating.pk, "scale": scale.pk, "position": rating.position, "label": rating.label}
        values |= {"key": rating.key, "definition": rating.definition, "value": rating.value or ""}
        values |= {"tone": rating.tone, "active": "on", **changes.get(rating.key, {})}
        data |= {f"ratings-{n}-{name}": value for name, value in values.items() if value is not None}
    return data


def address(scale):
    return reverse("admin:verdicts_ratingscale_change", args=[scale.pk])


def test_a_definition_is_changed_and_a_rating_taken_out_of_use(scale, admin, signed_in):
    changes = {"true": {"definition": "It holds."}, "misleading": {"active": None}}
    answer = signed_in(admin).post(address(scale), form_of(scale, **changes))
    assert answer.status_code == 302
    assert Rating.objects.get(key="true").definition == "It holds."
    assert not Rating.objects.get(key="misleading").active


def test_a_rating_that_was_given_stays(scale, admin, in_review, signed_in):
    answer = signed_in(admin).post(address(scale), form_of(scale, true={"DELETE": "on"}))
    assert answer.status_code == 200
    assert "protected related objects" in answer.content.decode()
    assert Rating.objects.filter(key="true").exists()


def test_a_rating_that_nobody_gave_can_go(scale, admin, signed_in):
    signed_in(admin).post(address(scale), form_of(scale, misleading={"DELETE": "on"}))
    assert not Rating.objects.filter(key="misleading").exists()


def test_a_rating_out_of_use_is_not_offered_but_stays_where_it_was_given(
    scale, ready, editor, signed_in, claim
):
    Rating.objects.filter(key__in=["true", "false"]).update(active=False)
    html = signed_in(editor).get(ready.get_absolute_url()).content.decode()
    assert f'value="{Rating.objects.get(key="true").pk}" checked' in html
    assert f'name="rating" value="{Rating.objects.get(key="false").pk}"' not in html


def test_one_scale_is_in_use(scale, admin, signed_in):
    data = {"name": "Short", "in_use": "on", "ratings-TOTAL_FORMS": 1, "ratings-INITIAL_FORMS": 0}
    data |= {"ratings-0-label": "Right", "ratings-0-key": "right", "ratings-0-tone": "true"}
    data |= {"ratings-0-position": 0, "ratings-0-active": "on", "ratings-0-definition": ""}
    answer = signed_in(admin).post(reverse("admin:verdicts_ratingscale_add"), data)
    assert answer.status_code == 302
    assert RatingScale.objects.get(in_use=True).name == "Short"


def test_the_change_says_who_made_it(scale, admin, signed_in):
    signed_in(admin).post(address(scale), form_of(scale, true={"definition": "It holds."}))
    event = Rating.objects.get(key="true").events.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["user"] == admin.pk


def test_the_second_of_two_who_change_the_scale_sees_both_and_saves_on_purpose(scale, admin, signed_in):
    browser = signed_in(admin)
    opened = browser.get(address(scale)).context_data["adminform"].form["opened_as"].value()
    mine = form_of(scale, true={"definition": "Mine."})
    Rating.objects.filter(key="true").update(definition="Theirs.")
    answer = browser.post(address(scale), {**mine, "opened_as": opened})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in html
    assert "Mine." in html
    again = answer.context_data["adminform"].form["opened_as"].value()
    assert browser.post(address(scale), {**mine, "opened_as": again}).status_code == 302
    assert Rating.objects.get(key="true").definition == "Mine."


def test_evidence_of_a_restricted_claim_is_not_there_for_who_may_only_manage(ready, admin, signed_in):
    browser, listing = signed_in(admin), reverse("admin:verdicts_exhibit_changelist")
    assert "Map 31" in browser.get(listing).content.decode()
    Claim.objects.update(restricted=True)
    admin.role.capabilities = ["read", "manage"]
    admin.role.save()
    assert "Map 31" not in browser.get(listing).content.decode()


def test_an_editor_does_not_change_the_scale(scale, editor, signed_in):
    answer = signed_in(editor).post(address(scale), form_of(scale, true={"definition": "Hacked."}))
    assert answer.status_code in (302, 403)
    assert Rating.objects.get(key="true").definition != "Hacked."


@pytest.mark.parametrize("model", ["claims_claim", "verdicts_verdict", "verdicts_review", "figures_figure"])
def test_what_the_work_produced_is_only_looked_at(verified, admin, signed_in, model):
    browser = signed_in(admin)
    listing = reverse(f"admin:{model}_changelist")
    assert browser.get(listing).status_code == 200
    assert browser.get(reverse(f"admin:{model}_add")).status_code == 403
