"""Feeds and what stood in them, in the admin: to look at, not to change, since changes go through the services."""

from django.contrib import admin

from factcheck.desk.admin import ReadOnlyAdmin

from .models import Feed, FeedItem, LookupRow


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "source", "kind", "is_on", "every", "failures", "polled_at", "next_poll_at"]
    list_filter = ["is_on", "kind"]
    search_fields = ["url", "title", "source__name"]
    list_select_related = ["source"]


@admin.register(FeedItem)
class FeedItemAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "feed", "published_at", "seen_at", "left_out"]
    list_filter = ["left_out", "seen_at"]
    search_fields = ["url", "title"]
    list_select_related = ["feed__source"]


@admin.register(LookupRow)
class LookupRowAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "status", "name", "attempts", "source"]
    list_filter = ["status"]
    search_fields = ["url", "name", "words"]
    list_select_related = ["source"]
