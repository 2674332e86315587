"""The administration of the desk: its workers, and what other parts build their read-only pages from."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .models import WorkerHeartbeat
from .services import LATELY


class ReadOnlyAdmin(admin.ModelAdmin):
    """For rows that only move through the desk's own pages: to be searched and read here, by those who may see them."""

    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "seen", "queues"]
    search_fields = ["name"]
    fields = ["name", "state", "seen", "seen_at", "queues"]
    readonly_fields = ["state", "seen"]

    @admin.display(description=gettext_lazy("state"))
    def state(self, worker: WorkerHeartbeat) -> str:
        return _("answers") if worker.seen_at >= timezone.now() - LATELY else _("silent")

    @admin.display(description=gettext_lazy("seen"), ordering="seen_at")
    def seen(self, worker: WorkerHeartbeat) -> str:
        return ago(round((timezone.now() - worker.seen_at).total_seconds()))


def ago(seconds: int) -> str:
    """`5 s ago`, `3 min ago`, `2 h ago`."""
    seconds = max(0, seconds)
    if seconds < 120:
        return ngettext("%(n)d s ago", "%(n)d s ago", seconds) % {"n": seconds}
    if seconds < 7200:
        return ngettext("%(n)d min ago", "%(n)d min ago", seconds // 60) % {"n": seconds // 60}
    return ngettext("%(n)d h ago", "%(n)d h ago", seconds // 3600) % {"n": seconds // 3600}
