from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "factcheck.accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from . import signin  # noqa: F401
