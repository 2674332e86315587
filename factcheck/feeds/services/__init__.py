"""Writes of the feeds: the feed itself, asking it, and looking homepages up."""

from .adding import Added, Ticked, add_ticked
from .items import bring_in
from .keeping import add_feed, delete_feed, edit_feed, poll_now, use_new_address
from .looking import look_up
from .lookups import MOST, keep_names, retry_row, send_lost_rows, sites_in, start_lookup, tell_apart
from .polling import poll_feed, send_due

__all__ = [
    "MOST",
    "Added",
    "Ticked",
    "add_feed",
    "add_ticked",
    "bring_in",
    "delete_feed",
    "edit_feed",
    "keep_names",
    "look_up",
    "poll_feed",
    "poll_now",
    "retry_row",
    "send_due",
    "send_lost_rows",
    "sites_in",
    "start_lookup",
    "tell_apart",
    "use_new_address",
]
