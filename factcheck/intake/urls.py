"""Addresses of intake."""

from django.urls import path

from . import adding, archive_views, views

app_name = "intake"
urlpatterns = [
    path("", views.list_intakes, name="list"),
    path("news/", views.news, name="news"),
    path("retry/", views.retry_all, name="retry_all"),
    path("set-aside/", views.set_aside_all, name="set_aside_all"),
    path("bring-back/", views.bring_back_all, name="bring_back_all"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/retry/", views.retry, name="retry"),
    path("<int:pk>/set-aside/", views.set_aside, name="set_aside"),
    path("<int:pk>/bring-back/", views.bring_back, name="bring_back"),
    path("batch/<uuid:batch>/", views.batch, name="batch"),
    path("articles/<int:article>/", views.fetch_again, name="fetch_again"),
    path("bookmarklet/", adding.bookmarklet, name="bookmarklet"),
    path("from-browser/", adding.from_browser, name="from_browser"),
    path("captures/<int:pk>/", archive_views.show, name="capture"),
    path("captures/<int:pk>/raw/", archive_views.raw, name="raw"),
    path("captures/<int:pk>/download/", archive_views.download, name="download"),
]
