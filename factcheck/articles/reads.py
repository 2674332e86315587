"""What the pages of an article show: its text with its marks, the cards beside it, and how far its extraction is."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck import extraction
from factcheck.claims.models import Appearance, Claim
from factcheck.desk.services import worker_seen_lately
from factcheck.figures.models import Figure, FigureChange
from factcheck.intake.models import Intake

from . import marking
from .marking import SET_ASIDE, Block, Group, Span
from .models import Annotation, Article, ArticleVersion, ExtractionRun
from .querysets import ArticleQuerySet, long_of

if TYPE_CHECKING:
    from factcheck.accounts.models import User

Status = ExtractionRun.Status
LOOK = ("status", "words", "finished_at")  # what an article's page says of the last look at its address

STAGE_WORDS = {
    "reading": gettext_lazy("Reading"),
    "sentences": gettext_lazy("Sentences"),
    "figures": gettext_lazy("Figures"),
    "quotations": gettext_lazy("Quotations"),
    "claims": gettext_lazy("Claims"),
}


# --- The list -----------------------------------------------------------------------------------------------------


def for_list(articles: ArticleQuerySet, user: "User") -> ArticleQuerySet:
    """Articles with what a row shows: the state of the extraction, how many claims stand in it, how many undecided."""
    standing = (
        Appearance.objects.visible_to(user)
        .exclude(claim__state__in=SET_ASIDE)
        .filter(version=OuterRef("current_version"))
        .order_by()
        .values("version")
    )

    def number(**counted: Any) -> Coalesce:
        rows = standing.annotate(n=Count("claim", distinct=True, **counted)).values("n")
        return Coalesce(Subquery(rows, output_field=IntegerField()), 0)

    return (
        articles.with_run()
        .select_related("carried_by", "written_by", "done_by")
        .defer("corrected")
        .annotate(
            claim_count=number(),
            candidate_count=number(filter=Q(claim__state="candidate")),
        )
        .order_by("-added_at", "-id")
    )


def in_state(articles: ArticleQuerySet, state: str) -> ArticleQuerySet:
    """Articles of the list's filter: to triage, done, being read, or failed."""
    reading = {"run_status__in": [Status.QUEUED, Status.RUNNING]}
    narrowed = {
        "todo": articles.filter(done_at=None),
        "done": articles.exclude(done_at=None),
        "reading": articles.with_run().filter(**reading),
        "failed": articles.with_run().filter(run_status=Status.FAILED),
    }
    return narrowed.get(state, articles)


def next_to_triage(user: "User", after: Article) -> Article | None:
    """The next article of the list that is not done, from the top again after the last."""
    waiting = Article.objects.visible_to(user).filter(done_at=None).exclude(pk=after.pk)
    older = Q(added_at__lt=after.added_at) | Q(added_at=after.added_at, pk__lt=after.pk)
    ordered = waiting.order_by("-added_at", "-id")
    return ordered.filter(older).first() or ordered.first()


# --- How far it is ------------------------------------------------------------------------------------------------


@dataclass
class Progress:
    """What the page says of a run. `state` is none, waiting, running, stalled, failed or finished; `every` in seconds."""

    state: str
    title: str
    percent: int = 0
    steps: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""
    error: str = ""
    every: int = 1
    run: ExtractionRun | None = None

    @property
    def under_way(self) -> bool:
        return self.state in ("waiting", "running", "stalled")

    @property
    def seen(self) -> str:
        """What a page that shows this has told its reader, so that only news is read out."""
        return f"{self.state}-{self.run.stage if self.run else ''}"


def stage_words(stage: str) -> str:
    """A stage of the extractor in words."""
    return str(STAGE_WORDS.get(stage, stage.replace("_", " ").capitalize()))


