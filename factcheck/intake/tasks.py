"""Jobs of the intake: thin, each loads by id and calls a service."""

from celery import shared_task
from django.conf import settings


@shared_task(
    name="intake.take_in",
    ignore_result=True,
    soft_time_limit=settings.INTAKE_SOFT_LIMIT,
    time_limit=settings.INTAKE_SOFT_LIMIT + 30,
)
def take_in(intake_id: int) -> str:
    """Fetch, read and store one thing that was handed in."""
    from . import services

    return services.take_in(intake_id=intake_id)


@shared_task(name="intake.archive", ignore_result=True)
def archive(capture_id: int) -> str:
    """Hand what was captured to an archive outside."""
    from . import services

    return services.archive(capture_id=capture_id)


@shared_task(name="intake.clear_uploads", ignore_result=True)
def clear_uploads() -> int:
    """Delete the uploads that nothing needs any more."""
    from . import services

    return services.clear_uploads()


@shared_task(name="intake.sweep", ignore_result=True)
def sweep() -> int:
    """Send again what got stuck or is due, and hand in the pages whose time to be looked at again has come."""
    from . import services

    return services.sweep_intakes() + services.fetch_due_again()
