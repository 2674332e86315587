"""Handing an address to an archive outside of the desk, where a desk has switched that on."""

from urllib.parse import quote, urljoin

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from factcheck.fetching import Fetched, fetch, policy_for
from factcheck.intake.models import Capture

ARCHIVE = "intake.archive"
# What an address holds as it stands where it is the end of another's path, and nothing of it where it is a value in a query.
_IN_PATH = ":/?&=%+,;@~!$'()*"


def ask_to_archive(capture: Capture) -> bool:
    """Have the capture's address handed over in the background; False where that is off, or nothing takes the job.

    A job that is lost is not sought again: the archive outside is a service beside the desk's own.
    """
    if not settings.ARCHIVE_SUBMIT_URL or not capture.url:
        return False
    try:
        current_app.send_task(ARCHIVE, args=[capture.pk], queue="fetch")
    except (OperationalError, RedisError, OSError):
        return False
    return True


def archive(*, capture_id: int) -> str:
    """Hand the capture's address to `ARCHIVE_SUBMIT_URL` and keep where its copy stands. Returns that, or an empty text.

    The address stands in place of `{url}` in the setting, or at its end. What the archive answers with a Content-Location, or
    the address that it redirects to, is its copy (RFC 9110, section 8.7).
    """
    capture = Capture.objects.filter(pk=capture_id, archived_url="").exclude(url="").first()
    if capture is None or not settings.ARCHIVE_SUBMIT_URL:
        return ""
    before, __, after = settings.ARCHIVE_SUBMIT_URL.partition("{url}")
    submit = before + quote(capture.final_url or capture.url, safe="" if "?" in before else _IN_PATH) + after
    # Its robots.txt speaks to those who crawl it, not to those who hand something in.
    answer = fetch(submit, policy=policy_for("file", robots=False))
    if not isinstance(answer, Fetched):
        return ""
    named = next((value for name, value in answer.headers if name.lower() == "content-location"), "")
    copy = urljoin(answer.final_url, named)
    if copy == submit or not copy.startswith(("https://", "http://")) or len(copy) > 2000:
        return ""
    Capture.objects.filter(pk=capture.pk, archived_url="").update(archived_url=copy)
    return copy
