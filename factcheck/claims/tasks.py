"""Jobs around claims: thin, each loads by id and calls a service."""

from celery import shared_task
from django.utils import timezone

from factcheck.desk.audit import Job

from .services.extraction import run_extraction, sweep_extractions
from .services.triage import wake_parked


@shared_task(name="claims.extract", ignore_result=True)
def extract(run_id: int) -> str:
    """Read the figures and claims out of one version."""
    return run_extraction(run_id=run_id)


@shared_task(name="claims.sweep_extractions", ignore_result=True)
def sweep() -> int:
    """Send again what got stuck."""
    return sweep_extractions()


@shared_task(name="claims.wake_parked", ignore_result=True)
def wake() -> int:
    """Bring back what was parked until today."""
    return wake_parked(actor=Job("calendar"), today=timezone.localdate())
