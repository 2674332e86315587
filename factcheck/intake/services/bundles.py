"""Several files at once, and ZIP files of them: each member becomes an intake of one batch."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.desk.audit import acting
from factcheck.desk.errors import Refused
from factcheck.intake.models import Intake

from .asking import hand_in_file, turn_away

if TYPE_CHECKING:
    from factcheck.sources.models import Source

    from .asking import Actor

MEMBERS = 200
TOTAL_BYTES = 120_000_000  # of all members, unpacked
DIRECTORY_BYTES = 200_000  # what lists the members; read whole before any of them is counted
PIECE = 256 * 1024

_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_64_BYTES = 20
_ENCRYPTED = 0x1
# What systems and browsers put beside the files that a person meant.
_BESIDE = ("__macosx/", "thumbs.db", ".ds_store", "desktop.ini")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was handed in."""

    name: str
    body: bytes
    content_type: str = ""

    @property
    def is_bundle(self) -> bool:
        return self.name.lower().endswith(".zip") or self.content_type in (
            "application/zip",
            "application/x-zip-compressed",
        )


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file out of a ZIP, or, where there is no `body`, why it was not taken out."""

    name: str
    body: bytes | None = None
    reason: str = ""
    words: str = ""


def hand_in_files(
    *,
    actor: "Actor",
    files: list[Upload],
    given: dict[str, Any] | None = None,
    source: "Source | None" = None,
    via: str = Intake.Via.FILE,
) -> UUID:
    """Have many files read, those inside of ZIPs too; returns their batch. `given` and `source` are true of all of them.

    Raises Refused when there is no file.
    """
    demand(actor, Capability.TRIAGE)
    if not files:
        raise Refused(_("There is no file here."))
    batch = uuid4()
    with acting(actor, "hand in files"):
        for file in files:
            for member in unpacked(file) if file.is_bundle else [Member(name=file.name, body=file.body)]:
                if member.body is None:
                    turn_away(
                        actor=actor,
                        file_name=member.name,
                        reason=member.reason,
                        words=member.words,
                        via=via,
                        batch=batch,
                    )
                    continue
                hand_in_file(
                    actor=actor,
                    body=member.body,
                    file_name=member.name,
                    content_type="" if file.is_bundle else file.content_type,
                    via=via,
                    batch=batch,
                    given=given,
                    source=source,
                )
    return batch


def unpacked(file: Upload) -> Iterator[Member]:
    """The files in a ZIP, one after the other. Folders, and what systems and browsers put beside files, are left out.

    A ZIP that cannot be opened, is too large or holds too many gives one member without a body, which says so.
    """
    if not _directory_is_small(file.body):
        yield _not(file.name, "too_complex", _("This ZIP holds more than %(n)s files.") % {"n": MEMBERS})
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file.body)) as bundle:
            yield from _members(file, bundle)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        yield _not(file.name, "broken", _("This ZIP is damaged and cannot be opened."))


def _members(file: Upload, bundle: zipfile.ZipFile) -> Iterator[Member]:
    wanted = [each for each in bundle.infolist() if not each.is_dir() and not _is_beside(each.filename)]
    if not wanted:
        yield _not(file.name, "empty", _("There is no file in this ZIP."))
        return
    if len(wanted) > MEMBERS:
        words = _("This ZIP holds %(has)s files; the desk takes %(limit)s at once.")
        yield _not(file.name, "too_complex", words % {"has": len(wanted), "limit": MEMBERS})
        return
    left = TOTAL_BYTES
    for each in wanted:
        if left <= 0:
            yield _not(each.filename, "too_big", _("The files before it in the ZIP were too large together."))
            continue
        member = _member(bundle, each, limit=min(left, settings.INTAKE_MAX_FILE))
        left -= len(member.body or b"")
        yield member


def _member(bundle: zipfile.ZipFile, each: zipfile.ZipInfo, *, limit: int) -> Member:
    if each.flag_bits & _ENCRYPTED:
        return _not(each.filename, "encrypted", _("This file of the ZIP is protected with a password."))
    if each.filename.lower().endswith(".zip"):
        words = _("A ZIP inside of a ZIP is not opened. Take it out and hand it in by itself.")
        return _not(each.filename, "wrong_type", words)
    body = bytearray()
    try:
        with bundle.open(each) as packed:
            while piece := packed.read(PIECE):
                body += piece
                if len(body) > limit:
                    words = _("This file of the ZIP is too large.")
                    return _not(each.filename, "too_big", words)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return _not(each.filename, "broken", _("This file of the ZIP is damaged and cannot be read."))
    return Member(name=each.filename, body=bytes(body))


def _not(name: str, reason: str, words: str) -> Member:
    return Member(name=name, reason=reason, words=words)


def _is_beside(name: str) -> bool:
    """Whether it belongs to a system, or to the folder of pictures and scripts that a browser saves with a page."""
    lower = name.lower().replace("\\", "/")
    folders, _slash, last = lower.rpartition("/")
    return (
        lower.startswith(_BESIDE[0])
        or last in _BESIDE[1:]
        or last.startswith("._")
        or any(
            folder.endswith(("_files", "-dateien", "_fichiers", "_archivos")) for folder in folders.split("/")
        )
    )


def _directory_is_small(body: bytes) -> bool:
    """Whether the list of members may be read: the standard library makes an object of each before it can be asked how many.

    Follows PKWARE's APPNOTE 6.3.10, sections 4.3.14 to 4.3.16. What is no ZIP at all is left to be told by who opens it.
    """
    at = len(body) - _END_BYTES
    if at < 0 or body[at : at + 4] != _END or body[-2:] != b"\0\0":
        at = body.rfind(_END, max(0, len(body) - _END_BYTES - _LONGEST_COMMENT))
    if at < 0 or at + _END_BYTES > len(body):
        return True
    locator = at - _LOCATOR_64_BYTES
    if locator >= 0 and body[locator : locator + 4] == _LOCATOR_64:
        # The 64-bit form is for what is far larger than the desk takes.
        return False
    (size,) = struct.unpack_from("<I", body, at + 12)
    return size <= DIRECTORY_BYTES
