"""Who is acting: every write of a service happens inside `acting`, and the database's triggers keep it with the change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

if TYPE_CHECKING:
    from factcheck.accounts.models import User
    from factcheck.api.models import Token


@dataclass(frozen=True)
class Job:
    """A part of the desk that acts by itself, such as the extractor or the sweeper."""

    name: str

    pk = None

    def __str__(self) -> str:
        return self.name


_under_way: ContextVar[bool] = ContextVar("acting", default=False)


@contextmanager
def acting(actor: "User | Token | Job", action: str) -> Iterator[None]:
    """One transaction in the name of `actor`; the audit trail keeps who it was and what it was for.

    A service that another calls acts as a part of that one, whose name for it stands: "import sources", not "edit source".
    """
    if _under_way.get():
        with transaction.atomic():
            yield
        return
    user = person(actor)
    with transaction.atomic(), pghistory.context(user=user and user.pk, actor=str(actor), action=action):
        mark = _under_way.set(True)
        try:
            yield
        finally:
            # Before the commit: what waits for that acts in its own name.
            _under_way.reset(mark)


def person(actor: "User | Token | Job") -> "User | None":
    """The user behind an actor, None for a program's token and for a job of the desk itself."""
    return actor if getattr(actor, "is_authenticated", False) else None
