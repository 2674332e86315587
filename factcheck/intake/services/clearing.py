"""Deleting uploads that nothing needs any more."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.core.files.storage import Storage, storages
from django.utils import timezone

from factcheck.intake.models import UPLOADS, Intake

# Longer than any transaction that has stored a file and not yet its row.
UNNAMED_FOR = timedelta(days=1)


def clear_uploads() -> int:
    """Delete the uploads whose content is kept as a capture and that no worker is at, and those that no row has named for
    `UNNAMED_FOR`: their transaction was rolled back. Returns how many."""
    having = Intake.objects.exclude(file="")
    kept = list(having.filter(capture__isnull=False).exclude(status__in=Intake.UNDER_WAY).only("file"))
    for intake in kept:
        clear_upload(intake)
    return len(kept) + _clear_unnamed(set(having.values_list("file", flat=True)))


def clear_upload(intake: Intake) -> None:
    """Delete the upload of a row, whose content is kept."""
    # The row last: while it names the file, whoever comes after a death in between deletes it.
    intake.file.storage.delete(intake.file.name)
    Intake.objects.filter(pk=intake.pk).update(file="")


def _clear_unnamed(named: set[str]) -> int:
    storage, limit, cleared = storages["default"], timezone.now() - UNNAMED_FOR, 0
    for name in _files(storage, UPLOADS):
        # A worker may delete it in this moment.
        with suppress(FileNotFoundError):
            if name not in named and storage.get_modified_time(name) < limit:
                storage.delete(name)
                cleared += 1
    return cleared


def _files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _files(storage, f"{folder}/{name}")
