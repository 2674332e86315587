"""What editors write on a claim: its wording, whom it is by, when it is due, its figures, its places in texts."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.anchors import anchor
from factcheck.articles.models import ArticleVersion
from factcheck.claims.models import Appearance, Claim, Claimant
from factcheck.desk.audit import acting
from factcheck.desk.errors import AlreadyThere, Refused
from factcheck.desk.revisions import save_revision
from factcheck.figures.models import READING_FIELDS, Figure
from factcheck.figures.reading import machine_values

from .authorship import record_author
from .steps import lock_claim, take_step

if TYPE_CHECKING:
    from factcheck.accounts.models import User

State = Claim.State
SECOND_CLICK = timedelta(seconds=15)
FIXED = {State.IN_REVIEW, State.VERIFIED, State.PUBLISHED}


def demand_editable(claim: Claim) -> None:
    """Raise Refused while a verdict on the claim is in review or stands: recall or reopen it first."""
    if claim.state == State.IN_REVIEW:
        raise Refused(_("A verdict on this claim is in review. Recall it to change anything."))
    if claim.state in FIXED:
        raise Refused(_("This claim is verified. Reopen it to change anything."))
    if claim.state == State.MERGED:
        raise Refused(_("This claim was merged into another."))


def add_claim_in_text(*, actor: "User", version: ArticleVersion, start: int, end: int) -> Claim:
    """An editor's own claim on a span (code points, end exclusive): open at once, with the figures that lie in it.

    Raises Refused for an empty span, AlreadyThere when a claim stands on exactly this span.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "add claim"):
        ArticleVersion.objects.select_for_update(no_key=True).only("pk").get(pk=version.pk)
        span = anchor(version, start, end)
        there = (
            Appearance.objects.standing()
            .filter(version=version, start=span["start"], end=span["end"])
            .first()
        )
        if there is not None:
            raise AlreadyThere(there.claim, _("There is a claim on exactly these words already."))
        claim = Claim.objects.create(
            quote=span["exact"],
            state=State.OPEN,
            lead_article=version.article,
            created_by=actor,
            touched=True,
        )
        appearance = Appearance.objects.create(claim=claim, version=version, added_by=actor, **span)
        inside = Figure.objects.in_use().filter(
            version=version, start__gte=span["start"], end__lte=span["end"]
        )
        appearance.figures.set(inside)
        if inside.filter(minor=False).exists():
            Claim.objects.filter(pk=claim.pk).update(kind=Claim.Kind.STATISTIC)
        _suggest_speaker(claim, appearance, version)
        return take_step(claim=claim, actor=actor, action="add")


def add_claim(*, actor: "User", quote: str, wording: str = "", claimant: str = "") -> Claim:
    """A claim with no appearance: a tip, or one heard. A second click gets the first one's. Raises Refused without a quote."""
    demand(actor, Capability.TRIAGE)
    if not quote.strip():
        raise Refused(_("Write down what was said."))
    with acting(actor, "add claim"):
        _one_at_a_time(actor)
        just_now = Claim.objects.filter(
            created_by=actor, quote=quote.strip(), created_at__gte=timezone.now() - SECOND_CLICK
        )
        if first := just_now.filter(lead_article=None).order_by("id").first():
            return first
        claim = Claim.objects.create(
            quote=quote.strip(), wording=wording.strip(), state=State.OPEN, created_by=actor, touched=True
        )
        if claimant.strip():
            Claimant.objects.create(
                claim=claim, name=claimant.strip(), confirmed_by=actor, confirmed_at=timezone.now()
            )
        return take_step(claim=claim, actor=actor, action="add")


