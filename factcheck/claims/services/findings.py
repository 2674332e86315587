"""What the extractor found in a version, stored beside what people did.

A candidate is found again by the overlap of its span, else by its quote. Dismissed stays dismissed; what a person touched
stays; candidates no longer found are superseded, not deleted; only what the machine wrote is rewritten.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from factcheck.articles.alignment import Alignment
from factcheck.articles.anchors import CONTEXT
from factcheck.articles.copies import family
from factcheck.articles.models import Article, ArticleVersion, ExtractionRun
from factcheck.claims.models import Appearance, Claim, Claimant
from factcheck.desk.audit import Job, acting
from factcheck.desk.revisions import save_revision
from factcheck.figures.models import Figure

from .copies import CarriedClaims, join, lock_family, unlink_far
from .figures_found import CHECKED, nearest, store_figures
from .steps import take_step

EXTRACTOR = Job("extractor")


@dataclass
class Counts:
    """What a run changed, for its row."""

    claims: int = 0
    figures: int = 0
    new: int = 0
    again: int = 0
    superseded: int = 0


def store_findings(*, run: ExtractionRun, found: dict[str, Any], is_demo: bool = False) -> Counts:
    """Write a result of the extraction contract (`found`, numbers as Decimal) for the run's version, in one transaction.

    Nothing is written for a version that a newer one has followed: its claims have moved along, and are read there.
    """
    with acting(EXTRACTOR, "extraction"):
        version = _lock(run.version)
        if version.article.current_version_id != version.pk:
            return Counts()
        _store_reading(version, found)
        _fill_in(version.article, found["article"])
        unlink_far(version.article)
        figures = store_figures(version, found["figures"])
        counts = _store_claims(run, version, found, figures, is_demo)
        counts.figures = len(found["figures"])
        return counts


def store_older(*, version: ArticleVersion, found: dict[str, Any]) -> int:
    """Write what was read in a version only after a newer one had followed: of its figures those whose words the article's
    current text changed, as if they had been left behind when it came. Claims are found there. Returns how many figures."""
    with acting(EXTRACTOR, "extraction"):
        version = _lock(version)
        if version.sentences:
            return 0
        _store_reading(version, found)
        alignment = Alignment(version.text, version.article.current_version.text)
        moved = [alignment.exactly(item["start"], item["end"]) for item in found["figures"]]
        left = [item for item, span in zip(found["figures"], moved, strict=True) if span is None]
        return len(store_figures(version, [{**item, "same_as": None} for item in left]))


def _lock(version: ArticleVersion) -> ArticleVersion:
    """The version as it is now. Until the transaction ends nobody else writes on its article, on it, or on the claims in it and in
    the article's copies, which may be the same ones.

    Always in this order, which is that of the services by which people write, so that none waits for the other; and never
    against those who only refer to a row, such as an appearance being added to the version.
    """
    lock_family(version.article)
    article = Article.objects.get(pk=version.article_id)
    locked = ArticleVersion.objects.select_for_update(no_key=True, of=("self",)).get(pk=version.pk)
    locked.article = article
    claims = Claim.objects.filter(appearances__version__article__in=family(article)).order_by().values("pk")
    list(Claim.objects.filter(pk__in=claims).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    return locked


def _store_reading(version: ArticleVersion, found: dict[str, Any]) -> None:
    ArticleVersion.objects.filter(pk=version.pk).update(
        body=found["article"]["body"],
        sentences=[{**s, "score": _float(s.get("score"))} for s in found["sentences"]],
        quotations=found["quotations"],
        speakers=found["speakers"],
    )


def _fill_in(article: Article, read: dict[str, Any]) -> None:
    """What the text says of the article, where no editor said it, and where neither its page nor an older text did."""
    read_fields = {
        "bylines": read.get("bylines"),
        "language": read.get("language"),
        "published_on": read.get("published"),
    }
    if read.get("title"):
        read_fields["title"] = read["title"][:500]
    changes = {name: value for name, value in read_fields.items() if value and name not in article.corrected}
    current = article.current_version
    is_known = current is not None and (current.from_page or current.number > 1)
    for name in ("title", "bylines", "language", "published_on") if is_known else ("published_on",):
        if getattr(article, name):
            changes.pop(name, None)
    changes = {name: value for name, value in changes.items() if getattr(article, name) != value}
    if changes:
        save_revision(article, revision=None, **changes)


def _store_claims(
    run: ExtractionRun, version: ArticleVersion, found: dict[str, Any], figures: list[Figure], is_demo: bool
) -> Counts:
    counts = Counts(claims=len(found["claims"]))
    standing = list(
        Appearance.objects.filter(version=version)
        .exclude(claim__state="merged")
        .select_related("claim")
        .select_for_update(of=("self",))
    )
    found_again: set[int] = set()
    carried = CarriedClaims(version.article)
    for item in found["claims"]:
        first = None
        for place in _places(item):
            speaker = found["speakers"][place["speaker"]] if place.get("speaker") is not None else None
            appearance = _find_again(place, version.text, [a for a in standing if a.pk not in found_again])
            inside = [figures[index] for index in place["figures"]]
            if first is not None:
                appearance = _store_further_place(first.claim, appearance, run, version, place, speaker)
            elif appearance is None:
                claim = carried.same_as(place["quote"], inside) or _new_candidate(
                    version, item, speaker, is_demo
                )
                first = appearance = _new_place(claim, run, version, item, speaker)
                counts.new += 1
            else:
                first = appearance
                if twin := carried.same_as(place["quote"], inside):
                    join(actor=EXTRACTOR, claim=appearance.claim, twin=twin, standing=standing)
                _refresh(appearance, run, version, item, speaker)
                counts.again += 1
            if appearance is not None:
                found_again.add(appearance.pk)
                _set_figures(appearance, inside)
    lost = {a.claim for a in standing if a.pk not in found_again}
    counts.superseded = _supersede(lost - {a.claim for a in standing if a.pk in found_again}, version)
    return counts


def _places(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Where a claim of the contract stands, its first place first, each with the claim's score and reasons."""
    return [item, *({**item, **place} for place in item.get("also", ()))]


