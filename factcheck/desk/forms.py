"""What forms of several parts are made of."""

from typing import Any

from django import forms
from django.core.validators import URLValidator


class WebAddressField(forms.URLField):
    """An address that a reader is sent to: http or https, the latter where none is given, and nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
