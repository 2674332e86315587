"""Finding the system's Chromium, and starting it so that it talks to nobody but us."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MISSING = "Chromium is missing. Debian: apt install chromium. Elsewhere: set CHROMIUM to the program's path."
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def path() -> str | None:
    """The path of Chromium: what CHROMIUM says, else one on the PATH, else None."""
    given = os.environ.get("CHROMIUM")
    if given:
        return shutil.which(given)
    found = next((found for name in NAMES if (found := shutil.which(name))), None)
    return found or (MAC if os.path.exists(MAC) else None)


def options() -> dict[str, object]:
    """The arguments of playwright's `chromium.launch`."""
    # Chromium's own sandbox refuses root.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path(), "args": [*ARGUMENTS, *as_root]}
