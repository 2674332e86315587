"""The standing fixtures: the database of this run, a real worker, a real web server, a real browser.

`worker`     a Celery worker on the test database; `worker.kill()`, `worker.start()`, `worker.settle()`
`live_site`  the desk on gunicorn, at `live_site.url`
`page`       a fresh browser window on `live_site`; the test fails on a script error or a breach of the page's CSP
`sign_in`    `sign_in(page, user)` signs a user in without the form

All four make the test transactional, so that other processes see its rows. Markers are set by fixture: a test that uses
`worker` is a `worker` test, one that uses `page` is a `browser` test.
"""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.support import chromium
from tests.support.waiting import others_are_done

pytest_plugins = ["tests.cast", "tests.support.hostile"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.support.servers import Site, Worker

TRANSACTIONAL = {"transactional_db", "live_server", "worker", "live_site", "page"}


# How long an example takes says something of the machine's load only.
hypothesis.settings.register_profile(
    "desk", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("desk")


def pytest_configure() -> None:
    # pytest by itself would read DATABASE_URL and REDIS_URL, which may be a real desk's.
    if not os.environ.get("FACTCHECK_TEST_FOLDER"):
        pytest.exit("Run the tests with `python3 manage.py test [arguments of pytest]`.", returncode=2)


# First: pytest-django sorts by what is set here, transactional tests last.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if "worker" in used:
            item.add_marker(pytest.mark.worker)
        if used & {"page", "browser"}:
            item.add_marker(pytest.mark.browser)
        marker = item.get_closest_marker("django_db")
        if used & TRANSACTIONAL or (marker and marker.kwargs.get("transaction")):
            # The tables are emptied after the test; what migrations put there must be back before the next.
            item.fixturenames.insert(0, "django_db_serialized_rollback")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and chromium.path() is None:
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(chromium.MISSING, pytrace=False)
        pytest.skip(chromium.MISSING)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if chromium.MISSING in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} browser tests were SKIPPED. {chromium.MISSING}", red=True, bold=True
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Give the test database the number of this run, so that two runs on one server do not meet."""
    from django.conf import settings
    from django.db import connections

    name = f"test_{settings.DATABASES['default']['NAME']}_{os.getpid()}"
    connections.settings["default"]["TEST"]["NAME"] = name


@pytest.fixture(scope="session", autouse=True)
def _leave_nothing_in_the_broker() -> Iterator[None]:
    yield
    if os.environ.get("TEST_REDIS_URL"):
        from tests.support import servers

        servers.forget_everything()


@pytest.fixture(autouse=True)
def _pages_are_answered(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a page asked for last is answered before the tables are emptied: the two would wait for each other."""
    if "live_site" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    others_are_done()


@pytest.fixture
def empty_queues() -> None:
    """Nothing waits in the broker: what browser tests sent stays there, and a sweeper counts it."""
    from tests.support import servers

    servers.forget_messages()


@pytest.fixture(scope="session")
def _worker_process(django_db_setup: None) -> Iterator["Worker"]:
    from tests.support import servers

    process = servers.Worker()
    yield process
    process.stop()


@pytest.fixture
def worker(_worker_process: "Worker", transactional_db: None) -> Iterator["Worker"]:
    """A running Celery worker for all queues, with empty queues. A test may kill and start it."""
    from tests.support import servers

    servers.forget_messages()
    if not _worker_process.running:
        _worker_process.start()
    yield _worker_process
    # A job that is still at work would meet emptied tables, and keep them from being emptied.
    servers.forget_messages()
    if _worker_process.running and servers.in_work():
        _worker_process.kill()
        servers.forget_messages()


@pytest.fixture(scope="session")
def _site_process(django_db_setup: None, django_db_blocker: object) -> Iterator["Site"]:
    from tests.support import servers

    process = servers.Site()
    process.start()
    yield process
    process.close()


@pytest.fixture
def live_site(_site_process: "Site", transactional_db: None) -> "Site":
    """The desk on a real web server, at `live_site.url`."""
    return _site_process


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator["Browser"]:
    """The system's Chromium, started once."""
    from django.db import connections
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from_migrations = connections["default"]._test_serialized_contents
    with sync_playwright() as playwright:
        # Within the loop Django's connection is another one, which must know too what migrations put in the tables.
        connections["default"]._test_serialized_contents = from_migrations
        chrome = playwright.chromium.launch(**chromium.options())
        yield chrome
        chrome.close()


@pytest.fixture
def context(browser: "Browser", live_site: "Site") -> Iterator["BrowserContext"]:
    """A browser profile of its own; another person is another `browser.new_context(base_url=live_site.url)`."""
    window = browser.new_context(base_url=live_site.url, locale="en-GB", reduced_motion="reduce")
    yield window
    window.close()


@pytest.fixture
def page(context: "BrowserContext") -> Iterator["Page"]:
    """A window on the desk. An uncaught script error, or something the page's CSP stopped, fails the test."""
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on(
        "console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield context.new_page()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def sign_in() -> Callable[["Page", object], None]:
    """`sign_in(page, user)`: sign a user in, in the profile of that page, without the form."""

    def sign_in(page: "Page", user: object) -> None:
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": cookie.value,
                    "domain": "127.0.0.1",
                    "path": "/",
                }
            ]
        )

    return sign_in
