"""`manage.py screenshots`: every page of the demonstration desk as a picture, in light, dark and phone width."""

from pathlib import Path

import pytest

from factcheck.embedded import ROOT
from tests.e2e.pages import every_page
from tests.e2e.test_every_page import windows  # noqa: F401

FOLDER = Path(ROOT) / "screenshots"
SHAPES = {"light": ("light", 1440), "dark": ("dark", 1440), "phone": ("light", 390)}


def test_write_screenshots(demonstration, windows):  # noqa: F811
    FOLDER.mkdir(exist_ok=True)
    pages = every_page()
    for shape, (scheme, width) in SHAPES.items():
        for name, path, user in pages:
            page = windows(user, scheme=scheme, width=width)
            page.goto(path)
            page.screenshot(path=FOLDER / f"{name}.{shape}.png", full_page=shape == "phone")
    written = len(list(FOLDER.glob("*.png")))
    print(f"{written} pictures in {FOLDER.relative_to(ROOT)}/")  # noqa: T201
    if not written:
        pytest.fail("no picture was written")