def _store_further_place(
    claim: Claim,
    standing: Appearance | None,
    run: ExtractionRun,
    version: ArticleVersion,
    place: dict[str, Any],
    speaker: dict[str, Any] | None,
) -> Appearance | None:
    """One more place of `claim`, or the appearance that stands there already, whosever claim it is.

    A checked claim gets none: it keeps the places that it was checked with.
    """
    if standing is None:
        return None if claim.state in CHECKED else _new_place(claim, run, version, place, speaker)
    if standing.claim_id != claim.pk:
        _refresh(standing, run, version, place, speaker)
    elif claim.found_by_machine and not claim.touched:
        _write(standing, run, version, place, speaker)
        standing.save()
    return standing


def _set_figures(appearance: Appearance, inside: list[Figure]) -> None:
    """The figures that the machine counts to the claim, and those that a person set or added.

    A claim that somebody works on keeps all of its own, and one that is checked stays as it was checked.
    """
    claim, linked = appearance.claim, appearance.figures.in_use()
    if claim.state in CHECKED:
        return
    if claim.touched:
        inside = [f for f in inside if appearance.start <= f.start and f.end <= appearance.end]
    else:
        linked = linked.filter(~Q(set_by_editor=[]) | Q(added_by__isnull=False))
    appearance.figures.set([*inside, *linked])


def _find_again(item: dict[str, Any], text: str, standing: list[Appearance]) -> Appearance | None:
    near = nearest((item["start"], item["end"]), standing)
    if near is not None:
        return near
    # The same words elsewhere in the text are the same claim only where the claim's own place is not found any more.
    return next((a for a in standing if a.exact == item["quote"] and text[a.start : a.end] != a.exact), None)


def _new_candidate(
    version: ArticleVersion, item: dict[str, Any], speaker: dict[str, Any] | None, is_demo: bool
) -> Claim:
    claim = Claim.objects.create(
        quote=item["quote"],
        kind=item["kind"],
        score=_float(item["score"]),
        reasons=_reasons(item),
        lead_article=version.article,
        found_by_machine=True,
        is_demo=is_demo or version.article.is_demo,
    )
    if speaker:
        Claimant.objects.create(
            claim=claim, name=speaker["name"][:200], role=(speaker.get("role") or "")[:300]
        )
    return claim


def _new_place(
    claim: Claim,
    run: ExtractionRun,
    version: ArticleVersion,
    item: dict[str, Any],
    speaker: dict[str, Any] | None,
) -> Appearance:
    appearance = Appearance(claim=claim, version=version)
    _write(appearance, run, version, item, speaker)
    appearance.save()
    return appearance


def _refresh(
    appearance: Appearance,
    run: ExtractionRun,
    version: ArticleVersion,
    item: dict[str, Any],
    speaker: dict[str, Any] | None,
) -> None:
    claim = appearance.claim
    appearance.score, appearance.reasons = _float(item["score"]), _reasons(item)
    Claim.objects.filter(pk=claim.pk).update(score=appearance.score, reasons=appearance.reasons)
    if claim.state == Claim.State.SUPERSEDED and not claim.touched:
        take_step(claim=claim, actor=EXTRACTOR, action="found again", state=Claim.State.CANDIDATE)
    if claim.found_by_machine and not claim.touched:
        _write(appearance, run, version, item, speaker)
        Claim.objects.filter(pk=claim.pk).update(quote=item["quote"], kind=item["kind"])
        unconfirmed = claim.claimants.filter(confirmed_at=None)
        unconfirmed.exclude(name=speaker["name"] if speaker else "").delete()
        if speaker:
            Claimant.objects.get_or_create(
                claim=claim, name=speaker["name"][:200], defaults={"role": (speaker.get("role") or "")[:300]}
            )
    appearance.save()


def _write(
    appearance: Appearance,
    run: ExtractionRun,
    version: ArticleVersion,
    item: dict[str, Any],
    speaker: dict[str, Any] | None,
) -> None:
    start, end = item["start"], item["end"]
    appearance.start, appearance.end, appearance.exact = start, end, item["quote"]
    appearance.prefix = version.text[max(0, start - CONTEXT) : start]
    appearance.suffix = version.text[end : end + CONTEXT]
    appearance.score, appearance.reasons, appearance.run = _float(item["score"]), _reasons(item), run
    appearance.speaker_name = (speaker["name"] if speaker else "")[:200]
    appearance.speaker_role = ((speaker.get("role") or "") if speaker else "")[:300]


def _supersede(claims: set[Claim], version: ArticleVersion) -> int:
    gone = [
        claim
        for claim in claims
        if claim.state == Claim.State.CANDIDATE
        and not claim.touched
        and claim.found_by_machine
        # A copy of the article carries it too.
        and not claim.appearances.exclude(version__article=version.article_id).exists()
    ]
    for claim in gone:
        take_step(claim=claim, actor=EXTRACTOR, action="supersede", state=Claim.State.SUPERSEDED)
    return len(gone)


def _reasons(item: dict[str, Any]) -> list[str]:
    return [reason[:80] for reason in item["reasons"]]


def _float(value: Any) -> float | None:
    return None if value is None else min(1.0, max(0.0, float(value)))
