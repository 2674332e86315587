"""Handing in the items of feeds: as they come, and later what was left out at first."""

from typing import TYPE_CHECKING

from factcheck.accounts.capabilities import Capability, demand
from factcheck.desk.audit import acting
from factcheck.feeds.models import FeedItem
from factcheck.intake.models import Intake
from factcheck.intake.services import hand_in_url

if TYPE_CHECKING:
    from factcheck.accounts.models import User
    from factcheck.desk.audit import Job


def hand_in_item(*, actor: "User | Job", item: FeedItem) -> Intake:
    """Have an item's page fetched, as one that its feed brought. The item itself may not be stored yet."""
    return hand_in_url(
        actor=actor,
        url=item.url,
        via=Intake.Via.FEED,
        source=item.feed.source,
        extract=item.feed.extract,
        given={
            "title": item.title,
            "published": item.published_at.isoformat() if item.published_at else "",
        },
    )


def bring_in(*, actor: "User | Job", item: FeedItem) -> FeedItem:
    """Hand in an item that was left out, whatever for. One that is in already stays as it is."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "bring in feed item"):
        rows = FeedItem.objects.select_related("feed__source").select_for_update(of=("self",))
        item = rows.get(pk=item.pk)
        if item.left_out:
            item.intake, item.left_out = hand_in_item(actor=actor, item=item), ""
            item.save(update_fields=["intake", "left_out"])
        return item
