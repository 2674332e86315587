"""Which charset a page is in, whatever it and its server declare."""

import pytest

from factcheck.reading import read_page
from factcheck.reading.charsets import decode

TEXT = "“Zoë’s café – 87 € a month”"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "windows-1252"),
        ("utf-8", "utf-16"),
        ("utf-8", "nonsense"),
        ("utf-8", ""),
        ("utf-8-sig", "latin-1"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "ascii"),
        ("cp1252", ""),
        ("cp1252", "utf-8"),
        ("utf-16", ""),
        ("utf-16", "utf-8"),
        ("utf-16-le", "utf-8"),
        ("utf-16-be", ""),
        ("utf-32", ""),
    ],
)
def test_western_text(encoding, declared):
    page = f"<html><body><p>{TEXT * 20}</p></body></html>"
    found = decode(page.encode(encoding), content_type=f"text/html; charset={declared}")
    assert found == page


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Город закрыл половину колодцев, сказал мэр во вторник."),
        ("koi8-r", "Город закрыл половину колодцев, сказал мэр во вторник."),
        ("shift_jis", "市は火曜日、井戸の半分を閉鎖したと発表した。"),
        ("gb2312", "市政府周二表示，一半的水井已经关闭。"),
        ("euc-kr", "시는 화요일 우물의 절반을 폐쇄했다고 밝혔다."),
        ("iso-2022-jp", "市は火曜日、井戸の半分を閉鎖したと発表した。"),
        ("iso-8859-2", "Město uzavřelo polovinu studní, řekl starosta."),
    ],
)
def test_a_charset_declared_in_the_page(encoding, text):
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><p>{text}</p></html>'
    assert text in decode(page.encode(encoding))


def test_the_page_is_believed_where_its_server_is_proved_wrong():
    page = '<meta charset="windows-1251"><p>Город закрыл половину колодцев.</p>'
    assert decode(page.encode("cp1251"), content_type="text/html; charset=utf-8") == page


def test_an_undeclared_page_is_in_its_language_s_old_charset():
    page = '<html lang="pl"><p>Połowa studni przecieka, mówi burmistrz. Źródło: ratusz.</p></html>'
    assert decode(page.encode("cp1250")) == page


def test_some_lines_of_another_charset_in_a_page_of_utf_8():
    body = "<p>Zoë, Jürgen, Çelik, Ørsted and Ångström said “no”.</p>".encode() + "<p>Zoë’s</p>".encode(
        "cp1252"
    )
    assert decode(body) == "<p>Zoë, Jürgen, Çelik, Ørsted and Ångström said “no”.</p><p>Zoë’s</p>"


def test_references_to_windows_1252_are_the_marks_that_browsers_show():
    page = b"<article><p>&#147;We have lost 87 percent&#148; &#x97; that is what the council of Ardley said on Tuesday, in a long letter to all.</p></article>"
    assert read_page(page).text.startswith("“We have lost 87 percent” — that")


def test_control_characters_are_left_out():
    assert decode(b"one\x00 t\x08wo\x0cthree") == "one two\nthree"
