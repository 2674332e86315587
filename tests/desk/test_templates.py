"""Templates are read by people: their lines are short, and what they do shows in their indentation."""

from django.conf import settings

LONGEST = 140


def test_no_template_has_a_long_line():
    root = settings.BASE_DIR / "templates"
    long = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.html")
        if any(len(line) > LONGEST for line in file.read_text(encoding="utf-8").splitlines())
    }
    assert long == set(), f"lines of more than {LONGEST} characters"
