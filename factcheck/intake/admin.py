"""What came in and what was kept, in the admin: to look at, not to change, since changes go through the services."""

from django.contrib import admin

from factcheck.desk.admin import ReadOnlyAdmin

from .models import Capture, Intake


@admin.register(Intake)
class IntakeAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "via", "status", "reason", "attempts", "asked_as", "queued_at", "finished_at"]
    list_filter = ["status", "via", "queued_at"]
    search_fields = ["url", "file_name", "article__title", "words"]
    list_select_related = ["article"]
    date_hierarchy = "queued_at"


@admin.register(Capture)
class CaptureAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "status", "content_type", "size", "fetched_at", "article", "archived_url"]
    list_filter = ["content_type", "fetched_at"]
    search_fields = ["url", "final_url", "sha256", "article__title"]
    list_select_related = ["article"]
