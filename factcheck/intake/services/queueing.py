"""Saving rows that are to be done: of each address one fetch is under way at a time, and who asks for it too joins that."""

from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

from factcheck.intake.models import Intake
from factcheck.sources.models import Source

from .sending import send

# What one takes on of another for the same address, and what one that failed begins anew with.
TAKEN_ON = ("precedence", "extract", "via", "given", "source")
BEGUN_ANEW = (
    "article",
    "capture",
    "host",
    "precedence",
    "attempts",
    "words",
    "reason",
    "next_try_at",
    "finished_at",
    "sent_at",
    "alive_at",
    "set_aside_at",
    "set_aside_by",
    "status",
    "queued_at",
)


def queue(intakes: list[Intake]) -> list[Intake]:
    """Save the rows, new ones and those that begin anew, and send them on commit. Those that have ended are saved as they are.

    Returns them in their order; in place of one for whose address another is under way, also an earlier one of the list, that
    other, with what is said of it now.
    """
    places = _under_way_for(intakes)
    rows = [places.setdefault(_place(each), each) if _needs_place(each) else each for each in intakes]
    joining = [(row, intake) for row, intake in zip(rows, intakes, strict=True) if row is not intake]
    _take_on(joining)
    own = [row for row, intake in zip(rows, intakes, strict=True) if row is intake]
    try:
        with transaction.atomic():
            _write([row for row in own if row.pk], BEGUN_ANEW)
            _write(list({row.pk: row for row, _intake in joining if row.pk}.values()), TAKEN_ON)
            Intake.objects.bulk_create([row for row in own if not row.pk])
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "intake_one_at_a_time":
            raise
        # Somebody was faster: theirs is there to be joined now, or has ended and left room.
        return queue(intakes)
    for _row, intake in joining:
        if intake.file and intake.pk is None:
            # The same file lies there already.
            transaction.on_commit(partial(intake.file.storage.delete, intake.file.name), robust=True)
    begun = [row for row in own if not row.is_over]
    if begun:
        transaction.on_commit(lambda: send(begun))
    return rows


def _needs_place(intake: Intake) -> bool:
    return bool(intake.canonical_url) and not intake.is_over


def _place(intake: Intake) -> tuple[str, str]:
    """What `intake_one_at_a_time` allows one row of."""
    return intake.canonical_url, intake.digest


def _under_way_for(intakes: list[Intake]) -> dict[tuple[str, str], Intake]:
    """The rows, locked, that are under way where the given ones would be."""
    places = {_place(intake) for intake in intakes if _needs_place(intake)}
    if not places:
        return {}
    there = (
        Intake.objects.under_way()
        .filter(
            canonical_url__in={url for url, _digest in places}, digest__in={digest for _url, digest in places}
        )
        .exclude(pk__in=[intake.pk for intake in intakes if intake.pk])
        .select_related("source")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    return {_place(row): row for row in there}


def _write(rows: list[Intake], names: tuple[str, ...]) -> None:
    """Save these columns: at once what is the same in all rows, since an expression for each of many rows takes long."""
    if not rows:
        return
    columns = {name: [_value(row, name) for row in rows] for name in names}
    same = {name: values[0] for name, values in columns.items() if all(v == values[0] for v in values)}
    if same:
        Intake.objects.filter(pk__in=[row.pk for row in rows]).update(**same)
    if different := [name for name in names if name not in same]:
        Intake.objects.bulk_update(rows, different)


def _take_on(joining: list[tuple[Intake, Intake]]) -> None:
    """Let each first one take on what is said of it with the second.

    Of two persons' words the earlier count; a feed's are only hints.
    """
    said = [(row, intake) for row, intake in joining if intake.via != Intake.Via.FEED and _says(intake)]
    hinted = [row.url for row, _intake in said if row.via == Intake.Via.FEED]
    sites = Source.objects.publishers().for_urls(hinted) if hinted else {}
    for row, intake in joining:
        row.precedence = min(row.precedence, intake.precedence)
        row.extract = row.extract or intake.extract
    for row, intake in said:
        if row.via == Intake.Via.FEED:
            source = intake.source or sites.get(row.url) or row.source
            row.via, row.given, row.source = intake.via, intake.given, source
        elif row.via != Intake.Via.AGAIN:
            row.given, row.source = {**intake.given, **row.given}, row.source or intake.source


def _value(row: Intake, name: str) -> Any:
    """What stands in the column: of a source or a capture its number."""
    return getattr(row, Intake._meta.get_field(name).attname)


def _says(intake: Intake) -> bool:
    return bool(intake.given or intake.source_id)
