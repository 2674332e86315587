"""Addresses of the desk, part by part."""

from django.contrib import admin
from django.urls import include, path

from factcheck.desk import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("factcheck.queue.urls")),
    path("articles/", include("factcheck.articles.urls")),
    path("intake/", include("factcheck.intake.urls")),
    path("feeds/", include("factcheck.feeds.urls")),
    path("claims/", include("factcheck.claims.urls")),
    path("verdicts/", include("factcheck.verdicts.urls")),
    path("sources/", include("factcheck.sources.urls")),
    path("reports/", include("factcheck.reports.urls")),
    path("desk/", include("factcheck.desk.urls")),
    path("people/", include("factcheck.accounts.urls")),
    path("api/", include("factcheck.api.urls")),
    path("demo/", include("factcheck.demo.urls")),
    path("admin/", admin.site.urls),
]
