"""The desk's own ticks."""

import socket

from celery import current_task, shared_task

from . import services


@shared_task(name="desk.heartbeat", ignore_result=True)
def heartbeat() -> None:
    """Beat sends it, a worker answers by running it: the whole chain is alive."""
    hostname = getattr(current_task.request, "hostname", None) or socket.gethostname()
    services.note_heartbeat(name=hostname)
