"""What a feed's bytes are read as, and what they cannot make the desk do."""

import pytest

from factcheck.feeds.parsing import Fault, NoFeed, parse

RSS = "<rss version='2.0'><channel><title>Kept</title><item><link>https://a.example/x</link></item></channel></rss>"


def test_an_answer_that_names_a_file_of_this_machine_is_no_feed(tmp_path):
    inside = tmp_path / "inside.xml"
    inside.write_text(RSS)

    found = parse(str(inside).encode(), url="https://a.example/feed", limit=10)

    assert isinstance(found, NoFeed)
    assert found.fault == Fault.BROKEN


@pytest.mark.parametrize("address", [b"file:///etc/hosts", b"http://127.0.0.1/feed", b"/dev/zero"])
def test_an_answer_that_is_an_address_is_not_followed(address):
    assert isinstance(parse(address, url="https://a.example/feed", limit=10), NoFeed)


def test_a_feed_has_its_title_and_items():
    found = parse(RSS.encode(), url="https://a.example/feed", limit=10)

    assert (found.kind, found.title, [item.url for item in found.items]) == (
        "rss",
        "Kept",
        ["https://a.example/x"],
    )
