"""Who changed what on a claim, when, from what to what: the database's own audit trail, made readable."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.figures.formatting import number
from factcheck.figures.models import Figure
from factcheck.verdicts.models import Exhibit, Rating, Verdict

from .models import Claim

# Columns that say nothing to a person: counters, keys, and what stands in the entry's own line.
SILENT = {
    "id", "revision", "updated_at", "updated_by_id", "state_at", "touched", "confirmed_by_id", "confirmed_at", "added_by_id", "added_at",
    "created_at", "created_by_id", "found_by_machine", "is_demo", "version_id", "claim_id", "verdict_id", "run_id",
    "start", "end", "prefix", "suffix", "machine_reading", "set_by_editor", "superseded", "same_as_id", "minor", "snapshot",
    "number", "submitted_by_id", "submitted_at", "reviewer_id", "at", "lead_article_id", "rating_label", "sha256",
}  # fmt: skip

# What a new row of each kind shows of itself.
FIRST_SHOWN = {
    "claim": ("quote", "state"),
    "appearance": ("exact",),
    "claimant": ("name", "role"),
    "seenby": ("user_id",),
    "figure": ("text",),
    "evidence": ("exhibit_id", "stance", "note"),
    "verdictdraft": ("rating_id", "summary", "explanation"),
    "verdict": ("rating_id", "summary"),
    "review": ("outcome", "rating_id", "comment"),
}

ACTIONS = {
    "accept": gettext_lazy("accepted it"),
    "dismiss": gettext_lazy("dismissed it"),
    "dismiss the rest": gettext_lazy("dismissed the rest of the article"),
    "restore": gettext_lazy("took it back"),
    "park": gettext_lazy("parked it"),
    "wake": gettext_lazy("brought it back"),
    "close": gettext_lazy("closed it without a verdict"),
    "priority": gettext_lazy("set the priority"),
    "assign": gettext_lazy("assigned it"),
    "looked again": gettext_lazy("looked again"),
    "undo": gettext_lazy("undid a step"),
    "add claim": gettext_lazy("added it"),
    "move": gettext_lazy("moved it in the text"),
    "same as": gettext_lazy("added a place"),
    "merge": gettext_lazy("merged claims"),
    "reword": gettext_lazy("changed the wording"),
    "people": gettext_lazy("changed who sees it and when it is due"),
    "claimant": gettext_lazy("set the claimant"),
    "remove claimant": gettext_lazy("removed a claimant"),
    "correct figure": gettext_lazy("corrected a figure"),
    "add figure": gettext_lazy("added a figure"),
    "add evidence": gettext_lazy("added evidence"),
    "edit evidence": gettext_lazy("changed evidence"),
    "remove evidence": gettext_lazy("removed evidence"),
    "draft verdict": gettext_lazy("wrote on the verdict"),
    "submit": gettext_lazy("submitted the verdict"),
    "recall": gettext_lazy("recalled the verdict"),
    "approved": gettext_lazy("approved the verdict"),
    "returned": gettext_lazy("returned the verdict"),
    "reopen": gettext_lazy("reopened it"),
    "extraction": gettext_lazy("read the article"),
    "not a copy": gettext_lazy("said that an article is not a copy"),
}


@dataclass(frozen=True)
class Difference:
    """One column of one row: before and after, in words; the one that was not there is empty."""

    what: str
    before: str
    after: str


@dataclass
class Entry:
    """What one person or job did at once."""

    at: datetime
    who: str
    action: str
    differences: list[Difference] = field(default_factory=list)


def history_of(claim: Claim) -> list[Entry]:
    """Every change of the claim, its places, claimants, figures, evidence, draft, verdicts and reviews, the last first."""
    events = sorted(_events(claim), key=lambda found: (found[1].pgh_created_at, found[1].pgh_id))
    names = _Names(event for __, event in events)
    entries: dict[Any, Entry] = {}
    before: dict[tuple[str, int], Any] = {}
    for kind, event in events:
        key = event.pgh_context_id or (event.pgh_created_at, "without a context")
        entry = entries.get(key)
        if entry is None:
            entry = entries[key] = Entry(event.pgh_created_at, names.actor(event), _action(event))
        earlier = before.get((kind, event.pgh_obj_id))
        entry.differences += _differences(kind, event, earlier, names)
        before[kind, event.pgh_obj_id] = event
    told = [entry for entry in entries.values() if entry.differences]
    return _written_in_one_go(told)[::-1]


def _written_in_one_go(entries: list[Entry]) -> list[Entry]:
    """The page saves by itself while one writes; what one person wrote without another coming in between is one entry."""
    merged: list[Entry] = []
    for entry in entries:
        last = merged[-1] if merged else None
        writing = str(ACTIONS["draft verdict"])
        if last is None or (last.who, last.action) != (entry.who, writing) or entry.action != writing:
            merged.append(entry)
            continue
        first = {difference.what: difference.before for difference in last.differences}
        now = {difference.what: difference for difference in [*last.differences, *entry.differences]}
        last.at = entry.at
        last.differences = [
            Difference(what, first.get(what, difference.before), difference.after)
            for what, difference in now.items()
        ]
    return merged


def last_change(row: Model) -> tuple[str, datetime | None]:
    """Who changed a tracked row last, and when; for telling somebody whose save came too late."""
    event = row.events.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id").first()
    return (_Names([event]).actor(event), event.pgh_created_at) if event else (_("Somebody else"), None)


def _events(claim: Claim) -> Iterable[tuple[str, Any]]:
    claims, figures, verdicts = (apps.get_app_config(name) for name in ("claims", "figures", "verdicts"))
    verdict_ids = list(Verdict.objects.filter(claim=claim).values_list("pk", flat=True))
    figure_ids = list(Figure.objects.filter(appearances__claim=claim).values_list("pk", flat=True).distinct())
    queries = [
        ("claim", claims.get_model("ClaimEvent"), {"pgh_obj_id": claim.pk}),
        ("appearance", claims.get_model("AppearanceEvent"), {"claim_id": claim.pk}),
        ("claimant", claims.get_model("ClaimantEvent"), {"claim_id": claim.pk}),
        ("seenby", claims.get_model("SeenByEvent"), {"claim_id": claim.pk}),
        ("figure", figures.get_model("FigureEvent"), {"pgh_obj_id__in": figure_ids}),
        ("evidence", verdicts.get_model("EvidenceEvent"), {"claim_id": claim.pk}),
        ("verdictdraft", verdicts.get_model("VerdictDraftEvent"), {"claim_id": claim.pk}),
        ("verdict", verdicts.get_model("VerdictEvent"), {"claim_id": claim.pk}),
        ("review", verdicts.get_model("ReviewEvent"), {"verdict_id__in": verdict_ids}),
    ]
    for kind, model, wanted in queries:
        for event in model.objects.filter(**wanted).select_related("pgh_context"):
            yield kind, event


class _Names:
    """The people, ratings and exhibits that events name by key, read once."""

    def __init__(self, events: Iterable[Any]) -> None:
        people, ratings, exhibits = set(), set(), set()
        for event in events:
            people |= {getattr(event, "assignee_id", None), getattr(event, "user_id", None)}
            people.add(_context(event).get("user"))
            ratings.add(getattr(event, "rating_id", None))
            exhibits.add(getattr(event, "exhibit_id", None))
        self._people = User.objects.in_bulk(people - {None})
        self._ratings = Rating.objects.in_bulk(ratings - {None})
        self._exhibits = Exhibit.objects.in_bulk(exhibits - {None})

    def actor(self, event: Any) -> str:
        context = _context(event)
        # The name as it is now: who left the desk goes by the pseudonym here too.
        user = self._people.get(context.get("user"))
        return str(user or context.get("actor") or _("the database"))

    def of(self, column: str, key: Any) -> str:
        rows: dict[int, Model] = {
            "assignee_id": self._people,
            "user_id": self._people,
            "rating_id": self._ratings,
            "exhibit_id": self._exhibits,
        }.get(column, {})
        return str(rows.get(key, f"#{key}"))


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context_id else {}


def _action(event: Any) -> str:
    action = _context(event).get("action", "")
    return str(ACTIONS.get(action, action))


def _differences(kind: str, event: Any, earlier: Any, names: _Names) -> list[Difference]:
    if event.pgh_label == "insert" or earlier is None:
        values = ((name, _value(event, name, names)) for name in FIRST_SHOWN[kind])
        return [Difference(_label(kind, event, name), "", value) for name, value in values if value]
    if event.pgh_label == "delete":
        name = FIRST_SHOWN[kind][0]
        return [Difference(_label(kind, event, name), _value(event, name, names), "")]
    columns = [f.attname for f in event._meta.fields if not f.attname.startswith("pgh_")]
    return [
        Difference(_label(kind, event, name), _value(earlier, name, names), _value(event, name, names))
        for name in columns
        if name not in SILENT and getattr(earlier, name) != getattr(event, name)
    ]


def _label(kind: str, event: Any, column: str) -> str:
    field_name = str(event._meta.get_field(column.removesuffix("_id")).verbose_name)
    if kind == "figure":
        return f"{event.text}: {field_name}"
    if kind == "claim":
        return field_name
    named = str(event._meta.get_field("pgh_obj").related_model._meta.verbose_name)
    return named if kind == "seenby" else f"{named}: {field_name}"


def _value(event: Any, column: str, names: _Names) -> str:
    value = getattr(event, column)
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return number(value)
    if column.endswith("_id"):
        return names.of(column, value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M %Z}"
    choices = event._meta.get_field(column).flatchoices
    return str(dict(choices).get(value, value)) if choices else str(value)
