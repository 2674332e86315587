"""What the browser tests share: the demonstration desk."""

import pytest

from factcheck.accounts.models import User
from factcheck.demo import loading
from factcheck.demo.people import ADMIN, DEMO, make_people
from tests.e2e.feeds import follow
from tests.e2e.intakes import change_headline, hand_in


@pytest.fixture
def demonstration(transactional_db, tmp_path):
    """The demonstration desk, extracted by the real extractor, with its people by username."""
    make_people(tmp_path / "sign-ins.json", [ADMIN], is_demo=False)
    make_people(tmp_path / "sign-ins.json", DEMO, is_demo=True)
    people = {user.username: user for user in User.objects.all()}
    loading.load(people=people)
    hand_in(people["editor"])
    change_headline()
    follow(people["admin"])
    return people


@pytest.fixture
def axe():
    """`axe(page)`: the page, as it is now, has no barrier that axe finds."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page):
        found = Axe().run(page).response["violations"]
        assert not found, [(item["id"], [node["target"] for node in item["nodes"]]) for item in found]

    return check
