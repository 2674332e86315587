"""Claims in the administration: to be looked at. Whoever changes one does it on its page, through the services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from factcheck.desk.admin import ReadOnlyAdmin

from .models import Appearance, Claim, Claimant


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

    def view_on_site(self, claim: Claim) -> str:
        return claim.get_absolute_url()
