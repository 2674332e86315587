"""ZIP files: each member becomes an intake, and no ZIP takes more than its share."""

import io
import tracemalloc
import zipfile

import pytest

from factcheck.intake.models import Intake
from factcheck.intake.names import name_to_save, safe_name
from factcheck.intake.services import bundles, hand_in_files
from factcheck.intake.services.bundles import Upload, unpacked


def zipped(members, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as bundle:
        for name, body in members.items():
            bundle.writestr(name, body)
    return held.getvalue()


def taken(body, name="all.zip"):
    return list(unpacked(Upload(name=name, body=body)))


def names_and_reasons(body):
    return [(member.name, member.reason) for member in taken(body)]


def test_the_files_inside_are_taken_out():
    (one, two) = taken(zipped({"a.txt": b"One.", "deep/b.html": b"<p>Two.</p>"}))
    assert (one.name, one.body, two.name, two.body) == ("a.txt", b"One.", "deep/b.html", b"<p>Two.</p>")


def test_what_systems_and_browsers_put_beside_them_is_left_out():
    beside = [
        "__MACOSX/._a.txt",
        ".DS_Store",
        "x/Thumbs.db",
        "Story_files/ad.js",
        "Story-Dateien/a.png",
        "folder/",
    ]
    assert names_and_reasons(zipped({**dict.fromkeys(beside, b""), "Story.html": b"<p>"})) == [
        ("Story.html", "")
    ]


def test_a_zip_in_a_zip_is_not_opened():
    assert names_and_reasons(zipped({"inner.ZIP": zipped({"a.txt": b"One."})})) == [
        ("inner.ZIP", "wrong_type")
    ]


def test_a_protected_file_is_told_and_the_others_come_in():
    body = bytearray(zipped({"a.txt": b"One.", "b.txt": b"Two."}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(mark) + offset] |= 1
    assert names_and_reasons(bytes(body)) == [("a.txt", "encrypted"), ("b.txt", "")]


def test_too_many_files_are_refused_together():
    body = zipped({f"{n}.txt": b"x" for n in range(bundles.MEMBERS + 1)})
    assert names_and_reasons(body) == [("all.zip", "too_complex")]


def test_a_list_of_very_many_files_is_not_even_read():
    body = zipped({f"{n}.txt": b"" for n in range(40_000)}, zipfile.ZIP_STORED)
    tracemalloc.start()
    found = names_and_reasons(body)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [("all.zip", "too_complex")]
    assert most < 1_000_000


def test_a_bomb_ends_at_the_limit(settings, monkeypatch):
    settings.INTAKE_MAX_FILE = 1_000_000
    monkeypatch.setattr(bundles, "TOTAL_BYTES", 1_500_000)
    bomb = {"a.txt": bytes(900_000), "b.txt": bytes(50_000_000), "c.txt": bytes(700_000), "d.txt": b"Words."}
    assert names_and_reasons(zipped(bomb)) == [
        ("a.txt", ""), ("b.txt", "too_big"), ("c.txt", "too_big"), ("d.txt", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [b"", b"not a zip", b"PK\x03\x04 cut", zipped({"a.txt": b"x" * 500})[:-30]],
    ids=["empty", "text", "begun", "cut"],
)
def test_what_is_no_zip_is_told(body):
    assert names_and_reasons(body) == [("all.zip", "broken")]


def test_a_damaged_file_is_told_and_the_others_come_in():
    body = bytearray(zipped({"a.txt": b"One and a half.", "b.txt": b"Two."}, zipfile.ZIP_STORED))
    body[body.index(b"One")] ^= 0xFF
    assert names_and_reasons(bytes(body)) == [("a.txt", "broken"), ("b.txt", "")]


def test_an_empty_zip_is_told():
    assert names_and_reasons(zipped({})) == [("all.zip", "empty")]


@pytest.mark.django_db
def test_each_has_its_row_and_its_own_name(editor):
    body = zipped({"../../etc/pass\u202ewd.txt": b"One.", "C:\\temp\\b.txt": b"Two.", "inner.zip": b"PK"})
    batch = hand_in_files(actor=editor, files=[Upload(name="all.zip", body=body)])
    rows = Intake.objects.filter(batch=batch).order_by("pk").values_list("file_name", "status", "reason")
    assert list(rows) == [
        ("passwd.txt", "queued", ""),
        ("b.txt", "queued", ""),
        ("inner.zip", "failed", "wrong_type"),
    ]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a/b\\c.txt", "c.txt"),
        ("a\x00\u202eb\u200b .txt", "ab .txt"),
        ("  x  y ", "x y"),
        ("שלום.pdf", "שלום.pdf"),
    ],
)
def test_names_lose_what_cannot_be_seen(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("url", "file_name", "saved"),
    [
        ("https://a.example/2026/story", "", "story.html"),
        ("https://a.example/", "", "a.example.html"),
        ("", 'x"<>|?.html', "x-.html"),
        ("", "", "capture.html"),
        ("https://a.example/%2e%2e%2fetc", "", "etc.html"),
    ],
)
def test_a_capture_is_saved_under_a_harmless_name(url, file_name, saved):
    assert name_to_save(url=url, file_name=file_name, extension=".html") == saved
