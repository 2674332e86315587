"""Signs of life."""

from datetime import timedelta

from django.utils import timezone

from .models import WorkerHeartbeat

LATELY = timedelta(seconds=60)


def note_heartbeat(*, name: str) -> None:
    """A worker answered; rows of workers gone for a day are dropped."""
    now = timezone.now()
    WorkerHeartbeat.objects.update_or_create(name=name, defaults={"seen_at": now})
    WorkerHeartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


def worker_seen_lately() -> bool:
    return WorkerHeartbeat.objects.filter(seen_at__gte=timezone.now() - LATELY).exists()
