"""Rows for tests. What a service would do is done by the service; these make only what stands before it."""

import factory
from factory.django import DjangoModelFactory

from factcheck.accounts.models import Role, User
from factcheck.articles.models import Article, ArticleVersion
from factcheck.claims.models import Appearance, Claim
from factcheck.figures.models import READING_FIELDS, Figure
from factcheck.sources.models import Source


class UserFactory(DjangoModelFactory):
    """A person with the role named by its key; the password is `desk-password`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        can = "editor"

    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password("desk-password")
    role = factory.LazyAttribute(lambda made: Role.objects.get(key=made.can))


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"Outlet {n}")
    kind = Source.Kind.OUTLET


class ArticleFactory(DjangoModelFactory):
    """An article with its first version, as it stands before an extraction."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    text = "The militia has lost 87 percent of its territory, the ministry said. Nobody was hurt."

    title = factory.Sequence(lambda n: f"Article {n}")
    medium = Article.Medium.NEWS
    carried_by = factory.SubFactory(SourceFactory)

    @classmethod
    def _create(cls, model_class, *args, text, **kwargs):
        article = super()._create(model_class, *args, **kwargs)
        version = ArticleVersion.objects.create(
            article=article, number=1, text=text, sha256=f"test-{article.pk}"
        )
        article.current_version = version
        article.save(update_fields=["current_version"])
        return article


class ClaimFactory(DjangoModelFactory):
    """A machine's candidate standing on `quote` in an article, with a figure on `figure` where the quote has it."""

    class Meta:
        model = Claim
        skip_postgeneration_save = True

    quote = "The militia has lost 87 percent of its territory"
    kind = Claim.Kind.STATISTIC
    score = 0.9
    reasons = factory.LazyFunction(lambda: ["percentage", "completed change"])
    found_by_machine = True

    @classmethod
    def _create(cls, model_class, *args, article=None, figure="87 percent", **kwargs):
        article = article or ArticleFactory()
        claim = super()._create(model_class, *args, lead_article=article, **kwargs)
        version = article.current_version
        start = version.text.find(claim.quote)
        if start >= 0:
            appearance = Appearance.objects.create(
                claim=claim,
                version=version,
                start=start,
                end=start + len(claim.quote),
                exact=claim.quote,
                score=claim.score,
            )
            if figure and figure in claim.quote:
                appearance.figures.add(figure_on(version, figure))
        return claim


# A machine's reading names every field, also those it found nothing for.
_BLANK = dict.fromkeys(READING_FIELDS, "") | {"precision": None, "period_from": None, "period_to": None}


def figure_on(version, text, **reading):
    """The figure on the first occurrence of `text` in a version, read by a machine as 87 percent of territory unless said otherwise."""
    start = version.text.index(text)
    reading = {
        "low": "87",
        "high": "87",
        "precision": "1",
        "unit": "percent",
        "dimension": "ratio",
        "measure": "territory",
    } | reading
    figure, __ = Figure.objects.get_or_create(
        version=version,
        start=start,
        end=start + len(text),
        defaults={"text": text, "machine_reading": _BLANK | reading, **reading},
    )
    return figure
