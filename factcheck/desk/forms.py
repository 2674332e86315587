"""What forms of several parts are made of, and what their pages say when a service refuses them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from .errors import AlreadyThere, NotAllowed, Refused


class WebAddressField(forms.URLField):
    """An address that a reader is sent to: http or https, the latter where none is given, and nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


def refused(form: forms.Form, error: Refused | ValidationError) -> dict[str, Any]:
    """Put what a service refused to the field that the error names, or above the form where it names none.

    Returns what the page needs besides: its `status`, and `there`, which tells of the thing that exists already.
    Raises NotAllowed again.
    """
    if isinstance(error, NotAllowed):
        raise error
    if isinstance(error, ValidationError):
        for name, said in getattr(error, "message_dict", {"__all__": error.messages}).items():
            form.add_error(name if name in form.fields else None, said)
        return {}
    form.add_error(getattr(error, "field", None), str(error.message))
    there = {"there": error} if isinstance(error, AlreadyThere) else {}
    return {"status": error.status, **there}


def differing(form: forms.Form, theirs: dict[str, Any]) -> list[dict[str, str]]:
    """What was typed into a form beside what is stored by now, `theirs` as its initial data, where the two differ.

    For partials/conflict.html: `label`, `theirs` and `yours`, in the words of the page.
    """
    found = []
    for name, field in form.fields.items():
        if name not in theirs or field.widget.is_hidden:
            continue
        here, there = form.data.get(name, "").replace("\r\n", "\n").strip(), theirs[name]
        if isinstance(field, forms.BooleanField):
            here, there = (_("yes") if value else _("no") for value in (name in form.data, there))
        there = "" if there is None else str(there)
        if here != there:
            labels = dict(getattr(field, "choices", []))
            both = {"theirs": labels.get(there, there), "yours": labels.get(here, here)}
            found.append({"label": field.label, **both})
    return found
