"""What the templates say of a feed."""

from django import template

from factcheck.feeds.models import Feed
from factcheck.feeds.reads import Health, health_of

register = template.Library()


@register.filter
def health(feed: Feed) -> Health:
    """How a feed is, as a key, a shape and words."""
    return health_of(feed)
