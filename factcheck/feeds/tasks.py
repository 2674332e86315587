"""Jobs of the feeds: thin, each loads by id and calls a service."""

from celery import shared_task
from django.conf import settings

from . import services

LIMITS = {"soft_time_limit": settings.INTAKE_SOFT_LIMIT, "time_limit": settings.INTAKE_SOFT_LIMIT + 30}


@shared_task(name="feeds.poll_due", ignore_result=True)
def poll_due() -> int:
    """Send every feed whose time has come, and the rows of lists of homepages whose worker or message was lost."""
    return services.send_due() + services.send_lost_rows()


@shared_task(name="feeds.poll", ignore_result=True, **LIMITS)
def poll(feed_id: int) -> str:
    """Ask one feed."""
    return services.poll_feed(feed_id=feed_id)


@shared_task(name="feeds.look_up", ignore_result=True, **LIMITS)
def look_up(row_id: int) -> str:
    """Look one homepage up."""
    return services.look_up(row_id=row_id)
