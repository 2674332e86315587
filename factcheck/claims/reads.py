"""What the page of a claim shows, each part read when the page or a fragment asks for it, in a fixed number of queries."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Greatest, Length, Substr
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability
from factcheck.accounts.models import User
from factcheck.articles.models import ArticleVersion
from factcheck.articles.querysets import long_of
from factcheck.figures.changes import set_by_person
from factcheck.figures.formatting import shown
from factcheck.figures.models import READING_FIELDS, Figure, FigureChange
from factcheck.figures.reading import set_otherwise
from factcheck.sources.models import Source
from factcheck.verdicts.models import Evidence, Rating, Verdict
from factcheck.verdicts.reads import Changes, changes_between
from factcheck.verdicts.services import missing

from .models import Appearance, Authorship, Claim, Claimant
from .services.editing import FIXED
from .services.steps import FROM

if TYPE_CHECKING:
    from django.utils.functional import Promise

State = Claim.State
AROUND = 700  # code points read on each side of an appearance, to find its paragraph
SHOWN_FIRST = 4  # appearances that are open at once
CHECKED_BEFORE = 5


@dataclass(frozen=True)
class Place:
    """One appearance with its paragraph: the text before, the quote in pieces, each with whether it is a figure, and after."""

    appearance: Appearance
    before: str
    pieces: list[tuple[str, bool]]
    after: str


@dataclass(frozen=True)
class ReadField:
    """A field of a figure beside its label; `machine` is what the machine read, where an editor set it otherwise."""

    name: str
    label: str
    value: str
    machine: str = ""


@dataclass(frozen=True)
class Was:
    """What a figure was until a newer version of its article, and what a person had set there that it does not have now."""

    change: FigureChange
    set_then: list[ReadField]


@dataclass(frozen=True)
class ReadFigure:
    """A figure with the fields worth showing: what is filled in, and what an editor set otherwise; the last one that it
    replaced first."""

    figure: Figure
    fields: list[ReadField]
    places: int
    was: list[Was]


class ClaimPage:
    """Everything on the page of one claim, for one person."""

    def __init__(self, claim: Claim, user: User) -> None:
        self.claim = claim
        self.user = user

    @cached_property
    def editable(self) -> bool:
        """Whether this person may change what is said and found now."""
        return self.claim.state not in FIXED and self.user.may(Capability.VERIFY)

    @cached_property
    def wording_editable(self) -> bool:
        return self.claim.state not in FIXED and self.user.may(Capability.TRIAGE)

    # --- Said -----------------------------------------------------------------------------------------------------

    @cached_property
    def claimants(self) -> list[Claimant]:
        return list(self.claim.claimants.select_related("source", "confirmed_by"))

    @cached_property
    def suggested_outlet(self) -> Source | None:
        """Who may be the claimant where nobody is quoted: the outlet itself."""
        article = self.claim.lead_article
        return article.carried_by if article and not self.claimants else None

    @cached_property
    def _appearances(self) -> list[Appearance]:
        begin = Greatest(F("start") - AROUND, Value(0), output_field=IntegerField())
        length = F("end") - begin + AROUND
        return list(
            self.claim.appearances.order_by("id")
            .annotate(begins=begin, around=Substr("version__text", begin + 1, length))
            .select_related("version__article__carried_by", "version__article__written_by")
            .defer(*long_of("version"))
            .prefetch_related("figures")
        )

    @cached_property
    def places(self) -> list[Place]:
        return [_in_paragraph(appearance) for appearance in self._appearances]

    @property
    def first_places(self) -> list[Place]:
        return self.places[:SHOWN_FIRST]

    @property
    def more_places(self) -> list[Place]:
        return self.places[SHOWN_FIRST:]

    @cached_property
    def figures(self) -> list[ReadFigure]:
        """The claim's figures: those of its first place first, the minor ones last."""
        places: dict[int, int] = {}
        found: dict[int, Figure] = {}
        for appearance in self._appearances:
            for figure in appearance.figures.all():
                if not figure.superseded:
                    found.setdefault(figure.pk, figure)
                    places[figure.pk] = places.get(figure.pk, 0) + 1
        in_order = sorted(found.values(), key=lambda figure: figure.minor)
        return read_figures(in_order, places)

    # --- Found ----------------------------------------------------------------------------------------------------

    @cached_property
    def evidence(self) -> list[Evidence]:
        return list(self.claim.evidence.select_related("exhibit__publisher", "added_by"))

    @cached_property
    def draft(self) -> Any:
        return getattr(self.claim, "draft", None)

    @cached_property
    def ratings(self) -> list[Rating]:
        """What can be given now, and what the draft already has."""
        kept = Q(pk=self.draft.rating_id) if self.draft and self.draft.rating_id else Q(pk=None)
        return list(Rating.objects.filter(Q(scale__in_use=True, active=True) | kept))

    @cached_property
    def missing(self) -> "list[tuple[str, Promise]]":
        return missing(self.claim)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """All submissions, the last one first, with their reviews."""
        return list(
            self.claim.verdicts.select_related(
                "rating", "submitted_by", "review", "review__reviewer", "review__rating"
            ).order_by("-number")
        )

    @property
    def submitted(self) -> Verdict | None:
        return next((v for v in self.verdicts if v.status == Verdict.Status.SUBMITTED), None)

    @property
    def standing(self) -> Verdict | None:
        return next((v for v in self.verdicts if v.status == Verdict.Status.APPROVED), None)

    @property
    def earlier(self) -> list[Verdict]:
        return [v for v in self.verdicts if v not in (self.submitted, self.standing)]

    @property
    def returned(self) -> Verdict | None:
        """The verdict that came back last, while the claim is being worked on after it."""
        last = self.verdicts[0] if self.verdicts else None
        back = last is not None and last.status == Verdict.Status.RETURNED and self.claim.state == State.OPEN
        return last if back else None

    @cached_property
    def changes(self) -> Changes | None:
        """What the verdict in review says otherwise than the submission before it."""
        if self.submitted is None:
            return None
        before = next((v for v in self.verdicts if v.number < self.submitted.number), None)
        return changes_between(before, self.submitted) if before else None

    # --- People ---------------------------------------------------------------------------------------------------

    @cached_property
    def authors(self) -> list[User]:
        """Who wrote on the claim since its last approval."""
        rows = Authorship.objects.filter(claim=self.claim, settled_at=None).select_related("user")
        return [row.user for row in rows.order_by("since", "id")]

    @cached_property
    def wrote(self) -> bool:
        submitted = self.submitted
        return self.user in self.authors or (
            submitted is not None and submitted.submitted_by_id == self.user.pk
        )

    @property
    def may_review(self) -> bool:
        return self.claim.state == State.IN_REVIEW and self.user.may(Capability.REVIEW) and not self.wrote

    @cached_property
    def people(self) -> list[User]:
        return list(self.claim.people.all()) if self.claim.restricted else []

    @cached_property
    def colleagues(self) -> list[User]:
        """Whom a claim may be given to."""
        active = User.objects.filter(is_active=True).select_related("role")
        return [
            user
            for user in active.order_by("first_name", "last_name", "username")
            if user.may(Capability.VERIFY)
        ]

    @cached_property
    def checked_before(self) -> list[Claim]:
        """Verified claims in words like this one's, most alike first, with their rating."""
        like = Claim.objects.visible_to(self.user).verified().exclude(pk=self.claim.pk).like(str(self.claim))
        return list(like.with_rating()[:CHECKED_BEFORE])

    # --- The foot -------------------------------------------------------------------------------------------------

    @property
    def next_action(self) -> str:
        """The one step that leads on for this person: a name, empty where there is none."""
        state, may = self.claim.state, self.user.may
        if state in (State.CANDIDATE, State.DISMISSED, State.SUPERSEDED):
            return "accept" if may(Capability.TRIAGE) else ""
        if state == State.OPEN:
            return "submit" if may(Capability.VERIFY) else ""
        if state == State.PARKED:
            return "restore" if may(Capability.TRIAGE) else ""
        if state == State.IN_REVIEW:
            return "approve" if self.may_review else "recall" if may(Capability.VERIFY) else ""
        if state in (State.VERIFIED, State.PUBLISHED, State.CLOSED):
            return "reopen" if may(Capability.VERIFY) else ""
        return ""

    @property
    def set_aside_steps(self) -> dict[str, bool]:
        """The steps beside the next one that can be taken from here."""
        may = self.user.may
        wanted = {
            "dismiss": Capability.TRIAGE,
            "park": Capability.TRIAGE,
            "close": Capability.VERIFY,
        }
        return {
            step: self.claim.state in FROM[step] and may(capability) for step, capability in wanted.items()
        }

    @property
    def any_aside(self) -> bool:
        return any(self.set_aside_steps.values())


