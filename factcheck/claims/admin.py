"""Claims in the administration: to be looked at. Whoever changes one does it on its page, through the services."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from .models import Appearance, Claim, Claimant


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows of the workflow: an admin's save would pass by the services, so there is none."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ClaimantInline(ReadOnlyInline):
    model = Claimant
    fields = ("name", "role", "source", "confirmed_by", "confirmed_at")
    readonly_fields = fields


class AppearanceInline(ReadOnlyInline):
    model = Appearance
    fields = ("exact", "version", "start", "end", "score")
    readonly_fields = fields


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "state", "kind", "assignee", "created_at")
    list_select_related = ("assignee",)
    list_filter = ("state", "kind", "restricted", "is_demo")
    search_fields = ("quote", "wording")
    inlines = (ClaimantInline, AppearanceInline)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Restricted claims stay with those who may see them, here too."""
        return Claim.objects.visible_to(request.user)

    def view_on_site(self, claim: Claim) -> str:
        return claim.get_absolute_url()
