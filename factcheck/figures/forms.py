"""Correcting a figure's reading, field by field, and adding one that the machine missed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .formatting import parse_number, scaled, shown
from .models import READING_FIELDS, Figure
from .reading import set_otherwise

GROUPS = (
    (_("How much"), ("low", "high", "bound", "unit", "per", "precision", "dimension")),
    (_("Of what"), ("measure", "of", "whole", "place")),
    (_("Movement"), ("role", "change", "predicate", "baseline")),
    (_("When and whose"), ("period_text", "period_from", "period_to", "modality", "origin")),
)


class NumberField(forms.CharField):
    """An exact decimal as people write it: 87, 1,240, 6.5 million."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, widget=forms.TextInput(attrs={"inputmode": "text"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return scaled(value).replace("−", "-") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().clean(value)
        return parse_number(text) if text else None


class FigureForm(forms.ModelForm):
    """All the fields of a figure's reading; an empty upper value means that there is one value only."""

    low = NumberField(label=_("Value, or the lowest"), error_messages={"required": _("Give the value.")})
    high = NumberField(label=_("Highest"), required=False, help_text=_("Only of a range."))
    precision = NumberField(
        label=_("Precision"), required=False, help_text=_("Place of the last stated digit.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Figure
        fields = READING_FIELDS
        widgets = {
            "period_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "period_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        if self.instance.pk:
            self.initial["revision"] = self.instance.revision
            if self.instance.low == self.instance.high:
                self.initial["high"] = ""

    def clean(self) -> dict[str, Any]:
        read = super().clean()
        if read.get("low") is not None and not self.has_error("high") and read.get("high") is None:
            read["high"] = read["low"]
        return read

    def _post_clean(self) -> None:
        """The instance stays as it is in the database: the service compares with it, and checks the model's rules."""

    @property
    def reading(self) -> dict[str, Any]:
        """The fields of the reading that were in the form."""
        return {name: self.cleaned_data[name] for name in READING_FIELDS if name in self.cleaned_data}

    @property
    def groups(self) -> list[tuple[Any, list[tuple[forms.BoundField, str]]]]:
        """The fields as the page sets them together, each with what the machine read where an editor set it otherwise."""
        machine = set_otherwise(self.instance) if self.instance.pk else {}
        read = {name: shown(name, value) for name, value in machine.items()}
        return [
            (title, [(self[name], read.get(name, "")) for name in names if name in self.fields])
            for title, names in GROUPS
        ]

    def add_errors(self, error: ValidationError) -> None:
        """The service's refusal beside the fields that it is about."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


class NewFigureForm(FigureForm):
    """A figure that the machine missed: its words as they stand in the quote, and its reading."""

    exact = forms.CharField(
        label=_("As it stands in the text"),
        max_length=300,
        error_messages={"required": _("Copy the words of the figure from the quote.")},
    )
    appearance = forms.ChoiceField(label=_("In"))
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta(FigureForm.Meta):
        fields = (
            "low", "high", "bound", "unit", "per", "dimension", "measure", "of", "whole", "place", "change", "role",
            "period_text", "period_from", "period_to", "origin",
        )  # fmt: skip

    def __init__(self, *args: Any, appearances: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="new-figure-%s", **kwargs)
        self.appearances = {str(appearance.pk): appearance for appearance in appearances}
        del self.fields["precision"]
        self.fields["appearance"].choices = [
            (key, f"{a.version.article}: {a.exact[:60]}") for key, a in self.appearances.items()
        ]
        if appearances:
            self.initial.setdefault("appearance", str(appearances[0].pk))

    def clean(self) -> dict[str, Any]:
        read = super().clean()
        appearance = self.appearances.get(read.get("appearance", ""))
        exact = read.get("exact")
        if appearance is None or not exact:
            return read
        start, end = read.get("start"), read.get("end")
        given = start is not None and end is not None and appearance.start <= start < end <= appearance.end
        if not given or appearance.exact[start - appearance.start : end - appearance.start] != exact:
            at = appearance.exact.find(exact)
            if at < 0:
                self.add_error("exact", _("These words are not in the quote. Copy them as they stand there."))
                return read
            start = appearance.start + at
        read["start"], read["end"] = start, start + len(exact)
        return read
