"""Roles and people in the administration; whatever is saved goes through the services."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factcheck.desk.errors import Refused

from . import services
from .capabilities import Capability
from .models import Role, User


class RefusalsShown(admin.ModelAdmin):
    """A refusal of a service becomes a message above the form it came from, and nothing is saved."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as error:
            self.message_user(request, str(error.message), messages.ERROR)
            return redirect(request.get_full_path())

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as error:
            self.message_user(request, str(error.message), messages.ERROR)
            return redirect("admin:accounts_role_change", object_id)


class RoleForm(forms.ModelForm):
    capabilities = forms.MultipleChoiceField(
        label=_("May"), choices=Capability.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Role
        fields = ["name", "key", "capabilities", "position"]


@admin.register(Role)
class RoleAdmin(RefusalsShown):
    form = RoleForm
    list_display = ["name", "what", "people", "position"]
    fields = ["name", "key", "capabilities", "position"]
    prepopulated_fields = {"key": ["name"]}
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(n=Count("users"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Role | None = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Role | None = None) -> list[str]:
        return ["key"] if obj else []

    @admin.display(description=_("may"))
    def what(self, role: Role) -> str:
        labels = dict(Capability.choices)
        return "; ".join(str(labels.get(c, c)) for c in role.capabilities)

    @admin.display(description=_("people"), ordering="n")
    def people(self, role: Role) -> int:
        return role.n

    def save_model(self, request: HttpRequest, obj: Role, form: RoleForm, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in form.cleaned_data if name in RoleForm.Meta.fields}
        if change:
            services.edit_role(actor=request.user, role=obj, **given)
        else:
            obj.pk = services.add_role(actor=request.user, **given).pk

    def delete_model(self, request: HttpRequest, obj: Role) -> None:
        services.delete_role(actor=request.user, role=obj)


@admin.register(User)
class PersonAdmin(RefusalsShown):
    """Names, addresses and roles. People come in by invitation, and are deactivated rather than deleted."""

    list_display = [
        "username",
        "first_name",
        "last_name",
        "email",
        "role",
        "is_active",
        "last_login",
        "on_the_desk",
    ]
    list_display_links = ["username"]
    list_filter = ["role", "is_active"]
    list_select_related = ["role"]
    search_fields = ["username", "first_name", "last_name", "email"]
    fields = [
        "username",
        "first_name",
        "last_name",
        "email",
        "role",
        "is_active",
        "last_login",
        "date_joined",
    ]
    readonly_fields = ["username", "is_active", "last_login", "date_joined"]
    actions = None

    @admin.display(description=_("invite, deactivate, reset"))
    def on_the_desk(self, person: User) -> str:
        return format_html('<a href="{}">{}</a>', reverse("accounts:people"), _("People"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "email")}
        services.edit_person(actor=request.user, person=User.objects.get(pk=obj.pk), **given)
        if form.cleaned_data["role"] is not None:
            services.change_role(actor=request.user, person=obj, role=form.cleaned_data["role"])
