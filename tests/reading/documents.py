"""PDF and DOCX files made by hand, whole and hostile."""

from __future__ import annotations

import io
import quopri
import textwrap
import zipfile

import docx
from pypdf import PdfWriter


def pdf(pages: list[list[str]], *, title: str = "", author: str = "", created: str = "") -> bytes:
    """A PDF with one line of text under the other on each page, in Helvetica; "" leaves a gap."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        drawn = [b"BT /F1 10 Tf 72 760 Td 14 TL"]
        for line in lines:
            text = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn.append(b"(" + text + b") Tj T*")
        stream = b"\n".join([*drawn, b"ET"])
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    info = b"".join(
        b"/%s (%s) " % (name, value.encode("cp1252"))
        for name, value in ((b"Title", title), (b"Author", author), (b"CreationDate", created))
        if value
    )
    objects.append(b"<< " + info + b">>")
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, len(objects), start)
    )
    return out.getvalue()


def set_in_lines(paragraphs: list[str], width: int = 80) -> list[str]:
    return [
        line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width, break_on_hyphens=False)
    ]


def encrypted(body: bytes, password: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(body))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan(pages: int = 2) -> bytes:
    """Pages with nothing on them that is text."""
    return pdf([[] for _ in range(pages)])


def word(
    paragraphs: list[str],
    *,
    title: str = "",
    author: str = "",
    heading: str = "",
    rows: tuple[tuple[str, ...], ...] = (),
) -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    if title:
        document.add_paragraph(title, style="Title")
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if heading:
        document.add_heading(heading, 2)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def _parts(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return {item.filename: file.read(item) for item in file.infolist()}


def document_xml(body: bytes) -> bytes:
    return _parts(body)["word/document.xml"]


def repacked(body: bytes, parts: dict[str, bytes]) -> bytes:
    """The same archive with some of its parts replaced or added."""
    return archive({**_parts(body), **parts})


def mhtml(page: bytes, url: str) -> bytes:
    """A page as a browser saves it in one file, with a picture after it."""
    mark = b"----MultipartBoundary--x----"
    return b"\r\n".join(
        [
            b"From: <Saved by a browser>",
            b"Snapshot-Content-Location: " + url.encode(),
            b"Subject: Wells leak",
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="' + mark + b'"',
            b"",
            b"--" + mark,
            b"Content-Type: text/html",
            b"Content-Transfer-Encoding: quoted-printable",
            b"Content-Location: " + url.encode(),
            b"",
            quopri.encodestring(page),
            b"--" + mark,
            b"Content-Type: image/png",
            b"Content-Transfer-Encoding: base64",
            b"",
            b"iVBORw0KGgo=",
            b"--" + mark + b"--",
        ]
    )
