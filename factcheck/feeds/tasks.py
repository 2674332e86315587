"""Jobs of the feeds: thin, each loads by id and calls a service."""

from celery import shared_task

from . import services


@shared_task(name="feeds.poll_due", ignore_result=True)
def poll_due() -> int:
    """Send every feed whose time has come."""
    return services.send_due()


@shared_task(name="feeds.poll", ignore_result=True)
def poll(feed_id: int) -> str:
    """Ask one feed."""
    return services.poll_feed(feed_id=feed_id)