def progress_of(version: ArticleVersion) -> Progress:
    """How far the last extraction of the version is."""
    run = version.runs.order_by("-queued_at", "-id").first()
    if run is None:
        return Progress("none", _("Not read by the machine yet"))
    if run.status == Status.FINISHED:
        return Progress("finished", _("Ready"), 100, run=run)
    steps = _steps(run)
    if run.status == Status.FAILED:
        return Progress(
            "failed",
            _("The machine could not read this article"),
            run.progress,
            steps,
            "",
            run.error,
            run=run,
        )
    now = timezone.now()
    waited = now - run.queued_at
    every = 1 if waited < timedelta(seconds=30) else 3 if waited < timedelta(minutes=5) else 10
    silent = now - (run.alive_at or run.sent_at or run.queued_at)
    if run.status == Status.RUNNING:
        title = stage_words(run.stage) if run.stage else _("Starting")
        if silent > timedelta(seconds=settings.EXTRACTION_STALLED_AFTER):
            note = _("No sign of life since %(when)s. It is tried again by itself; nothing is lost.") % {
                "when": timezone.localtime(run.alive_at).strftime("%H:%M")
            }
            return Progress(
                "stalled",
                _("Stalled: %(stage)s") % {"stage": title},
                run.progress,
                steps,
                note,
                every=every,
                run=run,
            )
        return Progress("running", title, run.progress, steps, _go_on(), every=every, run=run)
    note = _go_on()
    if waited > timedelta(seconds=5) and not worker_seen_lately():
        note = _("No worker was seen in the last minute. It starts by itself as soon as there is one.")
    return Progress("waiting", _("Waiting for a worker"), 0, steps, note, every=every, run=run)


def _go_on() -> str:
    return _("You may go on elsewhere: its claims are in the queue when it is done.")


def _steps(run: ExtractionRun) -> list[dict[str, Any]]:
    stages = list(getattr(extraction, "STAGES", ()))
    at = stages.index(run.stage) if run.stage in stages else -1
    over = run.status == Status.FAILED
    return [
        {
            "label": stage_words(stage),
            "done": index < at,
            "current": index == at and not over,
            "failed": index == at and over,
        }
        for index, stage in enumerate(stages)
    ]


# --- The page -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """What stands beside the text: a claim's appearance, or a note."""

    start: int
    appearance: Appearance | None = None
    note: Annotation | None = None


@dataclass
class Page:
    """One page of an article: a part of its text and the cards of what begins in it."""

    version: ArticleVersion
    number: int
    parts: list[tuple[int, int]]
    groups: list[Group]
    cards: list[Card]
    candidates: int
    claims: int
    set_aside: int

    @property
    def start(self) -> int:
        return self.parts[self.number - 1][0]

    @property
    def numbers(self) -> range:
        return range(1, len(self.parts) + 1)


def article_of(user: "User") -> ArticleQuerySet:
    """Articles with what their strip shows; `look_status`, `look_words` and `look_finished_at` are of the last look at the page
    since the current text came in."""
    looks = Intake.objects.looks().filter(
        article=OuterRef("pk"), finished_at__gte=OuterRef("current_version__came_at")
    )
    copies = Article.objects.visible_to(user).filter(copy_of=OuterRef("pk")).order_by().values("copy_of")
    return (
        Article.objects.visible_to(user)
        .annotate(copy_count=Coalesce(Subquery(copies.annotate(n=Count("pk")).values("n")), 0))
        .annotate(**{f"look_{name}": Subquery(looks.values(name)[:1]) for name in LOOK})
        .select_related("carried_by", "written_by", "done_by", "current_version", "copy_of")
    )


def appearances_in(version: ArticleVersion, user: "User") -> Any:
    """Where claims stand in a version, with what a card shows, in text order."""
    figures = Figure.objects.filter(superseded=False).order_by("start", "id")
    return (
        Appearance.objects.visible_to(user)
        .standing()
        .filter(version=version)
        .select_related("claim", "claim__assignee")
        .prefetch_related(Prefetch("figures", figures), "claim__claimants")
        .order_by("start", "-end", "id")
    )


