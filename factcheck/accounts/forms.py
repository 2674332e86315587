"""Forms about people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from .models import Role, User


class SignInForm(AuthenticationForm):
    """Name and password; what was wrong is said without telling which of the two."""

    error_messages = {
        "invalid_login": _("That name and password do not go together. Mind capitals in both."),
        "inactive": _("This account is deactivated. Ask an admin of the desk."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.label = _("Name")
        # Django only sets the length on the widget, and the record of failed tries holds no more than 255 characters.
        name.validators.append(MaxLengthValidator(150, self.error_messages["invalid_login"]))


class SettingsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "theme", "shortcuts"]
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "theme": _("Light or dark"),
            "shortcuts": _("Single-key shortcuts (j, k, a, e …)"),
        }
        help_texts = {"shortcuts": _("Switch them off when you dictate, or when they get in your way.")}


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.all(), empty_label=None)


class RoleForm(forms.Form):
    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.all(), empty_label=None)


class NewPasswordForm(forms.Form):
    """A password twice, checked against the desk's rules for the person given as `person`."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = " ".join(map(str, password_validators_help_texts()))

    def candidate(self) -> User | None:
        """Whom the password is for, so that it does not resemble their name."""
        return self.person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords are not the same."))
        elif password:
            try:
                validate_password(password, self.candidate())
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old", "password", "again"]

    def clean_old(self) -> str:
        if not self.person.check_password(self.cleaned_data["old"]):
            raise ValidationError(_("This is not your present password."))
        return self.cleaned_data["old"]


class AcceptForm(NewPasswordForm):
    """What somebody invited chooses: the name to sign in with, how colleagues read it, and a password."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=150,
        validators=User._meta.get_field("username").validators,
        help_text=_("Letters, digits and @ . + - _ only."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    field_order = ["username", "first_name", "last_name", "password", "again"]

    def candidate(self) -> User:
        given = {name: self.cleaned_data.get(name, "") for name in ("username", "first_name", "last_name")}
        return User(email=self.person.email if self.person else "", **given)
