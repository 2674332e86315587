"""Django's administration with the desk's own site in it."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    default_site = "factcheck.desk.site.DeskAdminSite"
