"""Importing a table of sources: the plan is made again under locks, and carried out only if it is the one that was shown."""

from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.desk.audit import acting
from factcheck.desk.errors import Refused
from factcheck.desk.locks import hold

from .exchange import Table
from .models import Source, SourceAlias, SourceDomain
from .planning import CHANGED, ERROR, NEW, Plan, Row, plan
from .services import edit_source

if TYPE_CHECKING:
    from factcheck.accounts.models import User


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
        held = Source.objects.select_for_update(of=("self",)).filter(
            pk__in=[row.source.pk for row in now.rows if row.source]
        )
        revisions = dict(held.order_by("pk").values_list("pk", "revision"))
        if now.digest != digest or any(
            r.source and revisions.get(r.source.pk) != r.source.revision for r in now.rows
        ):
            raise PlanChanged(now)
        if now.counts[ERROR] and not good_only:
            raise Refused(_("Some rows are in error. Tick the box to import the others, or mend the file."))
        made = _add(now.of(NEW))
        for row in now.of(CHANGED):
            parent = {} if row.parent is None else {"parent": _parent_of(row, made)}
            edit_source(actor=actor, source=row.source, revision=row.source.revision, **row.values, **parent)
        _give_parents(now.of(NEW), made)
        return now


def _add(rows: list[Row]) -> dict[int, Source]:
    """Store the new ones, many at once. Returns them by line."""
    apart = ("aliases", "domains")
    try:
        made = Source.objects.bulk_create(
            Source(**{name: value for name, value in row.values.items() if name not in apart}) for row in rows
        )
        pairs = list(zip(rows, made, strict=True))
        SourceAlias.objects.bulk_create(
            SourceAlias(source=source, name=name)
            for row, source in pairs
            for name in row.values.get("aliases", [])
        )
        SourceDomain.objects.bulk_create(
            SourceDomain(source=source, domain=host)
            for row, source in pairs
            for host in row.values.get("domains", [])
        )
    except IntegrityError as error:
        raise Refused(
            _("Somebody just added one of these sources. Nothing was imported: look again.")
        ) from error
    return {row.line: source for row, source in pairs}


def _give_parents(rows: list[Row], made: dict[int, Source]) -> None:
    children = []
    for row in rows:
        if row.parent:
            made[row.line].parent = _parent_of(row, made)
            children.append(made[row.line])
    Source.objects.bulk_update(children, ["parent"], batch_size=500)


def _parent_of(row: Row, made: dict[int, Source]) -> Source | None:
    if not row.parent:
        return None
    return made[-row.parent] if row.parent < 0 else Source.objects.get(pk=row.parent)
