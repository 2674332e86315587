"""Reading what came in."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

if TYPE_CHECKING:
    from factcheck.accounts.models import User

    from .models import Intake


class CaptureQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The captures of articles, for everyone who may read; what did not become one, for those who may triage."""
        if user.may("triage"):
            return self
        return self.filter(article__isnull=False) if user.may("read") else self.none()

    def with_words(self) -> Self:
        """Each with `words`: what the intake said that read it, which is why it was not taken where it has no version."""
        from .models import Intake

        read_by = Intake.objects.filter(capture=OuterRef("pk")).order_by("-pk")
        return self.annotate(words=Subquery(read_by.values("words")[:1]))


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """What came in, for everyone who may triage: it is the desk's own work list."""
        return self if user.may("triage") else self.none()

    def under_way(self) -> Self:
        return self.filter(status__in=self.model.UNDER_WAY)

    def handed_in_before(self, intake: "Intake") -> Self:
        """The files and texts under way for the same address that came before this one."""
        same = self.under_way().filter(canonical_url=intake.canonical_url, pk__lt=intake.pk)
        return same.exclude(canonical_url="").exclude(digest="")

    def failed(self) -> Self:
        """What failed and waits for somebody."""
        return self.filter(status="failed", set_aside_at=None)

    def set_aside(self) -> Self:
        return self.filter(set_aside_at__isnull=False)

    def came_in(self) -> Self:
        ended = self.exclude(status__in=["gone", "failed", *self.model.UNDER_WAY])
        return ended.exclude(reason=self.model.ELSEWHERE)

    def looks(self) -> Self:
        """The looks at articles' pages that came to an end, the last one first."""
        ended = self.filter(via="again").exclude(status__in=self.model.UNDER_WAY)
        return ended.order_by("-finished_at", "-pk")

    def retriable(self) -> Self:
        """Those of which `may_be_retried` is true, but for what is tried again by itself."""
        return self.failed().filter(attempts__gt=0)

    def matching(self, words: str) -> Self:
        """Those with the words in the address, in the file's name, or in the article's title."""
        return self.filter(
            Q(url__icontains=words) | Q(file_name__icontains=words) | Q(article__title__icontains=words)
        )

    def changed_since(self, moment: datetime) -> Self:
        """Those of which a page that was written at `moment` may show something old."""
        # PostgreSQL's GREATEST leaves NULLs aside.
        return self.annotate(changed_at=Greatest("queued_at", "alive_at", "finished_at")).filter(
            changed_at__gte=moment
        )

    def due(self) -> Self:
        """Those that do not wait for the time of their next try."""
        return self.exclude(status="later", next_try_at__gt=timezone.now())

    def in_line(self) -> Self:
        """Those that wait for their turn at a host; nothing is sent for them until it comes."""
        return self.filter(status__in=["queued", "later"], sent_at=None).exclude(host="")

    def out(self) -> Self:
        """Those whose turn at a host it is: a message or a worker is about them."""
        return self.under_way().filter(sent_at__isnull=False).exclude(host="")

    def past_lines(self) -> Self:
        """Those under way that wait in no line: a message or a worker should be about each."""
        return self.under_way().filter(Q(host="") | Q(sent_at__isnull=False))

    def halted_lines(self) -> "models.QuerySet":
        """The hosts in whose lines somebody's time has come and nobody is out."""
        out = self.model.objects.out().filter(host=OuterRef("host"))
        waiting = self.in_line().due().filter(~Exists(out))
        return waiting.order_by("host").values_list("host", flat=True).distinct()

    def to_send_again(self) -> Self:
        """Due, in no line, and without a sign of life for longer than `INTAKE_STALLED_AFTER`: lost with the broker, or with a
        worker."""
        limit = timezone.now() - timedelta(seconds=settings.INTAKE_STALLED_AFTER)
        seen = Coalesce("alive_at", "sent_at", "queued_at")
        silent = self.past_lines().due().annotate(seen=seen).filter(Q(sent_at=None) | Q(sent_at__lt=limit))
        return silent.filter(Q(status="later") | Q(seen__lt=limit))
