"""Every page of the demonstration desk in a real browser: no barrier that axe finds, nothing wider than a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from factcheck.accounts.models import User
from tests.e2e.pages import every_page

# Django's own admin is styled by Django; what axe says of it is not ours to mend.
NOT_OURS = ("admin",)


@pytest.fixture
def windows(browser, live_site, sign_in):
    """A signed-in window for each person, as a desk monitor or a phone, in light or dark."""
    contexts = {}

    def window(user, *, scheme, width):
        key = (user, scheme, width)
        if key not in contexts:
            context = browser.new_context(
                base_url=live_site.url,
                color_scheme=scheme,
                viewport={"width": width, "height": 900 if width > 600 else 844},
                reduced_motion="reduce",
                locale="en-GB",
            )
            page = context.new_page()
            if user:
                sign_in(page, User.objects.get(username=user))
            contexts[key] = page
        return contexts[key]

    yield window
    for page in contexts.values():
        page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_no_page_has_a_barrier_or_scrolls_sideways(demonstration, windows, scheme, width):
    wrong = []
    for name, path, user in every_page():
        page = windows(user, scheme=scheme, width=width)
        page.goto(path)
        if name.startswith(NOT_OURS):
            continue
        found = Axe().run(page).response["violations"]
        wrong += [
            f"{name}: {item['id']} {node['target']}: {node.get('failureSummary', '')[:160]}"
            for item in found
            for node in item["nodes"][:3]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 1:
            wrong.append(f"{name}: {wide} px wider than the window of {width}")
    assert not wrong, "\n".join(wrong)
