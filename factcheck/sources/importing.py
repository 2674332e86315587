"""Importing a table of sources: the plan is made again under locks, and carried out only if it is the one that was shown."""

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.outlets import link_to_outlets
from factcheck.desk.audit import acting
from factcheck.desk.errors import Refused
from factcheck.desk.locks import hold

from .exchange import Table
from .models import Source
from .naming import A_BATCH, put
from .planning import CHANGED, ERROR, NEW, Plan, Row, plan

if TYPE_CHECKING:
    from factcheck.accounts.models import User

# What stands in rows of its own.
APART = ("aliases", "domains")


class PlanChanged(Refused):
    """The desk is not as it was when the plan was shown; `plan` is what the file would do now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("The sources changed since this was shown. Look again; nothing was imported."))
        self.plan = plan


def apply(*, actor: "User", table: Table, digest: str, good_only: bool = False) -> Plan:
    """Carry out the plan with this digest, all of it or nothing; rows in error are left out only if `good_only`.

    Raises PlanChanged, Refused.
    """
    demand(actor, Capability.MANAGE)
    with acting(actor, "import sources"):
        # Of two imports at once the second waits here, and then finds that its plan changed.
        hold("import-sources")
        now = plan(table, actor)
        if now.digest != digest or not _hold(now):
            raise PlanChanged(now)
        if now.counts[ERROR] and not good_only:
            raise Refused(_("Some rows are in error. Tick the box to import the others, or mend the file."))
        new, changed = now.of(NEW), now.of(CHANGED)
        try:
            made = _add(new)
            _change(changed, made)
            _give_parents(new, made)
            _give_names(new + changed, made)
            sources = [row.source or made[row.line] for row in new + changed if row.values.get("domains")]
            now.linked = link_to_outlets([source.pk for source in sources])
        except IntegrityError as error:
            raise Refused(
                _("Somebody just added one of these sources. Nothing was imported: look again.")
            ) from error
        return now


def _hold(now: Plan) -> bool:
    """Lock the sources that the rows are about or belong to. Returns whether those are still as they were planned with."""
    planned = {row.source.pk: row.source.revision for row in now.rows if row.source}
    above = {row.parent for row in now.rows if (row.parent or 0) > 0}
    held = Source.objects.select_for_update(of=("self",)).filter(pk__in={*planned, *above}).order_by("pk")
    found = dict(held.values_list("pk", "revision"))
    return above <= found.keys() and planned.items() <= found.items()


def _add(rows: list[Row]) -> dict[int, Source]:
    """Store the new ones. Returns them by line."""
    made = Source.objects.bulk_create(Source(**_columns(row)) for row in rows)
    return {row.line: source for row, source in zip(rows, made, strict=True)}


def _change(rows: list[Row], made: dict[int, Source]) -> None:
    """Store what changes of those that are there, which are held."""
    columns = {"revision"}
    for row in rows:
        changes = _columns(row) | ({} if row.parent is None else {"parent_id": _parent_of(row, made)})
        for name, value in changes.items():
            setattr(row.source, name, value)
        row.source.revision += 1
        row.source.clean_fields(exclude=["parent"])
        columns |= changes.keys()
    # All of them are there, so that nothing is created: bulk_update takes ten times as long, with a CASE for each row.
    Source.objects.bulk_create(
        [row.source for row in rows],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[name.removesuffix("_id") for name in sorted(columns)],
    )


def _give_names(rows: list[Row], made: dict[int, Source]) -> None:
    """The other names and the domains of all rows together, since what one gives up another may take."""
    for kind in APART:
        sources = {(row.source or made[row.line]).pk: row for row in rows if kind in row.values}
        put(kind, {pk: {name.lower(): name for name in row.values[kind]} for pk, row in sources.items()})


def _columns(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if name not in APART}


def _give_parents(rows: list[Row], made: dict[int, Source]) -> None:
    """The new ones belong to others of the file, maybe further down: all must be there first."""
    children = []
    for row in rows:
        if row.parent:
            made[row.line].parent_id = _parent_of(row, made)
            children.append(made[row.line])
    Source.objects.bulk_update(children, ["parent"], batch_size=A_BATCH)


def _parent_of(row: Row, made: dict[int, Source]) -> int | None:
    """The key of the source that a row belongs to."""
    return made[-row.parent].pk if (row.parent or 0) < 0 else row.parent or None
