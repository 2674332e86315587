"""Writes of the feeds: the feed itself, asking it, and looking homepages up."""

from .keeping import add_feed, delete_feed, edit_feed, poll_now
from .polling import poll_feed, send_due

__all__ = ["add_feed", "delete_feed", "edit_feed", "poll_feed", "poll_now", "send_due"]
