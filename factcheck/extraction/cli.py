"""The `extract` command: text, web pages and lines of JSON in; JSON or a table for people out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from factcheck.extraction import dumps, extract
from factcheck.extraction.document import Extraction, Figure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", help='a text file, or "-" for standard input')
    parser.add_argument(
        "--html", metavar="FILE", help='a web page instead of a text, or "-" for standard input'
    )
    parser.add_argument("--url", default="", help="where the page was, with --html")
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="for one document (default: table)"
    )
    parser.add_argument("--published", type=_day, metavar="DATE", help="the day it was published, YYYY-MM-DD")
    parser.add_argument(
        "--jsonl",
        nargs="?",
        const="-",
        metavar="FILE",
        help="read one JSON document a line, write one result a line",
    )


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a date like 2017-10-18") from None


def run(options: dict[str, Any], out: TextIO) -> int:
    """Does what the parsed options ask for.

    The exit status: 0, 1 for an invalid line or a page without an article, 2 for a file that cannot be read.
    """
    page = options.get("html")
    try:
        if options.get("jsonl"):
            return _lines(_open(options["jsonl"]), out)
        if not page and not options.get("file"):
            sys.stderr.write('extract: name a file, or "-" for standard input\n')
            return 2
        data = _bytes(page or options["file"])
    except OSError as error:
        sys.stderr.write(f"extract: {options.get('jsonl') or page or options['file']}: {error.strerror}\n")
        return 2
    if page:
        result = of_page(data, url=options.get("url") or "", published=options.get("published"))
        if isinstance(result, str):
            sys.stderr.write(f"extract: {page}: {result}\n")
            return 1
    else:
        result = extract(_decoded(data), published=options.get("published"))
    out.write((dumps(result.to_dict()) if options["format"] == "json" else table(result)) + "\n")
    return 0


def of_page(
    data: bytes, *, url: str = "", published: date | None = None, doc_id: Any = None
) -> Extraction | str:
    """The findings in a web page, or the words that say why it cannot be read.

    All of the text that the reader finds is body; what the page says of itself is the article's title, bylines,
    publisher and day. published: wins over the page's own.
    """
    # The reader's libraries take longer to load than a short text to be read.
    from factcheck.reading import Unreadable, read_page

    reading = read_page(data, url=url)
    if isinstance(reading, Unreadable):
        return reading.words
    day = reading.published.date() if isinstance(reading.published, datetime) else reading.published
    result = extract(
        reading.text, raw=True, published=published or day, doc_id=doc_id, title=reading.title or None
    )
    result.article.bylines = list(reading.bylines)
    result.article.publisher = reading.outlet or None
    return result


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _decoded(data: bytes) -> str:
    """UTF-8, with or without its mark; what is not UTF-8 shows as replacement characters."""
    return data.decode("utf-8-sig", "replace")


def _open(name: str) -> Iterator[bytes]:
    if name == "-":
        yield from sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield from file


def _lines(lines: Iterator[bytes], out: TextIO) -> int:
    status = 0
    for line in lines:
        if not line.strip():
            continue
        answer, valid = _answer(line)
        if not valid:
            status = 1
        out.write(dumps(answer) + "\n")
        out.flush()
    return status


def _answer(line: bytes) -> tuple[dict[str, Any], bool]:
    """The result of one input line, or what is wrong with it."""
    try:
        document = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"not JSON: {error}"}, False
    if not isinstance(document, dict):
        return {"id": None, "error": "not a JSON object"}, False
    name = document.get("id")
    wrong, published = _invalid(document)
    if wrong:
        return {"id": name, "error": wrong}, False
    try:
        if "html" in document:
            page = document["html"].encode("utf-8", "replace")
            result = of_page(page, url=document.get("url") or "", published=published, doc_id=name)
            if isinstance(result, str):
                return {"id": name, "error": result}, False
        else:
            result = extract(
                document["text"], raw=document.get("raw", False), published=published, doc_id=name
            )
    except Exception as error:
        return {"id": name, "error": f"{type(error).__name__}: {error}"}, False
    return result.to_dict(), True


def _invalid(document: dict[str, Any]) -> tuple[str, date | None]:
    """What is wrong with an input line ("" if nothing is), and the day that it gives."""
    if "html" in document:
        if "text" in document:
            return 'either "text" or "html", not both', None
        if not isinstance(document["html"], str):
            return '"html" is not a string', None
        if not isinstance(document.get("url") or "", str):
            return '"url" is not a string', None
    elif not isinstance(document.get("text"), str):
        return '"text" is missing or not a string', None
    if not isinstance(document.get("raw", False), bool):
        return '"raw" is neither true nor false', None
    if document.get("published") is None:
        return "", None
    try:
        return "", date.fromisoformat(document["published"])
    except (ValueError, TypeError):
        return '"published" is not a date like 2017-10-18', None


def table(result: Extraction) -> str:
    """The findings for a person at a terminal."""
    article = result.article
    lines = [article.title or "(no title)"]
    lines.append(
        " · ".join(
            filter(None, [", ".join(article.bylines), article.publisher, article.published, article.language])
        )
    )
    if result.note:
        lines.append(result.note)
    lines.append("")
    for claim in sorted(result.claims, key=lambda c: (-c.score, c.start)):
        speaker = f" — {result.speakers[claim.speaker].name}" if claim.speaker is not None else ""
        lines.append(f"{claim.score:.2f}  {_line(claim.quote)}{speaker}")
        lines.append(f"      {claim.kind}: {', '.join(claim.reasons)}")
        lines.extend(f"      {_figure(result.figures[index])}" for index in claim.figures)
    counts = (
        f"{len(result.sentences)} sentences, {len(result.claims)} claims, {len(result.figures)} figures, "
        f"{len(result.quotations)} quotations, {len(result.speakers)} speakers"
    )
    lines += ["", counts]
    return "\n".join(lines)


def _line(text: str) -> str:
    return " ".join(text.split())


def _figure(figure: Figure) -> str:
    value = f"{figure.low:,f}" if figure.low == figure.high else f"{figure.low:,f} to {figure.high:,f}"
    parts = [value, figure.unit or "", f"per {figure.per}" if figure.per else ""]
    if figure.bound != "exact":
        parts.insert(0, figure.bound.replace("_", " "))
    parts.append({"increase": "↑", "decrease": "↓"}.get(figure.change or "", ""))
    if figure.role in ("from", "to"):
        parts.append(figure.role)
    about = "; ".join(filter(None, [figure.measure, f"of {figure.of}" if figure.of else None]))
    return " ".join(filter(None, parts)) + (f"  [{about}]" if about else "")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="extract", description="Find the figures, quotations and claims in a text or a web page."
    )
    add_arguments(parser)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return run(vars(parser.parse_args(arguments)), sys.stdout)
