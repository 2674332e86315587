"""Keeps the processes of a parallel run (pytest-xdist) apart: each has its own folder and its own keys in the broker.

Loaded with `-p`, so before the settings are read. The databases are told apart in conftest.
"""

import os
from pathlib import Path

if process := os.environ.get("PYTEST_XDIST_WORKER"):
    folder = Path(os.environ["FACTCHECK_TEST_FOLDER"]) / process
    folder.mkdir(exist_ok=True)
    os.environ |= {
        "FACTCHECK_TEST_FOLDER": str(folder),
        "FACTCHECK_KEY_PREFIX": f"{os.environ['FACTCHECK_KEY_PREFIX']}-{process}",
        "MEDIA_ROOT": str(folder / "media"),
    }