def next_to_review(user: User, after: Claim) -> Claim | None:
    """The claim that this person reviews next, best first."""
    waiting: QuerySet = Claim.objects.visible_to(user).to_review_by(user).exclude(pk=after.pk)
    return waiting.ranked().first()


def read_figures(figures: list[Figure], places: dict[int, int]) -> list[ReadFigure]:
    """The figures with what is shown of each, in how many places (by key) it stands, and what it was in older versions."""
    articles = ArticleVersion.objects.filter(figures__in=figures).order_by().values("article")
    changes = FigureChange.objects.filter(article__in=articles, new__isnull=False)
    by_new = {
        change.new_id: change
        for change in changes.select_related("old").annotate(number=F("version__number"))
    }
    read = []
    for figure in figures:
        was, now = [], figure
        while (change := by_new.pop(now.pk, None)) is not None:
            was.append(Was(change, _set_then(change.old, now)))
            now = change.old
        read.append(ReadFigure(figure, read_fields(figure), places[figure.pk], was))
    return read


def _set_then(old: Figure, new: Figure) -> list[ReadField]:
    theirs = {name for name in set_by_person(old) if getattr(old, name) != getattr(new, name)}
    return [field for field in read_fields(old) if field.name in theirs]


def read_fields(figure: Figure) -> list[ReadField]:
    """The fields of a figure that say something, as label and value; where an editor changed one, with the machine's."""
    machine = set_otherwise(figure)
    quiet = {"low", "high", "precision", "dimension", "role", "modality", "bound"}
    plain_values = {"role": "level", "modality": "asserted", "bound": "exact"}
    fields = []
    for name in READING_FIELDS:
        value = getattr(figure, name)
        told = value not in (None, "") and (name not in quiet or value != plain_values.get(name, value))
        if name == "high" and figure.high == figure.low and machine.get("high") == machine.get("low"):
            continue
        if told or name in machine or name in ("low", "high", "bound"):
            label = _("value") if name == "low" and figure.low == figure.high else None
            label = label or str(Figure._meta.get_field(name).verbose_name)
            read = shown(name, machine[name]) if name in machine else ""
            fields.append(ReadField(name, label, shown(name, value), read))
        elif name in ("precision", "dimension") and value not in (None, ""):
            fields.append(ReadField(name, str(Figure._meta.get_field(name).verbose_name), shown(name, value)))
    return fields


