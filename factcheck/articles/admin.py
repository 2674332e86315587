"""Articles and their extractions in the admin: to look at, not to change, since changes go through the services."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from factcheck.desk.admin import ReadOnlyAdmin

from .models import Annotation, Article, ExtractionRun
from .querysets import long_of


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = [
        "title",
        "carried_by",
        "published_on",
        "medium",
        "language",
        "added_at",
        "done_at",
        "is_demo",
    ]
    list_filter = ["medium", "language", "is_demo", "added_at"]
    search_fields = ["title", "url", "carried_by__name"]
    list_select_related = ["carried_by"]
    date_hierarchy = "added_at"


@admin.register(ExtractionRun)
class ExtractionRunAdmin(ReadOnlyAdmin):
    list_display = ["version", "status", "stage", "progress", "attempts", "queued_at", "finished_at", "error"]
    list_filter = ["status", "queued_at"]
    search_fields = ["version__article__title", "error"]
    list_select_related = ["version__article"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer(*long_of("version"))


@admin.register(Annotation)
class AnnotationAdmin(ReadOnlyAdmin):
    list_display = ["note", "author", "version", "created_at"]
    search_fields = ["note", "exact", "version__article__title"]
    list_select_related = ["author", "version__article"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer(*long_of("version"))
