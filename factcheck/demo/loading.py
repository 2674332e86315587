"""Loading the demonstration, through the same services and the same extractor as everything else."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.articles.anchors import overlap
from factcheck.articles.models import Article, ArticleVersion, ExtractionRun
from factcheck.articles.services import add_article, add_version, annotate
from factcheck.claims.models import Appearance, Claim
from factcheck.claims.services import editing, merging, triage
from factcheck.claims.services.carrying import carry_over
from factcheck.claims.services.extraction import run_extraction
from factcheck.desk.audit import acting
from factcheck.feeds.services import add_feed
from factcheck.figures.models import Figure, FigureChange
from factcheck.sources.models import Source, SourceAlias, SourceDomain
from factcheck.verdicts import services as verdicts
from factcheck.verdicts.models import Rating, Review, Verdict

from . import content
from .models import Loading
from .people import SETUP
from .removing import remove

KINDS = {"dataset publisher": Source.Kind.DATASET}
RELIABILITY = {"high": "high", "mostly_reliable": "mixed", "low": "low"}
DISMISSALS = {"opinion": "opinion", "not_worth_checking": "not_worth", "prediction": "not_a_claim"}

Say = Callable[[str], None]


def is_loaded() -> bool:
    """Whether it was loaded to the end."""
    return Loading.objects.filter(finished_at__isnull=False).exists()


def load(*, people: dict[str, User], say: Say = lambda line: None) -> None:
    """Load everything for the people keyed `editor` and `colleague`; what an interrupted loading left is removed first."""
    if Loading.objects.exists():
        remove(actor=SETUP)
    loading = Loading.objects.create()
    sources = _load_sources()
    articles = _load_articles(sources, say)
    decisions = content.read("decisions")
    for number, decision in enumerate(decisions["claims"], 1):
        say(f"claim {number} of {len(decisions['claims'])}")
        with transaction.atomic():
            _Story(decision, articles, sources, people).tell()
    for note in decisions["annotations"]:
        version = articles[note["article"]].current_version
        start, end = _span(version, note["quote"])
        annotate(actor=people["editor"], version=version, start=start, end=end, note=note["note"])
    later = content.read("later")
    for entry in later["versions"]:
        say("a changed page")
        _change_page(articles[entry["article"]], entry)
    _load_feeds(sources, later["feeds"])
    loading.finished_at = timezone.now()
    loading.save(update_fields=["finished_at"])


def _load_sources() -> dict[str, Source]:
    made: dict[str, Source] = {}
    with acting(SETUP, "demonstration"):
        for entry in content.read("sources"):
            rating = entry["reliability"] or {}
            made[entry["key"]] = source = Source.objects.create(
                name=entry["name"],
                kind=KINDS.get(entry["kind"], entry["kind"]),
                homepage=entry["homepage"] or "",
                parent=made.get(entry["parent"]),
                reliability=RELIABILITY.get(rating.get("rating"), ""),
                reliability_reason=rating.get("reason", ""),
                reliability_on=rating.get("date"),
                notes=entry["notes"] or "",
                is_demo=True,
            )
            SourceAlias.objects.bulk_create(
                SourceAlias(source=source, name=name) for name in entry["aliases"]
            )
            SourceDomain.objects.bulk_create(
                SourceDomain(source=source, domain=name) for name in entry["domains"]
            )
    return made


def _load_articles(sources: dict[str, Source], say: Say) -> dict[str, Article]:
    made: dict[str, Article] = {}
    entries = content.read("articles")
    for number, entry in enumerate(entries, 1):
        say(f"article {number} of {len(entries)}")
        published = _moment(entry["published"])
        article = add_article(
            actor=SETUP,
            text=entry["text"],
            title=entry["title"],
            url=entry["url"] or "",
            carried_by=sources.get(entry["carried_by"]),
            written_by=sources.get(entry["written_by"]),
            published=published,
            bylines=entry["bylines"],
            language=entry["language"],
            medium=entry["medium"],
            copy_of=made.get(entry["copy_of"]),
            is_demo=True,
        )
        _extract(article.current_version.runs.get())
        came_in = published if isinstance(published, datetime) else _at(published, hour=9)
        Article.objects.filter(pk=article.pk).update(added_at=came_in + timedelta(hours=2))
        Claim.objects.filter(lead_article=article).update(
            created_at=came_in + timedelta(hours=2), is_demo=True
        )
        article.refresh_from_db()
        made[entry["key"]] = article
    return made


def _change_page(article: Article, entry: dict[str, Any]) -> None:
    """What fetching a page again would do that its outlet rewrote."""
    article.refresh_from_db()
    before = article.current_version
    with transaction.atomic():
        version = add_version(actor=SETUP, article=article, text=entry["text"])
        carry_over(old=before, new=version)
    _extract(version.runs.get())
    came = datetime.fromisoformat(entry["came"])
    ArticleVersion.objects.filter(pk=version.pk).update(came_at=came)
    ArticleVersion.objects.filter(pk=before.pk).update(came_at=article.added_at)
    FigureChange.objects.filter(version=version).update(found_at=came)
    Claim.objects.filter(lead_article=article).update(is_demo=True)


def _load_feeds(sources: dict[str, Source], entries: list[dict[str, Any]]) -> None:
    """Feeds that are switched off: the outlets of the demonstration have no sites to ask."""
    with acting(SETUP, "demonstration"):
        for entry in entries:
            add_feed(
                actor=SETUP,
                **{**entry, "source": sources[entry["source"]]},
                is_on=False,
                is_demo=True,
            )


def _extract(run: ExtractionRun) -> None:
    """Extract here; where a running worker was faster, wait for it."""
    while run_extraction(run_id=run.pk) == "another worker is at it":
        time.sleep(0.2)


class _Story:
    """What the editors did about one claim, done again step by step."""

    def __init__(
        self,
        decision: dict[str, Any],
        articles: dict[str, Article],
        sources: dict[str, Source],
        people: dict[str, User],
    ) -> None:
        self.decision, self.articles, self.sources, self.people = decision, articles, sources, people
        self.author = people[decision["assignee"] or "editor"]
        self.other = people[
            decision["reviewer"] or ("colleague" if self.author == people["editor"] else "editor")
        ]
        self.claim = self._find()

    def tell(self) -> None:
        decision = self.decision
        if decision["state"] == "dismissed":
            triage.dismiss(actor=self.author, claim=self.claim, reason=DISMISSALS[decision["reason_code"]])
        else:
            self._open()
            if decision["state"] == "parked":
                until = date.fromisoformat(decision["parked_until"])
                if until > timezone.localdate():
                    triage.park(
                        actor=self.author, claim=self.claim, until=until, waiting_for=decision["reason"]
                    )
            if decision["verdict"]:
                self._verify()
        self._date()

    def _find(self) -> Claim:
        """The machine's candidate on these words, drawn to them; or the editor's own claim."""
        version = self.articles[self.decision["article"]].current_version
        span = _span(version, self.decision["quote"])
        near = _on(version, span)
        if near is None:
            claim = editing.add_claim_in_text(actor=self.author, version=version, start=span[0], end=span[1])
            Claim.objects.filter(pk=claim.pk).update(is_demo=True)
        else:
            claim = near.claim
            if (near.start, near.end) != span:
                editing.move_appearance(actor=self.author, appearance=near, start=span[0], end=span[1])
        claim.refresh_from_db()
        return claim

    def _open(self) -> None:
        decision, claim, author = self.decision, self.claim, self.author
        if claim.state == Claim.State.CANDIDATE:
            triage.accept(actor=author, claim=claim, take=bool(decision["assignee"]))
        elif decision["assignee"]:
            triage.assign(actor=author, claim=claim, assignee=author)
        if decision["priority"]:
            triage.set_priority(actor=author, claim=claim, priority=decision["priority"])
        self._reword()
        self._confirm_claimant()
        for place in decision["other_appearances"]:
            self._join(place)
        for correction in decision["figure_corrections"]:
            self._correct(correction)

    def _reword(self) -> None:
        self.claim.refresh_from_db()
        wording = self.decision["wording"]
        editing.edit_claim(actor=self.author, claim=self.claim, revision=self.claim.revision, wording=wording)

    def _confirm_claimant(self) -> None:
        said = self.decision["claimant"]
        suggested = list(self.claim.claimants.order_by("id"))
        first = suggested[0] if suggested else None
        for further in suggested[1:]:
            editing.remove_claimant(actor=self.author, claimant=further)
        editing.confirm_claimant(
            actor=self.author,
            claim=self.claim,
            claimant=first,
            revision=first.revision if first else None,
            name=said["name"],
            role=said["role"],
            source=self.sources.get(said["source"]),
        )

    def _join(self, place: dict[str, str]) -> None:
        version = self.articles[place["article"]].current_version
        span = _span(version, place["quote"])
        there = _on(version, span)
        if (
            there is not None
            and there.claim_id != self.claim.pk
            and there.claim.state == Claim.State.CANDIDATE
        ):
            merging.merge(actor=self.author, claim=there.claim, into=self.claim)
        else:
            editing.add_appearance(
                actor=self.author, claim=self.claim, version=version, start=span[0], end=span[1]
            )

    def _correct(self, correction: dict[str, Any]) -> None:
        appearance = self.claim.appearances.order_by("id").first()
        figure = appearance.figures.filter(text=correction["text"]).first()
        if figure is None:
            figure = (
                Figure.objects.in_use().filter(version=appearance.version, text=correction["text"]).first()
            )
        if figure is None:
            return
        appearance.figures.add(figure)
        editing.correct_figure(
            actor=self.author,
            claim=self.claim,
            figure=figure,
            revision=figure.revision,
            changes=correction["set"],
        )

    def _verify(self) -> None:
        decision, claim = self.decision, self.claim
        for item in decision["evidence"]:
            verdicts.add_evidence(
                actor=self.author,
                claim=claim,
                stance=item["stance"],
                title=item["title"],
                url=item["url"],
                passage=item["passage"],
                publisher_name=item["publisher"],
                note=item["note"],
            )
        self._draft(decision["verdict"])
        verdict = verdicts.submit(actor=self.author, claim=claim)
        if decision["returned_once"]:
            verdicts.review(
                actor=self.other,
                verdict=verdict,
                outcome=Review.Outcome.RETURNED,
                comment=decision["return_comment"],
            )
            verdict = verdicts.submit(actor=self.author, claim=claim)
        if decision["state"] == "verified":
            verdicts.review(
                actor=self.other,
                verdict=verdict,
                outcome=Review.Outcome.APPROVED,
                comment=decision["review_comment"] or "",
                rating=verdict.rating,
            )

    def _draft(self, written: dict[str, str]) -> None:
        verdicts.save_draft(
            actor=self.author,
            claim=self.claim,
            revision=0,
            rating=Rating.objects.get(scale__in_use=True, key=written["rating"]),
            summary=written["summary"],
            explanation=written["explanation"],
        )

    def _date(self) -> None:
        """The demonstration happened when its articles say, not at the moment it was loaded."""
        decided = min(_at(date.fromisoformat(self.decision["decided"]), hour=15), timezone.now())
        Claim.objects.filter(pk=self.claim.pk).update(state_at=decided)
        Verdict.objects.filter(claim=self.claim).update(submitted_at=decided - timedelta(hours=4))
        Review.objects.filter(verdict__claim=self.claim).update(at=decided)


def _on(version: ArticleVersion, span: tuple[int, int]) -> Appearance | None:
    standing = Appearance.objects.standing().filter(version=version).select_related("claim")
    best = max(standing, key=lambda row: overlap(span, (row.start, row.end)), default=None)
    return best if best is not None and overlap(span, (best.start, best.end)) >= 0.3 else None


def _span(version: ArticleVersion, quote: str) -> tuple[int, int]:
    start = version.text.index(quote)
    return start, start + len(quote)


def _moment(value: str) -> date | datetime:
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


def _at(day: date, *, hour: int) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))
