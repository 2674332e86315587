"""The pages of the demonstration desk: name, path, and who looks at it."""

from urllib.parse import quote

from django.urls import reverse

from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.intake.models import Intake
from factcheck.sources.models import Source
from tests.e2e import feeds
from tests.e2e.intakes import TOGETHER


def every_page() -> list[tuple[str, str, str | None]]:
    """(name, path, username or None for nobody signed in) of each page, on the demonstration's rows."""
    claims = Claim.objects.filter(is_demo=True).order_by("-priority", "-id")
    one = {
        state: claims.filter(state=state).first()
        for state in ("candidate", "open", "in_review", "verified", "dismissed")
    }
    articles = Article.objects.filter(is_demo=True)
    long = max(
        articles.select_related("current_version"), key=lambda article: len(article.current_version.text)
    )
    foreign = articles.exclude(language="en").first()
    pasted = articles.filter(title__icontains="grain").first() or articles.first()
    gone = articles.exclude(gone_at=None).get()
    intakes = {intake.status: intake for intake in Intake.objects.order_by("-pk")}
    other_text = Intake.objects.get(reason="other_text")
    copy = articles.exclude(copy_of=None).first()
    changed = articles.filter(versions__number=2).first()
    outlet = Source.objects.filter(is_demo=True, kind="outlet").first()
    person = Source.objects.filter(is_demo=True, kind="person").first()
    pages = [("sign-in", reverse("accounts:login"), None)]
    pages += [
        (f"queue-{view}", f"{reverse('queue')}?view={view}", "editor")
        for view in ("today", "mine", "review", "waiting", "late")
    ]
    pages += [
        ("search", f"{reverse('search')}?q=percent", "editor"),
        ("articles", reverse("articles:list"), "editor"),
        ("article-add", reverse("articles:add"), "editor"),
        ("article", reverse("articles:show", args=[long.pk]), "editor"),
        ("article-pasted", reverse("articles:show", args=[pasted.pk]), "editor"),
        ("article-figures", reverse("articles:figures", args=[long.pk]), "editor"),
        ("article-quotations", reverse("articles:quotations", args=[long.pk]), "editor"),
        ("article-original", reverse("articles:original", args=[long.pk]), "editor"),
        ("article-copy", reverse("articles:original", args=[copy.pk]), "editor"),
        ("article-carried", reverse("articles:original", args=[copy.copy_of_id]), "editor"),
        ("article-versions", reverse("articles:compare", args=[changed.pk]), "editor"),
        ("article-changed", reverse("articles:show", args=[changed.pk]), "editor"),
        ("changed-figures", reverse("articles:changed_figures"), "editor"),
        ("article-gone", reverse("articles:original", args=[gone.pk]), "editor"),
        ("article-edit", reverse("articles:edit", args=[long.pk]), "editor"),
        ("intake", reverse("intake:list"), "editor"),
        ("intake-failed", f"{reverse('intake:list')}?state=failed", "editor"),
        ("intake-together", reverse("intake:batch", args=[TOGETHER]), "editor"),
        ("intake-other-text", other_text.get_absolute_url(), "editor"),
        ("intake-other-text-added", f"{reverse('articles:add')}?intake={other_text.pk}", "editor"),
        ("intake-bookmarklet", reverse("intake:bookmarklet"), "editor"),
        ("intake-from-browser", f"{reverse('intake:from_browser')}?url={gone.url}&title=Wells", "editor"),
        ("intake-capture", gone.captures.exclude(version=None).get().get_absolute_url(), "editor"),
        ("intake-capture-not-taken", gone.captures.get(version=None).get_absolute_url(), "editor"),
        ("claims", reverse("claims:list"), "editor"),
        ("claim-add", reverse("claims:add"), "editor"),
    ]
    pages += [
        (f"intake-{status}", intakes[status].get_absolute_url(), "editor")
        for status in ("added", "failed", "later", "running")
    ]
    if foreign:
        pages.append(("article-foreign", reverse("articles:show", args=[foreign.pk]), "editor"))
    pages += [(f"claim-{state}", claim.get_absolute_url(), "editor") for state, claim in one.items() if claim]
    if one["verified"]:
        pages.append(("claim-viewer", one["verified"].get_absolute_url(), "viewer"))
    pages += [
        ("sources", reverse("sources:list"), "editor"),
        ("source-outlet", reverse("sources:show", args=[outlet.pk]), "editor"),
        ("source-person", reverse("sources:show", args=[person.pk]), "editor"),
        ("source-history", reverse("sources:history", args=[outlet.pk]), "editor"),
        ("source-add", f"{reverse('sources:add')}?name={quote(outlet.name)}", "admin"),
        ("source-edit", reverse("sources:edit", args=[outlet.pk]), "admin"),
        ("source-merge-choose", reverse("sources:merge_choose", args=[outlet.pk]), "admin"),
        ("source-merge", reverse("sources:merge", args=[outlet.pk, person.pk]), "admin"),
        ("sources-import", reverse("sources:import"), "admin"),
        ("sources-suggested", reverse("sources:suggested"), "admin"),
        ("reports", reverse("reports:list"), "editor"),
        ("desk", reverse("desk:status"), "admin"),
        ("you", reverse("accounts:me"), "editor"),
        ("people", reverse("accounts:people"), "admin"),
        ("api-tokens", reverse("api:tokens"), "admin"),
        ("demo-remove", reverse("demo:remove"), "admin"),
        ("not-found", "/nothing-here/", "editor"),
        ("admin", reverse("admin:index"), "admin"),
        ("admin-sources", reverse("admin:sources_source_changelist"), "admin"),
        ("admin-source", reverse("admin:sources_source_change", args=[outlet.pk]), "admin"),
        ("admin-scales", reverse("admin:verdicts_ratingscale_changelist"), "admin"),
    ]
    return pages + feeds.pages()
