"""Files that are handed in: what becomes of them, and of the upload."""

import os
from io import BytesIO
from types import SimpleNamespace
from unittest.mock import MagicMock
from zipfile import ZipFile

import pytest
from django.core.files.storage import storages
from django.db import transaction

from factcheck.intake import captures
from factcheck.intake.models import Intake
from factcheck.intake.services import clear_uploads, hand_in_file, hand_in_files, retry, taking
from factcheck.intake.services.bundles import Upload
from tests.intake.conftest import page_of
from tests.reading import documents

pytestmark = pytest.mark.django_db


def test_a_file_is_read_and_kept(site, editor, taken):
    intake = taken(
        hand_in_file(actor=editor, body=page_of(), file_name="page.html", content_type="text/html")
    )

    assert intake.status == "added"
    assert intake.article.title == "Militia loses most of its territory"
    assert intake.article.captures.get().file_name == "page.html"


def uploads(tmp_path):
    return [path for path in (tmp_path / "media" / "uploads").rglob("*") if path.is_file()]


@pytest.fixture
def at_once(monkeypatch):
    """The worker's commits come at once, as without the transaction that a test is in."""
    commits = SimpleNamespace(atomic=transaction.atomic, on_commit=lambda do, **_how: do())
    monkeypatch.setattr(taking, "transaction", commits)


def test_an_upload_goes_once_it_is_kept_and_is_read_again_from_there(site, editor, taken, tmp_path, at_once):
    """One of the batch comes in; the other cannot be read, now nor later."""
    packed = BytesIO()
    with ZipFile(packed, "w") as bundle:
        bundle.writestr("page.html", page_of())
        bundle.writestr("scan.pdf", documents.scan())
    batch = hand_in_files(actor=editor, files=[Upload(name="all.zip", body=packed.getvalue())])
    waiting = Intake.objects.filter(batch=batch).order_by("file_name")
    assert len(uploads(tmp_path)) == 2

    page, scan = map(taken, waiting)

    assert (page.status, scan.reason) == ("added", "scan")
    assert (uploads(tmp_path), page.file, scan.file) == ([], "", "")
    again = taken(retry(actor=editor, intake=scan))
    assert (again.reason, again.capture) == ("scan", scan.capture)
    storages["default"].delete(captures._name(scan.capture.sha256))
    assert taken(retry(actor=editor, intake=again)).reason == "upload_lost"


@pytest.mark.parametrize("point", ["_note", "clear_upload", "_read"])
def test_a_worker_that_dies_over_an_upload_loses_nothing(
    site, editor, taken, tmp_path, monkeypatch, at_once, point
):
    """Before the capture stands on the row, before the upload has gone, and after that."""
    intake = hand_in_file(actor=editor, body=page_of(), file_name="page.html")
    with monkeypatch.context() as dying:
        dying.setattr(taking, point, MagicMock(side_effect=SystemExit))
        with pytest.raises(SystemExit):
            taken(intake)

    intake = taken(intake)

    assert intake.status == "added"
    assert (uploads(tmp_path), intake.file) == ([], "")


def aged(path, days=2):
    moment = path.stat().st_mtime - days * 24 * 3600
    os.utime(path, (moment, moment))
    return path


def test_an_upload_whose_row_was_rolled_back_goes_after_a_day(site, editor, taken, tmp_path):
    waiting = hand_in_file(actor=editor, body=page_of(), file_name="waits.html")
    with transaction.atomic():
        hand_in_file(actor=editor, body=b"Words.", file_name="a.txt")
        hand_in_files(actor=editor, files=[Upload(name="b.txt", body=b"Other words.")])
        transaction.set_rollback(True)
    assert len(uploads(tmp_path)) == 3

    assert clear_uploads() == 0
    for path in uploads(tmp_path):
        aged(path)
    assert clear_uploads() == 2

    assert [path.name for path in uploads(tmp_path)] == [waiting.file.name.rpartition("/")[2]]
    assert taken(waiting).status == "added"


def test_an_upload_that_is_kept_goes_when_the_worker_died_before_it_could_delete_it(
    site, editor, taken, tmp_path
):
    """Nothing is deleted here by the worker: its commit never comes."""
    intake = taken(hand_in_file(actor=editor, body=page_of(), file_name="page.html"))
    assert (intake.status, len(uploads(tmp_path))) == ("added", 1)

    assert clear_uploads() == 1

    intake.refresh_from_db()
    assert (uploads(tmp_path), intake.file) == ([], "")
    assert clear_uploads() == 0


def test_an_empty_file_is_refused_in_words(editor):
    intake = hand_in_file(actor=editor, body=b"", file_name="empty.txt")

    assert (intake.status, intake.words) == ("failed", "This file is empty.")


def test_a_second_page_of_an_address_that_is_under_way_leaves_no_file_behind(
    site, editor, tmp_path, django_capture_on_commit_callbacks
):
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            hand_in_file(actor=editor, body=page_of(), file_name="page.html", url=site.url("/militia"))

    assert Intake.objects.count() == 1
    assert len(uploads(tmp_path)) == 1
