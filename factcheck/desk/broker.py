"""What waits in the broker."""

import redis
from django.conf import settings
from redis.exceptions import RedisError


def waiting(*queues: str) -> dict[str, int] | None:
    """How many messages wait in each queue; None when the broker does not answer."""
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_timeout=2, socket_connect_timeout=2
        ) as broker:
            return {queue: broker.llen(f"{prefix}{queue}") for queue in queues}
    except (RedisError, OSError):
        return None


def room_for(rows: int, *, queue: str, at_most: int) -> int:
    """How many of so many unfinished jobs can have lost their message: those that no waiting message is left for.

    A sweeper that sends no more than that does not flood a queue that is only long.
    """
    lengths = waiting(queue)
    return 0 if lengths is None else max(0, min(at_most, rows - lengths[queue]))
