"""What the templates of the intake say of a row."""

from django import template
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html

from factcheck.articles import pasted
from factcheck.articles.canonical import canonical_url
from factcheck.intake import reads
from factcheck.intake.models import Intake

register = template.Library()


@register.filter
def doing(intake: Intake) -> str:
    """What is being done with it, or what became of it: the stage, the reason, or nothing where the state says all."""
    return reads.stage_words(intake) if intake.status == Intake.Status.RUNNING else intake.words


@register.filter
def words(text: str) -> str:
    """How long a text is."""
    return pasted.words(text)


@register.filter
def outward(url: str) -> str:
    """An address as a link to its site; as plain text where it is none that a browser should follow."""
    if not canonical_url(url):
        return url
    return format_html('<a href="{}" rel="noreferrer noopener">{}</a>', iri_to_uri(url), url)
