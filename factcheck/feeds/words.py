"""Why a feed could not be had, for an admin: the reasons of a fetch are written for an editor who adds a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.fetching import NotFetched, Reason

OF_FEEDS: dict[Reason, Promise] = {
    Reason.TLS: _("The site's certificate cannot be trusted."),
    Reason.TOO_BIG: _("The feed is larger than the desk reads."),
    Reason.TOO_MANY_REDIRECTS: _("The site redirects again and again; look there for the feed's address."),
    Reason.ROBOTS: _("The site asks programs not to fetch this feed (robots.txt)."),
    Reason.NOT_FOUND: _("The site has no feed at this address; look there for another."),
    Reason.GONE: _("The site says that this feed has been removed."),
    Reason.LOGIN: _("The feed is only for people who are signed in."),
    Reason.FORBIDDEN: _("The site refuses to give this feed to the desk."),
}


def words_for(answer: NotFetched) -> str:
    """The reason in words about feeds. What a fetch says in particular, such as of an address, is true of a feed too."""
    own = OF_FEEDS.get(answer.reason)
    return str(own) if own and answer.words == answer.reason.words else answer.words
