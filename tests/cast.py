"""The standing cast: people that tests are about, and browsers they are signed in with."""

import pytest
from django.test import Client

from tests.factories import ArticleFactory, ClaimFactory, UserFactory


@pytest.fixture
def editor(db):
    """Triages and verifies."""
    return UserFactory(username="ada", first_name="Ada", last_name="Byron", can="editor")


@pytest.fixture
def colleague(db):
    """A second editor."""
    return UserFactory(username="ben", first_name="Ben", last_name="Oduya", can="editor")


@pytest.fixture
def reviewer(db):
    """Reviews what others wrote, and may verify too."""
    return UserFactory(username="rosa", first_name="Rosa", last_name="Lind", can="reviewer")


@pytest.fixture
def head(db):
    """Runs the desk and sees restricted claims."""
    return UserFactory(username="hana", first_name="Hana", last_name="Weiss", can="head")


@pytest.fixture
def admin(db):
    """Manages sources, data and people."""
    return UserFactory(username="max", first_name="Max", last_name="Admin", can="admin")


@pytest.fixture
def viewer(db):
    """Reads."""
    return UserFactory(username="vera", first_name="Vera", last_name="Reader", can="viewer")


@pytest.fixture
def signed_in():
    """A browser signed in as somebody: `signed_in(editor).get(...)`."""

    def sign_in(user):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def article(db):
    return ArticleFactory()


@pytest.fixture
def claim(article):
    """A candidate of the machine's in the article, with its figure."""
    return ClaimFactory(article=article)
