"""The Celery application. Tasks are thin: they load a row by its id and call a service."""

import os
from pathlib import Path

from celery import Celery
from celery.signals import beat_init, worker_process_init, worker_ready

from factcheck.embedded.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def die_with_the_worker(**_: object) -> None:
    """A pool process whose worker was killed would end its job unseen, beside the worker that does it again."""
    die_with_parent()


@worker_ready.connect
def show_life_at_once(**_: object) -> None:
    """Without waiting for beat's next tick, so that a restart is seen as ready when it is."""
    app.send_task("desk.heartbeat", expires=30)


@beat_init.connect
def show_that_beat_ticks(**_: object) -> None:
    """For whoever started beat and waits for it: it can be asked nothing."""
    sign = os.environ.get("FACTCHECK_BEAT_SIGN")
    if sign:
        Path(sign).touch()
