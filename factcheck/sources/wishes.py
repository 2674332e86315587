"""How the site at an address is to be asked: as the source wishes that the site belongs to."""

from factcheck.fetching import Wishes

from .models import Source


def wishes_at(url: str, *, otherwise: Source | None = None) -> Wishes:
    """Whether robots.txt counts there and how long the site rests: by the source of the address, else by `otherwise`, which
    brought the address, else by the settings."""
    source = Source.objects.publishers().for_url(url) or otherwise
    return Wishes(robots=source.obeys_robots, delay=source.fetch_delay) if source else Wishes()
