from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# Tasks are declared with shared_task, so the application must exist before any of them is called.
from factcheck import celery  # noqa: F401


class DeskConfig(AppConfig):
    name = "factcheck.desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from . import checks, tasklog  # noqa: F401
