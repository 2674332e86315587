"""Writes to the feed itself."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.canonical import canonical_url
from factcheck.desk.audit import acting
from factcheck.desk.errors import AlreadyThere, Refused
from factcheck.desk.revisions import save_revision
from factcheck.feeds.models import Feed
from factcheck.feeds.paths import patterns_in

from .polling import send

if TYPE_CHECKING:
    from factcheck.accounts.models import User
    from factcheck.desk.audit import Job
    from factcheck.sources.models import Source

EDITABLE = ("url", "is_on", "extract", "every", "include", "exclude", "source")
# A feed at another address is another feed; what was known of the old answer does not hold for it.
_FORGOTTEN = {
    "etag": "",
    "last_modified": "",
    "kind": "",
    "title": "",
    "polled_at": None,
    "succeeded_at": None,
    "failures": 0,
    "reason": "",
    "words": "",
    "moved_to": "",
}


class Followed(AlreadyThere):
    """A feed that the desk has already; its address is what is wrong on a form."""

    field = "url"


def add_feed(
    *, actor: "User | Job", source: "Source", url: str, is_demo: bool = False, **fields: Any
) -> Feed:
    """Give a source a feed, which is asked at once. `fields` are further ones of EDITABLE.

    Raises Followed with the feed of this address, ValidationError.
    """
    demand(actor, Capability.MANAGE)
    with acting(actor, "add feed"):
        feed = Feed(source=source, url=url, is_demo=is_demo, **fields)
        _clean(feed)
        _refuse_the_same(feed)
        feed.full_clean(exclude=["source"])
        try:
            with transaction.atomic():
                feed.save()
        except IntegrityError:
            _refuse_the_same(feed)
            raise
        if feed.is_on:
            transaction.on_commit(lambda: send(feed))
    return feed


def edit_feed(*, actor: "User", feed: Feed, revision: int, **changes: Any) -> Feed:
    """Change fields of EDITABLE. Switched on again, moved or with other paths, it is asked at once.

    Raises Stale, Followed, ValidationError.
    """
    demand(actor, Capability.MANAGE)
    with acting(actor, "edit feed"):
        if wrong := set(changes) - set(EDITABLE):
            raise TypeError(f"{sorted(wrong)} cannot be set on a feed")
        was = {name: getattr(feed, name) for name in changes}
        for name, value in changes.items():
            setattr(feed, name, value)
        _clean(feed)
        changed = {name: getattr(feed, name) for name in changes if getattr(feed, name) != was[name]}
        if not changed:
            return feed
        _refuse_the_same(feed)
        feed.full_clean(exclude=["source"])
        if "url" in changed:
            changed |= _FORGOTTEN
        if {"include", "exclude"} & changed.keys():
            # What the paths let in now may stand in the very answer that the desk has.
            changed |= {"etag": "", "last_modified": ""}
        if {"url", "is_on", "include", "exclude"} & changed.keys() and feed.is_on:
            changed |= {"next_poll_at": timezone.now(), "failures": 0}
        elif "every" in changed and not feed.failures:
            changed["next_poll_at"] = min(feed.next_poll_at, timezone.now() + feed.pace)
        try:
            with transaction.atomic():
                feed = save_revision(feed, revision=revision, **changed)
        except IntegrityError:
            _refuse_the_same(feed)
            raise
        if feed.next_poll_at <= timezone.now() and feed.is_on:
            transaction.on_commit(lambda: send(feed))
        return feed


def use_new_address(*, actor: "User", feed: Feed, url: str) -> Feed:
    """Have a feed asked at `url`, where its site says that it has moved for good; a second click changes nothing.

    Raises AlreadyThere when that is followed already, Refused when the site says so no more, Stale.
    """
    demand(actor, Capability.MANAGE)
    if feed.url == url:
        return feed
    if not url or feed.moved_to != url:
        raise Refused(_("The site names another address now: look at this page again."))
    try:
        with acting(actor, "move feed"):
            return edit_feed(actor=actor, feed=feed, revision=feed.revision, url=url)
    except AlreadyThere as there:
        words = _("%(source)s has the feed at the new address already. Delete this one, or switch it off.")
        raise AlreadyThere(there.existing, words % {"source": there.existing.source}) from None


def delete_feed(*, actor: "User", feed: Feed) -> None:
    """Remove a feed and its list of items; the articles that it brought stay."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "delete feed"):
        Feed.objects.filter(pk=feed.pk).delete()


def poll_now(*, actor: "User", feed: Feed) -> Feed:
    """Have a feed asked now, whatever its pace. Raises Refused when it is switched off."""
    demand(actor, Capability.MANAGE)
    if not feed.is_on:
        raise Refused(_("This feed is switched off. Switch it on first."))
    with acting(actor, "poll feed"):
        Feed.objects.filter(pk=feed.pk).update(next_poll_at=timezone.now())
        transaction.on_commit(lambda: send(feed))
    return feed


def _refuse_the_same(feed: Feed) -> None:
    if existing := Feed.objects.filter(url=feed.url).exclude(pk=feed.pk).select_related("source").first():
        raise Followed(existing, _("%(source)s has this feed already.") % {"source": existing.source})


def _clean(feed: Feed) -> None:
    """Write the address and the paths as they are stored. Raises ValidationError."""
    feed.url = feed.url.strip()
    if not canonical_url(feed.url):
        raise ValidationError({"url": _("This is not a web address.")})
    for name in ("include", "exclude"):
        try:
            setattr(feed, name, "\n".join(patterns_in(getattr(feed, name))))
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from None
