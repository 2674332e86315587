"""Lists of homepages to look up: handing one in, sending its rows to the workers, and trying a row again."""

from datetime import timedelta
from typing import TYPE_CHECKING

from celery import current_app
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.canonical import canonical_url
from factcheck.desk.audit import acting
from factcheck.desk.errors import Refused
from factcheck.feeds import opml
from factcheck.feeds.models import Lookup, LookupRow
from factcheck.feeds.opml import Listed
from factcheck.sources.services import call_apart

if TYPE_CHECKING:
    from datetime import datetime

    from factcheck.accounts.models import User
    from factcheck.sources.models import Source

LOOK_UP = "feeds.look_up"
MOST = 100  # sites of one list
SWEPT_AT_ONCE = 100
CLICKED_TWICE = timedelta(seconds=20)
Status = LookupRow.Status


def sites_in(text: str) -> list[Listed]:
    """The sites that a person pasted: an OPML document, or addresses one a line, with https where no scheme is given.

    Raises Refused for none, for more than MOST, and for a line that is no address.
    """
    if opml.looks_like(text[:200].encode()):
        return opml.read(text, limit=MOST)
    sites: dict[str, Listed] = {}
    wrong = []
    for line in filter(None, (line.strip(" \t,;<>") for line in text.splitlines())):
        url = line if "://" in line else f"https://{line}"
        canonical = canonical_url(url)
        if not canonical or len(url) > 2000 or any(mark in url for mark in " \t\x00") or "." not in url:
            wrong.append(line[:60])
        else:
            sites.setdefault(canonical, Listed(url))
    if wrong:
        raise Refused(_("Not web addresses: %(lines)s. Write one a line.") % {"lines": ", ".join(wrong[:3])})
    if not sites:
        raise Refused(_("There is no address here. Write one a line."))
    if len(sites) > MOST:
        raise Refused(
            _("These are %(has)s sites; the desk takes %(limit)s at once. Hand in the rest afterwards.")
            % {"has": len(sites), "limit": MOST}
        )
    return list(sites.values())


def start_lookup(*, actor: "User", sites: list[Listed]) -> Lookup:
    """Have each of these sites looked up by a worker; the rows keep the order of the list. The second of two clicks is the first."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "look up homepages"):
        # Two clicks at once wait for one another.
        get_user_model().objects.select_for_update().get(pk=actor.pk)
        last = Lookup.objects.filter(asked_by=actor, asked_at__gte=timezone.now() - CLICKED_TWICE).first()
        if last and list(last.rows.values_list("url", flat=True)) == [site.url for site in sites]:
            return last
        lookup = Lookup.objects.create(asked_by=actor)
        rows = LookupRow.objects.bulk_create(
            LookupRow(lookup=lookup, position=number, url=site.url, name=site.name, listed=site.feeds)
            for number, site in enumerate(sites, 1)
        )
        transaction.on_commit(lambda: send_rows(rows))
    return lookup


def retry_row(*, actor: "User", row: LookupRow) -> LookupRow:
    """Look once more: from the start what failed, further on what has addresses left. Raises Refused for what is not over."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "look up again"):
        row = LookupRow.objects.select_for_update().get(pk=row.pk)
        if row.status not in (Status.FAILED, Status.FOUND):
            raise Refused(_("It is being looked at already."))
        if row.status == Status.FAILED or not row.left:
            row.asked, row.left = [], [feed["url"] for feed in row.feeds if feed["url"] not in row.listed]
            row.feeds = []
        row.status, row.attempts, row.words = Status.QUEUED, 0, ""
        row.sent_at = row.next_try_at = None
        row.alive_at = timezone.now()
        row.save()
        transaction.on_commit(lambda: send_rows([row]))
        return row


def tell_apart(*, actor: "User", row: LookupRow, other: "Source") -> None:
    """What a row found is another source than `other`, which is not suggested for its name and site again."""
    demand(actor, Capability.MANAGE)
    call_apart(actor=actor, source=other, others=[row.name, row.domain])


def keep_names(*, actor: "User", lookup: Lookup, names: dict[int, str]) -> None:
    """Keep the names as they were corrected, by the rows' keys, whatever else becomes of the rows."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "name looked-up rows"):
        for row in lookup.rows.filter(pk__in=names, status=Status.FOUND):
            if names[row.pk] not in ("", row.name):
                LookupRow.objects.filter(pk=row.pk, status=Status.FOUND).update(name=names[row.pk])


def send_rows(rows: list[LookupRow]) -> int:
    """Hand rows to the broker; returns how many it took. Those that it does not take are sent by the sweeper."""
    sent = 0
    for row in rows:
        if not send_row(row.pk):
            # The broker does not answer; asking it for each of the others would only take long.
            break
        sent += 1
    return sent


def send_row(pk: int, *, after: float = 0, at: "datetime | None" = None) -> bool:
    """Hand one row to the broker, to be looked up in `after` seconds, which is `at`."""
    try:
        current_app.send_task(LOOK_UP, args=[pk], queue="fetch", countdown=after or None)
    except (OperationalError, RedisError, OSError):
        return False
    LookupRow.objects.filter(pk=pk).update(sent_at=at or timezone.now())
    return True


def send_lost_rows() -> int:
    """Send again the rows that wait without a sign of life: their message or their worker was lost. Returns how many."""
    return send_rows(list(LookupRow.objects.to_send_again().order_by("pk")[:SWEPT_AT_ONCE]))
