"""Bytes to text: which charset a page or text file is really in, whatever it declares."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.I)
_HTTP_DECLARED = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_LANG = re.compile(rb"""<html[^>]{0,400}?\slang\s*=\s*["']?([a-zA-Z]{2})""", re.I)
_HEAD = 8192
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers take these labels to mean, see the WHATWG Encoding Standard.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# The legacy charset that browsers take for an undeclared page in a language, see the HTML Standard.
_OF_LANGUAGE = {
    **dict.fromkeys(("cs", "hu", "pl", "sk", "sl", "hr"), "cp1250"),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "sr", "kk"), "cp1251"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    "el": "cp1253",
    "tr": "cp1254",
    "he": "cp1255",
    "ar": "cp1256",
    "fa": "cp1256",
    "th": "cp874",
    "ja": "cp932",
    "ko": "cp949",
    "zh": "gb18030",
}
_WESTERN = re.compile(
    "^[\\s\\x20-\\x7e\u00a0-\u00ff\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2013-\u2026\u2030\u2039\u203a\u2122\u02c6\u02dc\u0192]*$"
)
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_CONTROL_OR_C1 = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("factcheck-western", _as_western)


def decode(body: bytes, *, charset: str = "", content_type: str = "") -> str:
    """The text of `body`. charset and content_type: as the server declared them; either may be wrong.

    Control characters are left out, and the C1 ones that a page in windows-1252 holds become the marks they stand for.
    """
    text = _decoded(body, charset or "".join(_HTTP_DECLARED.findall(content_type)[:1]))
    # Most pages hold none of them, which is all that one pass has to tell.
    if _CONTROL_OR_C1.search(text):
        text = _CONTROL.sub("", text).translate(_C1)
    return text.replace("\f", "\n")


def _decoded(body: bytes, header: str) -> str:
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace")
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace")
    declared = [name for name in (_codec(header), _codec(_in_page(body))) if name]
    if b"\x1b" in body:
        for name in declared:
            if name.startswith("iso2022"):
                return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in declared:
        if name != "utf-8":
            # Some bytes are undefined in windows-1252, and a page may hold a few that are wrong in any charset.
            text = body.decode(name, "replace")
            if text.count("\ufffd") * 1000 <= len(body):
                return text
    text = body.decode("utf-8", "factcheck-western")
    if _mostly_utf8(body):
        return text
    return _guessed(body)


def _wide(body: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain text is NUL."""
    sample = body[:2000]
    if len(sample) < 8 or sample.count(0) * 3 < len(sample):
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""


def _in_page(body: bytes) -> str:
    match = _XML_DECLARED.search(body[:400]) or _DECLARED.search(body[:_HEAD])
    return match.group(1).decode("ascii", "ignore") if match else ""


def _codec(label: str) -> str:
    label = label.strip().strip("\"'").lower()
    if not label or label in {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"}:
        return ""
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    # UTF-16 was looked for before; a page of single bytes that declares it is in UTF-8 (HTML Standard).
    if not info._is_text_encoding or info.name.startswith(("utf-16", "utf-32", "utf-8")):
        return "utf-8"
    return _MEANT.get(info.name, info.name)


def _mostly_utf8(body: bytes) -> bool:
    """A page in UTF-8 with some lines pasted into it from another charset."""
    multibyte = len(
        re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", body)
    )
    lone = len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", body))
    return multibyte > 2 * lone


def _guessed(body: bytes) -> str:
    match = _LANG.search(body[:_HEAD])
    of_language = _OF_LANGUAGE.get(match.group(1).decode().lower(), "") if match else ""
    if of_language:
        text = body.decode(of_language, "replace")
        if text.count("\ufffd") * 1000 <= len(body):
            return text
    text = body.decode("cp1252", "replace")
    start = text[:200_000]
    high = len(start) - len(start.encode("ascii", "ignore"))
    if high * 12 < len(start) and _WESTERN.match(text):
        return text
    # Markup says nothing of the charset of the text between it.
    sample = b" ".join(re.findall(rb">([^<>]*[\x80-\xff][^<>]*)<", body[:400_000]))[:20_000] or body[:20_000]
    best = from_bytes(sample).best()
    if best is None:
        return text
    return body.decode(best.encoding, "replace")
