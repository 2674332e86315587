"""What the pages of the intake show: the list, how far one thing is, how far many are."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.articles.querysets import long_of
from factcheck.desk.services import worker_seen_lately

from .models import Capture, Intake
from .querysets import IntakeQuerySet

if TYPE_CHECKING:
    from factcheck.articles.models import Article

Status = Intake.Status

STAGES = {
    "fetching": gettext_lazy("Fetching"),
    "reading": gettext_lazy("Reading"),
    "storing": gettext_lazy("Storing"),
}
PERCENT = {"": 0, "fetching": 10, "reading": 50, "storing": 85}

STATES = [
    ("", gettext_lazy("All")),
    ("under_way", gettext_lazy("Under way")),
    ("failed", gettext_lazy("Failed")),
    ("set_aside", gettext_lazy("Set aside")),
    ("came_in", gettext_lazy("Came in")),
]
ME, FEEDS, PROGRAMS = "me", "feeds", "programs"


# --- The list -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The filters of the list, as the address has them; what makes no sense there is left out."""

    state: str = ""
    by: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: Any) -> "Asked":
        """The filters in the query of a request."""
        state, by = query.get("state", ""), query.get("by", "")
        known = by in (ME, FEEDS, PROGRAMS) or (by.isdecimal() and len(by) < 16)
        return cls(
            state=state if state in dict(STATES) else "",
            by=by if known else "",
            q=query.get("q", "").replace("\x00", "").strip()[:200],
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.state or self.by or self.q)

    def apply(self, intakes: IntakeQuerySet, user: User) -> IntakeQuerySet:
        """Those that the filters let through; `user` is who "me" is."""
        if self.state:
            intakes = getattr(intakes, self.state)()
        if self.by == FEEDS:
            intakes = intakes.filter(via=Intake.Via.FEED)
        elif self.by == PROGRAMS:
            intakes = intakes.filter(via=Intake.Via.API)
        elif self.by:
            intakes = intakes.filter(asked_by=user.pk if self.by == ME else int(self.by))
        return intakes.matching(self.q) if self.q else intakes


def for_rows(intakes: IntakeQuerySet) -> IntakeQuerySet:
    """Intakes with what a row shows, without what may be long."""
    rows = intakes.select_related("article", "asked_by", "source", "capture", "set_aside_by")
    rows = rows.annotate(title_given=KT("given__title"))
    return rows.defer("given", "article__corrected", "capture__headers")


def who_handed_in(user: User) -> list[tuple[str, Any]]:
    """The choices of the filter "by whom", and the people who ever handed something in."""
    handed_in = Intake.objects.visible_to(user).filter(asked_by=OuterRef("pk"))
    people = User.objects.filter(Exists(handed_in)).exclude(pk=user.pk).order_by("first_name", "username")
    return [
        ("", _("Everybody")),
        (ME, _("Me")),
        (FEEDS, _("Feeds")),
        (PROGRAMS, _("Programs")),
        *((str(person.pk), str(person)) for person in people),
    ]


# --- How far it is ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far one thing is. `percent` of its stages; `every` is after how many seconds to ask again."""

    title: str
    percent: int
    steps: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""
    every: int = 1
    seen: str = ""


def progress_of(intake: Intake) -> Progress:
    """How far an intake that is under way is."""
    now = timezone.now()
    waited = now - intake.queued_at
    every = 1 if waited < timedelta(seconds=30) else 3 if waited < timedelta(minutes=5) else 10
    stage = intake.stage if intake.status == Status.RUNNING else ""
    title, note = intake.get_status_display().capitalize(), _go_on()
    if intake.status == Status.RUNNING:
        title = stage_words(intake)
        silent = now - (intake.alive_at or intake.queued_at)
        if silent > timedelta(seconds=settings.INTAKE_STALLED_AFTER):
            title = _("Stalled: %(stage)s") % {"stage": title}
            note = _("No sign of life for a while. It is tried again by itself; nothing is lost.")
    elif intake.status == Status.LATER:
        clock = timezone.localtime(intake.next_try_at).strftime("%H:%M")
        title = _("Tried again at %(when)s") % {"when": clock}
        note = intake.words
    elif waited > timedelta(seconds=5) and not worker_seen_lately():
        note = _("No worker was seen in the last minute. It starts by itself as soon as there is one.")
    elif intake.host and intake.sent_at is None:
        note = _(
            "Its site is asked for one page after the other. You may go on elsewhere: it comes in by itself."
        )
    names = list(STAGES)
    at = names.index(stage) if stage in names else -1
    return Progress(
        title=title,
        percent=PERCENT.get(stage, 0),
        steps=[
            {"label": stage_name(name, intake), "done": index < at, "current": index == at}
            for index, name in enumerate(names)
        ],
        note=note,
        every=every,
        seen=f"{intake.status}-{stage}-{intake.attempts}-{title}",
    )


def stage_name(stage: str, intake: Intake) -> str:
    """A stage in words; a file is opened where a page is fetched."""
    return _("Opening") if stage == "fetching" and intake.was_handed_in else str(STAGES.get(stage, ""))


def stage_words(intake: Intake) -> str:
    """What is being done with an intake that a worker is at."""
    return stage_name(intake.stage, intake) or _("Starting")


def _go_on() -> str:
    return _("You may go on elsewhere: it comes in by itself.")


@dataclass(frozen=True, kw_only=True)
class Together:
    """How far a batch is, in numbers. `elsewhere` was handed in before, and is told in another batch what becomes of it."""

    total: int
    under_way: int
    failed: int
    set_aside: int
    elsewhere: int

    @property
    def over(self) -> int:
        return self.total - self.under_way

    @property
    def came_in(self) -> int:
        return self.over - self.failed - self.set_aside - self.elsewhere

    @property
    def percent(self) -> int:
        return self.over * 100 // self.total if self.total else 100

    @property
    def quarter(self) -> int:
        """What is read out: news at each quarter, not at each row."""
        return self.over * 4 // self.total if self.total else 4


def together(batch: UUID, user: User) -> Together:
    """How far a batch is."""
    counted = (
        Intake.objects.visible_to(user)
        .filter(batch=batch)
        .aggregate(
            total=Count("pk"),
            under_way=Count("pk", filter=Q(status__in=Intake.UNDER_WAY)),
            failed=Count("pk", filter=Q(status=Status.FAILED, set_aside_at=None)),
            set_aside=Count("pk", filter=Q(set_aside_at__isnull=False)),
            elsewhere=Count("pk", filter=Q(reason=Intake.ELSEWHERE)),
        )
    )
    return Together(**counted)


# --- What was kept ------------------------------------------------------------------------------------------------


def captures_of(article: "Article", user: User) -> QuerySet[Capture]:
    """What was fetched of an article, newest first, with the version that was read from it, or why none was."""
    captures = Capture.objects.visible_to(user).filter(article=article).with_words()
    return captures.select_related("version").defer("headers", *long_of("version"))
