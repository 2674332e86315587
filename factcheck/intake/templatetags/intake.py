"""What the templates of the intake say of a row."""

from django import template

from factcheck.intake import reads
from factcheck.intake.models import Intake

register = template.Library()


@register.filter
def doing(intake: Intake) -> str:
    """What is being done with it, or what became of it: the stage, the reason, or nothing where the state says all."""
    return reads.stage_words(intake) if intake.status == Intake.Status.RUNNING else intake.words
