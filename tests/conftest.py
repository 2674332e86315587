"""The standing fixtures: the database of this run."""

import os

import pytest


def pytest_configure() -> None:
    # pytest by itself would read DATABASE_URL and REDIS_URL, which may be a real desk's.
    if not os.environ.get("FACTCHECK_TEST_FOLDER"):
        pytest.exit("Run the tests with `python3 manage.py test [arguments of pytest]`.", returncode=2)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Give the test database the number of this run, so that two runs on one server do not meet."""
    from django.conf import settings
    from django.db import connections

    name = f"test_{settings.DATABASES['default']['NAME']}_{os.getpid()}"
    connections.settings["default"]["TEST"]["NAME"] = name
