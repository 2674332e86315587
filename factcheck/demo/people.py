"""The first people of a desk, with passwords made for this installation."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from factcheck.accounts.models import User
from factcheck.accounts.services import create_person
from factcheck.desk.audit import Job

SETUP = Job("set-up")

ADMIN = {"username": "admin", "first_name": "Desk", "last_name": "Admin", "role": "admin"}
DEMO = [
    {"username": "editor", "first_name": "Ines", "last_name": "Falk", "role": "reviewer"},
    {"username": "colleague", "first_name": "Jonas", "last_name": "Reed", "role": "reviewer"},
    {"username": "viewer", "first_name": "Lea", "last_name": "Brandl", "role": "viewer"},
]


def make_people(credentials: Path, wanted: list[dict[str, Any]], *, is_demo: bool) -> list[dict[str, str]]:
    """Create the people who are not there yet and write their passwords to a file that only its owner can read.

    Returns all entries of the file: username, password, role.
    """
    known = json.loads(credentials.read_text())["users"] if credentials.exists() else []
    for person in wanted:
        if User.objects.filter(username=person["username"]).exists():
            continue
        password = secrets.token_urlsafe(9)
        create_person(
            actor=SETUP,
            username=person["username"],
            password=password,
            role_key=person["role"],
            first_name=person["first_name"],
            last_name=person["last_name"],
            email="",
            is_demo=is_demo,
        )
        known = [entry for entry in known if entry["username"] != person["username"]]
        known.append({"username": person["username"], "password": password, "role": person["role"]})
    _write(credentials, {"users": known})
    return known


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        json.dump(content, out, indent=1)
    new.replace(path)