def move_appearance(
    *, actor: "User", appearance: Appearance, start: int, end: int, was: str | None = None
) -> Appearance:
    """Correct where the claim stands in its text; the quote follows when it was this place's.

    With `was`, the place that the editor saw ("start-end"), a claim that somebody moved since raises Refused.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "move"):
        claim = lock_claim(appearance.claim, actor)
        demand_editable(claim)
        appearance.refresh_from_db()
        if was is not None and was != f"{appearance.start}-{appearance.end}":
            raise Refused(
                _("Somebody moved this claim meanwhile. Reload the article to see where it stands.")
            )
        span = anchor(appearance.version, start, end)
        taken = claim.appearances.filter(version=appearance.version, start=span["start"], end=span["end"])
        if taken.exclude(pk=appearance.pk).exists():
            raise Refused(_("This claim stands on exactly these words already."))
        old = appearance.exact
        for name, value in span.items():
            setattr(appearance, name, value)
        appearance.save(update_fields=list(span))
        inside = Figure.objects.in_use().filter(
            version=appearance.version, start__gte=span["start"], end__lte=span["end"]
        )
        appearance.figures.set(inside)
        quote = {"quote": span["exact"]} if claim.quote == old else {}
        take_step(claim=claim, actor=actor, action="move", **quote)
        return appearance


def add_appearance(
    *, actor: "User", claim: Claim, version: ArticleVersion, start: int, end: int
) -> Appearance:
    """The same claim stands here too. Doing it twice changes nothing."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "same as"):
        claim = lock_claim(claim, actor)
        span = anchor(version, start, end)
        appearance, created = Appearance.objects.get_or_create(
            claim=claim,
            version=version,
            start=span["start"],
            end=span["end"],
            defaults={**span, "added_by": actor},
        )
        if created:
            inside = Figure.objects.in_use().filter(
                version=version, start__gte=span["start"], end__lte=span["end"]
            )
            appearance.figures.set(inside)
            take_step(claim=claim, actor=actor, action="same as")
        return appearance


def edit_claim(*, actor: "User", claim: Claim, revision: int, wording: str, was: str | None = None) -> Claim:
    """Set the neutral wording. Raises Stale when somebody saved since `revision`.

    With `was`, the wording that the editor started from, only a change of the wording itself counts as such.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "reword"):
        claim = lock_claim(claim, actor)
        demand_editable(claim)
        if was is not None and claim.wording == was:
            revision = claim.revision
        if claim.wording == wording.strip():
            return claim
        return save_revision(claim, revision=revision, wording=wording.strip(), touched=True)


def set_people(
    *, actor: "User", claim: Claim, revision: int, due_on: date | None, restricted: bool, people: "list[User]"
) -> Claim:
    """Set when it is due, and whether only the people named may see it."""
    demand(actor, Capability.VERIFY)
    with acting(actor, "people"):
        claim = lock_claim(claim, actor)
        if restricted and claim.created_by_id is None and actor not in people:
            people = [*people, actor]
        save_revision(claim, revision=revision, due_on=due_on, restricted=restricted, touched=True)
        claim.people.set(people if restricted else [])
        return claim


def confirm_claimant(
    *,
    actor: "User",
    claim: Claim,
    claimant: Claimant | None,
    revision: int | None,
    name: str,
    role: str = "",
    source: Any = None,
) -> Claimant:
    """An editor says whom the desk checks for this claim: confirms a suggestion, corrects it, or names another."""
    demand(actor, Capability.TRIAGE)
    name = name.strip()
    if not name:
        raise Refused(_("Give the claimant's name."))
    with acting(actor, "claimant"):
        claim = lock_claim(claim, actor)
        demand_editable(claim)
        said = {
            "name": name,
            "role": role.strip(),
            "source": source,
            "confirmed_by": actor,
            "confirmed_at": timezone.now(),
        }
        try:
            with transaction.atomic():
                if claimant is None:
                    claimant = Claimant.objects.create(claim=claim, **said)
                else:
                    claimant = save_revision(claimant, revision=revision, **said)
        except IntegrityError:
            raise Refused(_("%(name)s is a claimant of this claim already.") % {"name": name}) from None
        take_step(claim=claim, actor=actor, action="claimant")
        return claimant


def remove_claimant(*, actor: "User", claimant: Claimant) -> None:
    """Not by them after all."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "remove claimant"):
        claim = lock_claim(claimant.claim, actor)
        demand_editable(claim)
        claimant.delete()
        take_step(claim=claim, actor=actor, action="claimant")


