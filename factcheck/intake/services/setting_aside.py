"""Failures that nobody needs to look at any more: set aside, found again, brought back."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.models import Article
from factcheck.articles.services import add_article
from factcheck.desk.audit import Job, acting
from factcheck.desk.errors import Refused
from factcheck.desk.locks import hold
from factcheck.intake.models import Intake
from factcheck.intake.querysets import IntakeQuerySet

from .asking import MANY_AT_ONCE

if TYPE_CHECKING:
    from factcheck.accounts.models import User

SETTLER = Job("intake")


def set_aside(*, actor: "User", intake: Intake) -> Intake:
    """Let a failure wait for nobody any more. A second click changes nothing; Refused when it has failed no more."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "set aside intake"):
        failed = Intake.objects.failed().filter(pk=intake.pk)
        failed.update(set_aside_at=timezone.now(), set_aside_by=actor)
        return _still_failed(intake)


def bring_back(*, actor: "User", intake: Intake) -> Intake:
    """Let a failure that was set aside wait again. A second click changes nothing; Refused when it has failed no more."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "bring back intake"):
        Intake.objects.set_aside().filter(pk=intake.pk).update(set_aside_at=None, set_aside_by=None)
        return _still_failed(intake)


def set_aside_all(*, actor: "User", intakes: IntakeQuerySet) -> int:
    """Set aside each of them that failed; returns how many."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "set aside intakes"):
        hold(MANY_AT_ONCE)
        # The state is asked for again on the row itself: one that somebody retries in this moment is left alone.
        failed = Intake.objects.failed().filter(pk__in=intakes.order_by().values("pk"))
        return failed.update(set_aside_at=timezone.now(), set_aside_by=actor)


def bring_back_all(*, actor: "User", intakes: IntakeQuerySet) -> int:
    """Bring back each of them that a person set aside; returns how many. What came in by another way stays where it is."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "bring back intakes"):
        hold(MANY_AT_ONCE)
        by_somebody = Intake.objects.set_aside().filter(
            pk__in=intakes.order_by().values("pk"), set_aside_by__isnull=False
        )
        return by_somebody.update(set_aside_at=None, set_aside_by=None)


def settle(*, article: Article, canonical: str = "", makes_good: Intake | None = None) -> int:
    """An article came in, or was looked at again: what failed before at its address, or at the one that it came by
    (`canonical`), is moot, and so is what it was to make good. Such rows are set aside by the desk itself, and lead to the
    article. Returns how many."""
    at_its_address = Q(canonical_url__in={article.canonical_url, canonical} - {""})
    failed = Intake.objects.failed().filter(at_its_address | Q(pk__in=[makes_good.pk] if makes_good else []))
    if not failed.exists():
        return 0
    with acting(SETTLER, "settle failures"):
        # One that somebody holds is being retried or set aside right now, and may wait for the row that came in.
        moot = list(
            failed.order_by("pk")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", flat=True)
        )
        if not moot:
            return 0
        return Intake.objects.filter(pk__in=moot).update(set_aside_at=timezone.now(), article=article)


def settle_look(look: Intake) -> bool:
    """A look at an article's page failed. Where only the calendar asked for it, it waits for nobody: the article says so.
    Whether it was set aside."""
    with acting(SETTLER, "settle failures"):
        by_itself = Intake.objects.failed().filter(
            pk=look.pk, via=Intake.Via.AGAIN, precedence=Intake.Precedence.BY_ITSELF
        )
        return bool(by_itself.update(set_aside_at=timezone.now()))


def paste(*, actor: "User", text: str, makes_good: Intake | None = None, **known: object) -> Article:
    """Store a text that somebody pasted, which may make good what could not be fetched, or did not come in otherwise
    (`makes_good`). As `add_article` otherwise."""
    with acting(actor, "add article"):
        article = add_article(actor=actor, text=text, **known)
        settle(article=article, makes_good=makes_good)
        return article


def _still_failed(intake: Intake) -> Intake:
    now = Intake.objects.get(pk=intake.pk)
    if now.status != Intake.Status.FAILED:
        # Somebody tried it again meanwhile: what the page showed is old.
        raise Refused(
            _("This is %(state)s; there is nothing to set aside.") % {"state": now.get_status_display()}
        )
    return now