def page_of(
    article: Article, user: "User", *, number: int = 1, claim: int | None = None, aside: bool = False
) -> Page:
    """A page of the article's text, the one with `claim` if given. With `aside`, dismissed and closed claims have cards too."""
    version = article.current_version
    parts = marking.parts_of(version.text)
    appearances = list(appearances_in(version, user))
    wanted = next((a for a in appearances if a.claim_id == claim), None)
    if wanted is not None:
        number = _part_at(parts, wanted.start)
        aside = aside or wanted.claim.state in SET_ASIDE
    number = min(max(1, number), len(parts))
    start, end = parts[number - 1]
    shown = [a for a in appearances if aside or a.claim.state not in SET_ASIDE]
    notes = list(version.annotations.select_related("author"))
    cards = [
        *(Card(a.start, appearance=a) for a in shown if start <= a.start < end),
        *(Card(n.start, note=n) for n in notes if start <= n.start < end),
    ]
    blocks = _blocks(version, start, end, shown, notes)
    live = {a.claim_id: a.claim for a in appearances if a.claim.state not in SET_ASIDE}
    return Page(
        version=version,
        number=number,
        parts=parts,
        groups=marking.grouped(blocks),
        cards=sorted(cards, key=lambda card: card.start),
        candidates=sum(claim.state == Claim.State.CANDIDATE for claim in live.values()),
        claims=len(live),
        set_aside=len({a.claim_id for a in appearances}) - len(live),
    )


def blocks_around(version: ArticleVersion, user: "User", *stretches: tuple[int, int]) -> list[Block]:
    """The paragraphs that the stretches touch, with their marks as they are now."""
    appearances = [a for a in appearances_in(version, user) if a.claim.state not in SET_ASIDE]
    notes = list(version.annotations.all())
    first, last = min(start for start, _end in stretches), max(end for _start, end in stretches)
    return [
        block
        for start, end in marking.parts_of(version.text)
        if start < last and first < end
        for block in _blocks(version, start, end, appearances, notes)
        if any(block.start < end and start < block.end for start, end in stretches)
    ]


def _part_at(parts: list[tuple[int, int]], offset: int) -> int:
    return next(number for number, (start, end) in enumerate(parts, 1) if offset < end)


def _blocks(
    version: ArticleVersion, start: int, end: int, appearances: list[Appearance], notes: list[Annotation]
) -> list[Block]:
    figures = version.figures.in_use().filter(minor=False, start__lt=end, end__gt=start)
    spans = [
        *(Span(first, last, "body") for first, last in version.body),
        *(Span(a.start, a.end, "claim", str(a.claim_id), a.claim.state) for a in appearances),
        *(Span(n.start, n.end, "note", f"note-{n.pk}") for n in notes),
        *(Span(first, last, "figure") for first, last in figures.values_list("start", "end")),
    ]
    return marking.blocks_of(version.text, start, end, spans, body_known=bool(version.body))


# --- What changed ---


def changes_of(user: "User") -> Any:
    """The figures that outlets changed, newest first, with what an alert shows."""
    changes = FigureChange.objects.filter(article__in=Article.objects.visible_to(user))
    return changes.select_related(
        "article__carried_by", "version", "old", "new", "seen_by", "headline__before"
    ).defer(*long_of("version"))


def left_behind(article: Article, user: "User") -> Any:
    """Where claims stood in older versions of an article whose words are not in the current one."""
    return (
        Appearance.objects.visible_to(user)
        .standing()
        .filter(version__article=article)
        .exclude(version=article.current_version_id)
        .exclude(claim__appearances__version=article.current_version_id)
        .exclude(claim__state__in=SET_ASIDE)
        .select_related("claim", "version")
        .defer(*long_of("version"))
        .order_by("-version__number", "start")
    )


# --- What was read ------------------------------------------------------------------------------------------------


def quotations_of(version: ArticleVersion) -> list[dict[str, Any]]:
    """The quotations of a version with their words and speakers, as the last extraction read them."""
    kinds = {"direct": _("direct"), "indirect": _("indirect"), "mixed": _("mixed")}
    return [
        {
            "text": version.text[quotation["start"] : quotation["end"]],
            "kind": kinds.get(quotation["kind"], quotation["kind"]),
            "cue": quotation.get("cue") or "",
            "speaker": _speaker(version, quotation.get("speaker")),
        }
        for quotation in version.quotations
    ]


def _speaker(version: ArticleVersion, index: int | None) -> dict[str, Any] | None:
    return version.speakers[index] if index is not None and index < len(version.speakers) else None
