"""Numbered system checks for what would only fail later."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def servers_are_named(app_configs: Any, **kwargs: Any) -> list[Any]:
    """A server for others must say where its database and broker are."""
    found = []
    if not settings.DATABASE_URL:
        found.append(
            Error(
                "DATABASE_URL is not set.", hint="postgresql://user:password@host:5432/name", id="desk.E001"
            )
        )
    if not settings.REDIS_URL:
        found.append(Error("REDIS_URL is not set.", hint="redis://:password@host:6379/0", id="desk.E002"))
    if not settings.DESK_URL:
        found.append(
            Warning(
                "DESK_URL is not set; exported ClaimReviews need the desk's public address.", id="desk.W001"
            )
        )
    return found


@register()
def limits_make_sense(app_configs: Any, **kwargs: Any) -> list[Any]:
    """A stalled job must be found before its message comes back by itself."""
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    if visibility <= settings.CELERY_TASK_TIME_LIMIT:
        return [Error("The broker's visibility timeout must exceed the task time limit.", id="desk.E003")]
    return []
