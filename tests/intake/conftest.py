"""A local site that the desk may fetch from."""

import pytest
from django.core.files.storage import storages

from factcheck.intake.models import Intake
from factcheck.intake.services import take_in

PARAGRAPHS = (
    "NORDHAVEN, Norland – The militia has lost 87 percent of its territory since March, the defence ministry said on Monday.",
    "Ryan Holt, a ministry spokesman, told reporters that 4,200 soldiers had taken part in the campaign along the river.",
    "Residents of the valley have begun to return to their villages, where half of the wells have been sealed by engineers.",
    "The government wants to spend $1.5 billion on roads and schools in the region over the next five years, he said.",
)

OTHER = (
    "Grain exports doubled last year as harvests in the south were the best since records began, the statistics office said.",
    "Farmers in the delta sold 4.2 million tonnes, most of it wheat, to buyers in eleven countries across two continents.",
    "Prices fell by a tenth all the same, because other growers had good years too and ships were cheap to hire in autumn.",
)


def page_of(*paragraphs, title="Militia loses most of its territory", date="2026-03-02", head=""):
    """A news page as bytes."""
    body = "\n".join(f"<p>{text}</p>" for text in paragraphs or PARAGRAPHS)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Norland Herald</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Norland Herald">
<meta property="article:published_time" content="{date}T09:30:00+00:00"><meta name="author" content="Ada Byron">{head}</head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>{title}</h1>{body}</article>
<footer>Copyright Norland Herald</footer></body></html>""".encode()


@pytest.fixture
def site(hostile_site, settings, tmp_path):
    """The hostile site, open to the desk's own fetching, with an empty storage."""
    settings.FETCH_PORTS = [hostile_site.port]
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    settings.FETCH_DELAY = 0.0
    settings.FETCH_ROBOTS = False
    settings.FETCH_DEADLINE = 5.0
    settings.MEDIA_ROOT = str(tmp_path / "media")
    storages._storages.clear()
    yield hostile_site
    storages._storages.clear()


@pytest.fixture
def taken(db):
    """Does what a worker would do with a row, and gives the row as it is then."""

    def do(intake):
        take_in(intake_id=intake.pk)
        return Intake.objects.get(pk=intake.pk)

    return do