def correct_figure(
    *, actor: "User", claim: Claim, figure: Figure, revision: int, changes: dict[str, Any]
) -> Figure:
    """Set fields of a figure's reading; what the machine read stays beside them.

    The actor becomes an author of every claim that holds the figure; of those, the ones in review or verified are flagged.
    Raises Stale, ValidationError (by field), Refused.
    """
    demand(actor, Capability.VERIFY)
    with acting(actor, "correct figure"):
        holding = Appearance.objects.filter(figures=figure).order_by().values("claim")
        # All of them at once, and always in the same order, so that two who correct cannot wait for each other.
        others = list(Claim.objects.filter(pk__in=holding).order_by("pk").select_for_update(of=("self",)))
        claim = lock_claim(claim, actor)
        demand_editable(claim)
        if not claim.appearances.filter(figures=figure).exists():
            raise Refused(_("This figure is not part of the claim."))
        changed = {
            name: value
            for name, value in changes.items()
            if name in READING_FIELDS and getattr(figure, name) != value
        }
        if not changed:
            return figure
        for name, value in changed.items():
            setattr(figure, name, value)
        figure.full_clean(exclude=["version", "same_as"])
        machine = machine_values(figure)
        # A field that is back at the machine's reading is nobody's correction any more.
        corrected = {name for name, value in changed.items() if name in machine and machine[name] != value}
        by_editor = (set(figure.set_by_editor) - set(changed)) | corrected
        figure = save_revision(figure, revision=revision, set_by_editor=sorted(by_editor), **changed)
        for holder in others:
            record_author(claim=holder, actor=actor)
        take_step(claim=claim, actor=actor, action="figure")
        flagged = [other.pk for other in others if other.pk != claim.pk and other.state in FIXED]
        Claim.objects.filter(pk__in=flagged).update(
            needs_look=str(_("A figure of this claim was corrected elsewhere."))
        )
        return figure


def add_figure(
    *, actor: "User", appearance: Appearance, start: int, end: int, reading: dict[str, Any]
) -> Figure:
    """A figure the machine missed, on a span inside the appearance. Raises ValidationError (by field), Refused."""
    demand(actor, Capability.VERIFY)
    with acting(actor, "add figure"):
        claim = lock_claim(appearance.claim, actor)
        demand_editable(claim)
        span = anchor(appearance.version, start, end)
        there = (
            Figure.objects.in_use()
            .filter(version=appearance.version, start=span["start"], end=span["end"])
            .first()
        )
        if there is not None and appearance.figures.filter(pk=there.pk).exists():
            raise Refused(_("There is a figure on exactly these words already."))
        if there is not None:
            # Read in the text, but not counted to this claim.
            appearance.figures.add(there)
            return correct_figure(
                actor=actor, claim=claim, figure=there, revision=there.revision, changes=reading
            )
        figure = Figure(
            version=appearance.version,
            start=span["start"],
            end=span["end"],
            text=span["exact"][:300],
            added_by=actor,
            **reading,
        )
        figure.full_clean(exclude=["version", "same_as"])
        figure.save()
        appearance.figures.add(figure)
        record_author(claim=claim, actor=actor)
        take_step(claim=claim, actor=actor, action="figure")
        return figure


def _one_at_a_time(actor: "User") -> None:
    """A second click waits here until the first one's claim is stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"add-claim:{actor.pk}"])


def _suggest_speaker(claim: Claim, appearance: Appearance, version: ArticleVersion) -> None:
    """Whoever is quoted around the span, as the last extraction read it, is suggested as claimant."""
    for quotation in version.quotations:
        inside = quotation["start"] < appearance.end and quotation["end"] > appearance.start
        if inside and quotation.get("speaker") is not None:
            speaker = version.speakers[quotation["speaker"]]
            appearance.speaker_name, appearance.speaker_role = speaker["name"], speaker.get("role") or ""
            appearance.save(update_fields=["speaker_name", "speaker_role"])
            Claimant.objects.get_or_create(
                claim=claim, name=speaker["name"], defaults={"role": speaker.get("role") or ""}
            )
            return
