"""Items that are known by their canonical address are known by the spelling that it has now.

Else all of them would be new to their feeds with the next poll.
"""

from contextlib import suppress
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.db import IntegrityError, migrations, transaction

from factcheck.articles.canonical import canonical_url

_TRACKING = {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "cmpid", "ref_src", "ocid"}
_PORTS = {"http": 80, "https": 443}


def rename(apps, schema_editor):
    """Not where the feed has an item of that key already, which is the same one then."""
    items = apps.get_model("feeds", "FeedItem").objects
    for pk, key, url in items.order_by("pk").values_list("pk", "key", "url").iterator():
        now = canonical_url(url)
        was = now and _canonical_before(url)
        # The key of the others is an identifier that their feed gives them.
        if was != now and key == _digest(was):
            with suppress(IntegrityError), transaction.atomic():
                items.filter(pk=pk).update(key=_digest(now))


def _digest(named):
    return sha256(named.encode()).hexdigest()


def _canonical_before(url):
    parts = urlsplit(url.strip())
    host = parts.hostname.removeprefix("www.")
    if parts.port and parts.port != _PORTS[parts.scheme.lower()]:
        host = f"{host}:{parts.port}"
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith("utm_")
    ]
    return urlunsplit(("https", host, parts.path.rstrip("/") or "/", urlencode(sorted(query)), ""))


class Migration(migrations.Migration):
    dependencies = [("feeds", "0005_lookups_of_lists")]

    # Back, the few that changed are new to their feeds once more, and found to be here when they are handed in.
    operations = [migrations.RunPython(rename, migrations.RunPython.noop, elidable=True)]
