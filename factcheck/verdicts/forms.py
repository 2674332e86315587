"""Evidence, the verdict being written, and the second person's review of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.claims.forms import TextField
from factcheck.desk.forms import WebAddressField

from .models import Evidence, Rating, Review, Verdict, VerdictDraft

SUMMARY_LENGTH = 400


class EvidenceForm(forms.Form):
    """An exhibit and what it says about the claim."""

    stance = forms.ChoiceField(
        label=_("It"),
        choices=Evidence.Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it supports, refutes or gives context.")},
    )
    url = WebAddressField(label=_("Address"), required=False, max_length=2000, widget=forms.TextInput)
    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    publisher_name = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    passage = TextField(
        label=_("Passage"),
        rows=3,
        serif=True,
        required=False,
        max_length=50_000,
        help_text=_("The words or the row that counts, copied."),
    )
    note = TextField(
        label=_("Note"),
        rows=2,
        required=False,
        max_length=10_000,
        help_text=_("Why it supports or refutes: what a reader should look at."),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="evidence-new-%s", use_required_attribute=False, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not (said.get("url") or said.get("passage") or self.has_error("url") or self.has_error("passage")):
            self.add_error("url", _("Give the address of the evidence, or the passage itself."))
        if not said.get("title") and not said.get("url") and said.get("passage"):
            said["title"] = said["passage"].split("\n")[0][:120]
        return said


class StanceForm(forms.Form):
    """What an exhibit says about the claim, changed afterwards."""

    stance = forms.ChoiceField(label=_("It"), choices=Evidence.Stance.choices, widget=forms.RadioSelect)
    note = TextField(label=_("Note"), rows=2, required=False, max_length=10_000)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, evidence: Evidence) -> None:
        initial = {"stance": evidence.stance, "note": evidence.note, "revision": evidence.revision}
        super().__init__(
            data, initial=initial, auto_id=f"evidence-{evidence.pk}-%s", use_required_attribute=False
        )


class RatingField(forms.ModelChoiceField):
    """One of the ratings that can be given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Rating.objects.filter(scale__in_use=True, active=True), required=False, **kwargs)


class DraftForm(forms.Form):
    """The verdict being written; nothing is required before it is submitted."""

    rating = RatingField(label=_("Rating"))
    summary = TextField(
        label=_("Summary"),
        rows=2,
        required=False,
        max_length=SUMMARY_LENGTH,
        help_text=_("One sentence, as a reader sees it first."),
    )
    explanation = TextField(label=_("Explanation"), rows=10, serif=True, required=False, max_length=200_000)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, draft: VerdictDraft | None) -> None:
        initial = {"revision": 0}
        if draft is not None:
            initial = {
                "rating": draft.rating_id,
                "summary": draft.summary,
                "explanation": draft.explanation,
                "revision": draft.revision,
            }
        super().__init__(data, initial=initial, auto_id="verdict-%s", use_required_attribute=False)
        if draft is not None and draft.rating_id:
            # A rating that went out of use stays choosable where it was given.
            field = self.fields["rating"]
            field.queryset = field.queryset | Rating.objects.filter(pk=draft.rating_id)


class ReviewForm(forms.Form):
    """The second person's own rating, comment and decision."""

    outcome = forms.ChoiceField(choices=Review.Outcome.choices)
    rating = RatingField(label=_("Your own rating"))
    comment = TextField(
        label=_("Comment"),
        rows=4,
        serif=True,
        required=False,
        max_length=20_000,
        help_text=_("To return it, say what is missing: the author will read it."),
    )

    def __init__(self, data: Any = None, *, verdict: Verdict) -> None:
        super().__init__(data, auto_id="review-%s", use_required_attribute=False)
        self.verdict_pk = verdict.pk

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("outcome") == Review.Outcome.RETURNED and not said.get("comment"):
            self.add_error("comment", _("Say what is missing: the author will read it."))
        return said
