"""An editor's word on whether an article is a copy, which no later text changes."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.copies import LINKS
from factcheck.articles.models import Article
from factcheck.articles.services import ask_for_extraction
from factcheck.desk.audit import acting
from factcheck.desk.errors import Refused
from factcheck.desk.locks import hold
from factcheck.desk.revisions import save_revision

from .copies import lock_family, split_off

if TYPE_CHECKING:
    from factcheck.accounts.models import User


def not_a_copy(*, actor: "User", article: Article) -> Article:
    """The article stands for itself: its link goes, and the candidates that it shared are claims of its own.

    Raises Refused when it is no copy. A second click changes nothing.
    """
    demand(actor, Capability.TRIAGE)
    with acting(actor, "not a copy"):
        lock_family(article)
        article = Article.objects.get(pk=article.pk)
        if article.not_copy_of_id:
            return article
        if article.copy_of_id is None:
            raise Refused(_("This article is not linked as a copy any more."))
        article = save_revision(article, revision=None, copy_of=None, not_copy_of=article.copy_of_id)
        split_off(article)
        return article


def a_copy_after_all(*, actor: "User", article: Article) -> Article:
    """Take `not_a_copy` back: linked again, with the copies it has by now, and read again, which joins its claims."""
    demand(actor, Capability.TRIAGE)
    with acting(actor, "a copy after all"):
        lock_family(article)
        hold(LINKS)
        article = Article.objects.select_related("not_copy_of").get(pk=article.pk)
        if article.not_copy_of is None:
            return article
        original = article.not_copy_of.copy_of_id or article.not_copy_of_id
        if original == article.pk:
            # The other became a copy of this one meanwhile.
            return save_revision(article, revision=None, not_copy_of=None)
        article.copies.update(copy_of=original)
        article = save_revision(article, revision=None, copy_of=original, not_copy_of=None)
        ask_for_extraction(actor=actor, version=article.current_version)
        return article
