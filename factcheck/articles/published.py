"""When an article was published: a day, or an instant and the day that it is for its outlet."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

Moment = date | datetime


def moment_of(value: str | Moment | None) -> Moment | None:
    """The day or instant that a text, a page or a file gives; None where it gives none. Without a zone, it is in the desk's."""
    try:
        moment = _parsed(value) if isinstance(value, str) else value
        if isinstance(moment, datetime):
            moment = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
            # At either end of the calendar a moment may have no day in the desk's zone, nor one in UTC.
            for zone in (UTC, timezone.get_current_timezone()):
                moment.astimezone(zone)
    except (ValueError, OverflowError):
        return None
    return moment


def day_of(moment: Moment | None) -> date | None:
    """The day of publication: the one that the outlet's own clock shows. Many systems write all times in UTC, which says
    nothing of the outlet's clock; the day is then the desk's."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if moment.utcoffset() else timezone.localdate(moment)


def is_to_come(moment: Moment) -> bool:
    """Whether nothing can have been published then yet, anywhere: clocks differ by up to a day."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return day > timezone.localdate() + timedelta(days=1)


def instant_of(moment: Moment | None) -> datetime | None:
    """The instant, where more than the day is known."""
    return moment if isinstance(moment, datetime) else None


def _parsed(text: str) -> Moment | None:
    return parse_datetime(text) if "T" in text or ":" in text else parse_date(text)
