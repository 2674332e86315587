"""Figures in the administration: to be looked at. They are corrected on their claim's page."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from factcheck.desk.admin import ReadOnlyAdmin

from .models import Figure


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    list_display = ("text", "low", "high", "unit", "measure", "of", "superseded")
    list_filter = ("dimension", "bound", "superseded")
    search_fields = ("text", "measure", "of")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).defer("machine_reading")
