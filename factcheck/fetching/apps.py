from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FetchingConfig(AppConfig):
    name = "factcheck.fetching"
    verbose_name = _("Fetching")

    def ready(self) -> None:
        from . import checks  # noqa: F401
