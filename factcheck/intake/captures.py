"""Keeping what was fetched or uploaded, byte for byte, each content once."""

import gzip
import hashlib
import zlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from factcheck.fetching import Fetched

from .models import Capture


class CaptureLost(Exception):
    """The storage does not hold the bytes of a capture any more."""


def keep_fetched(answer: Fetched) -> Capture:
    """Store an answer from the web as it came: bytes (decompressed), headers, time and hash."""
    return _keep(
        answer.body,
        url=answer.url[:2000],
        final_url=answer.final_url[:2000],
        status=answer.status,
        headers=[list(pair) for pair in answer.headers],
        content_type=answer.content_type[:200],
        charset=(answer.charset or "")[:40],
        fetched_at=answer.fetched_at,
    )


def keep_upload(
    body: bytes, *, file_name: str, content_type: str, url: str = "", at: datetime | None = None
) -> Capture:
    """Store a file that a person or a program handed in."""
    return _keep(
        body,
        url=url,
        final_url=url,
        file_name=file_name[:200],
        content_type=content_type[:200],
        fetched_at=at or timezone.now(),
    )


def bytes_of(capture: Capture) -> bytes:
    """What was kept. Raises CaptureLost when the storage does not have it, or has something else."""
    return _stored(capture.sha256)


def _keep(body: bytes, **columns: Any) -> Capture:
    sha256 = hashlib.sha256(body).hexdigest()
    storage, name = storages["default"], _name(sha256)
    try:
        _stored(sha256)
    except CaptureLost:
        # It is not there yet, or a worker died while it wrote it.
        storage.delete(name)
        storage.save(name, ContentFile(gzip.compress(body, 6, mtime=0)))
    return Capture.objects.create(sha256=sha256, size=len(body), **columns)


def _stored(sha256: str) -> bytes:
    try:
        with storages["default"].open(_name(sha256)) as stored:
            body = gzip.decompress(stored.read())
    except (OSError, EOFError, zlib.error) as error:
        raise CaptureLost(sha256) from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise CaptureLost(sha256)
    return body


def _name(sha256: str) -> str:
    return f"captures/{sha256[:2]}/{sha256}.gz"