def _in_paragraph(appearance: Appearance) -> Place:
    text: str = appearance.around
    start, end = appearance.start - appearance.begins, appearance.end - appearance.begins
    before, after = text[:start], text[end:]
    if "\n" in before:
        before = before.rsplit("\n", 1)[1]
    elif appearance.begins > 0:
        before = "… " + before.split(" ", 1)[-1]
    if "\n" in after:
        after = after.split("\n", 1)[0]
    elif len(after) >= AROUND:
        after = after.rsplit(" ", 1)[0] + " …"
    spans = sorted(
        (figure.start - appearance.start, figure.end - appearance.start)
        for figure in appearance.figures.all()
        # A checked claim keeps the figure that it was checked with, which may be an older text's.
        if not figure.superseded and figure.version_id == appearance.version_id and figure.start is not None
    )
    return Place(appearance, before, _pieces(text[start:end], spans), after)


def _pieces(quote: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, position = [], 0
    for start, end in spans:
        if start < position or end > len(quote):
            continue
        pieces += [(quote[position:start], False), (quote[start:end], True)]
        position = end
    pieces.append((quote[position:], False))
    return [(piece, is_figure) for piece, is_figure in pieces if piece]


def sources_named_like(words: str, user: User) -> list[Source]:
    """A few sources to choose from, people and organisations first."""
    words = re.sub(r"[\0]", "", words).strip()[:100]
    found = Source.objects.visible_to(user).filter(
        Q(name__icontains=words) | Q(aliases__name__icontains=words)
    )
    return list(found.distinct().order_by(Length("name"), "name")[:20])
