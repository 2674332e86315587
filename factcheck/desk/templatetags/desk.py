"""Filters and tags for every template."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from factcheck.figures import formatting, reading

register = template.Library()


@register.inclusion_tag("partials/figure.html", name="figure")
def show_figure(figure: Any, *, big: bool = False, bare: bool = False) -> dict[str, Any]:
    """A figure in words and numbers, the value bold; marked where an editor set it otherwise than the machine read it.

    `bare` leaves out what it is about, for tables that have columns for that.
    """
    words = formatting.in_words(figure)
    read = reading.set_otherwise(figure)
    machine = ", ".join(f"{name}: {formatting.shown(name, value)}" for name, value in read.items())
    return {
        "hedge": words.hedge,
        "value": words.value,
        "unit": words.unit_and_per,
        "of": "" if bare else words.of,
        "big": big,
        "machine": machine,
    }


@register.filter
def figure_words(figure: Any) -> formatting.FigureWords:
    """The parts of a figure's phrase: hedge, value, unit, per, of, change, period."""
    return formatting.in_words(figure)


@register.simple_tag
def moment(at: datetime | None) -> str:
    """A time as a journalist writes it, “today 14:20” or “3 Nov, 14:20”, with the exact one on hover."""
    if at is None:
        return ""
    local, today = timezone.localtime(at), timezone.localdate()
    clock = date_format(local, "H:i")
    if local.date() == today:
        words = _("today %(time)s") % {"time": clock}
    elif local.year == today.year:
        words = f"{date_format(local, 'j M')}, {clock}"
    else:
        words = date_format(local, "j M Y")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.isoformat(), date_format(local, "j F Y, H:i e"), words
    )


@register.simple_tag
def day(on: date | None) -> str:
    """A day as a journalist writes it, “3 Nov” or “3 Nov 2025”, with the whole date on hover."""
    if on is None:
        return ""
    words = date_format(on, "j M" if on.year == timezone.localdate().year else "j M Y")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', on.isoformat(), date_format(on, "l, j F Y"), words
    )
