"""Things handed in, in every state, for the pages of the demonstration desk."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.articles.headlines import take_headline
from factcheck.articles.models import Article
from factcheck.articles.services import ask_for_extraction
from factcheck.claims.services.extraction import run_extraction
from factcheck.desk.audit import Job
from factcheck.intake import captures
from factcheck.intake.models import Intake

TOGETHER = UUID("5b0c6c5e-6f0a-4d53-9a52-0b5a4f0f7b11")
PAGE = b"<!doctype html><title>Wells</title><h1>Wells</h1><p>Half of the wells have been sealed.</p><script>alert(1)</script>"
SITE = "https://herald.example/2026/11"


def hand_in(user: User) -> None:
    """A batch with a row in each state, an article whose page is gone, and what was fetched of it."""
    article = Article.objects.filter(is_demo=True).order_by("pk")[0]
    capture = captures.keep_upload(
        PAGE, file_name="", content_type="text/html", url=f"{SITE}/wells?from=front"
    )
    capture.final_url, capture.status, capture.charset = f"{SITE}/wells", 200, "utf-8"
    capture.headers = [["Content-Type", "text/html; charset=utf-8"], ["Server", "x" * 120], ["ETag", '"9f"']]
    capture.article, capture.version = article, article.current_version
    capture.archived_url = "https://archive.example/2026/herald"
    capture.save()
    stub = captures.keep_upload(PAGE, file_name="", content_type="text/html", url=f"{SITE}/wells")
    stub.final_url, stub.status, stub.article = f"{SITE}/wells", 200, article
    stub.fetched_at = timezone.now() - timedelta(days=1)
    stub.save()
    Article.objects.filter(pk=article.pk).update(
        url=f"{SITE}/wells", canonical_url=f"{SITE}/wells", gone_at=timezone.now()
    )
    soon = timezone.now() + timedelta(minutes=4)
    rows = [
        {"status": "added", "url": f"{SITE}/wells", "article": article, "capture": capture, "attempts": 1},
        {"status": "known", "url": f"{SITE}/budget", "words": "The desk has this article.", "article": article},
        {
            "status": "failed",
            "url": f"{SITE}/a-very-long-address-that-goes-on-and-on/with-parts/and-parts/and-a-name-of-its-own.html",
            "reason": "login",
            "words": "The page is only for people who are signed in; sign in with a browser and paste the text.",
            "attempts": 1,
        },
        {
            "status": "failed",
            "via": "file",
            "file_name": "report <b>final</b> שלום.pdf",
            "reason": "scan",
            "words": "The PDF holds pictures of pages and no text.",
            "attempts": 1,
        },
        {
            "status": "failed",
            "url": f"{SITE}/advertisement",
            "reason": "no_text",
            "words": "No article was found in this page.",
            "attempts": 1,
            "set_aside_at": timezone.now(),
            "set_aside_by": user,
        },
        {
            "status": "later",
            "url": f"{SITE}/dam",
            "reason": "server_error",
            "words": "The site answered with an error of its own; try again later.",
            "next_try_at": soon,
            "attempts": 2,
        },
        {"status": "known", "reason": Intake.ELSEWHERE, "url": f"{SITE}/port", "words": "It is under way already, handed in by Ada."},
        {"status": "running", "url": f"{SITE}/bridge", "stage": "reading", "attempts": 1, "alive_at": timezone.now()},
        {"status": "queued", "url": f"{SITE}/harvest"},
        {"status": "unchanged", "via": "again", "url": f"{SITE}/wells", "words": "The text is as it was.", "article": article},
        {"status": "unchanged", "via": "again", "url": f"{SITE}/wells", "words": "It stands behind a paywall now; the text is kept as it was.", "article": article, "capture": stub},
        {"status": "gone", "via": "again", "url": f"{SITE}/wells", "words": "The page is gone from its site. What the desk has of it stays.", "article": article},
        {"status": "updated", "via": "again", "url": f"{SITE}/wells", "words": "The text changed; this is version 2.", "article": article},
        {
            "status": "failed",
            "via": "api",
            "url": f"{SITE}/wells",
            "reason": "other_text",
            "words": "The desk has another text from this address. Correct the address, or hand it in without one.",
            "article": article,
            "digest": "posted",
            "given": {"text": "Grain <b>exports</b> doubled last year.\n\nשלום", "title": "Grain", "language": "en"},
            "attempts": 1,
        },
    ]  # fmt: skip
    Intake.objects.bulk_create(
        Intake(**{"via": "url", "batch": TOGETHER, "asked_by": user, "asked_as": str(user), **row})
        for row in rows
    )


def change_headline() -> None:
    """The article whose text changed has another number in its headline too."""
    article = Article.objects.get(is_demo=True, versions__number=2)
    number = article.title.replace("10 per cent", "20 per cent")
    take_headline(actor=Job("intake"), article=article, was=article.title, text=number)
    run_extraction(run_id=ask_for_extraction(actor=Job("intake"), version=article.current_version).pk)
