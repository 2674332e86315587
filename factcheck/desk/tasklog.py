"""One structured line in the log for each Celery task."""

import logging
import time
from typing import Any

from celery import signals

log = logging.getLogger("factcheck.task")
_started: dict[str, float] = {}


@signals.setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Celery would replace the handlers; the desk's own settings hold for workers too."""


@signals.task_prerun.connect
def note_start(task_id: str, **kwargs: Any) -> None:
    _started[task_id] = time.monotonic()


@signals.task_postrun.connect
def write_line(task_id: str, task: Any, state: str | None = None, args: Any = None, **kwargs: Any) -> None:
    began = _started.pop(task_id, None)
    took = None if began is None else round((time.monotonic() - began) * 1000)
    log.info(
        "task",
        extra={
            "task": task.name,
            "task_id": task_id,
            "arguments": list(args or []),
            "state": state,
            "ms": took,
        },
    )
