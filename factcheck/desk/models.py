"""What several parts build their models from, and the signs of life of the workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Revisioned(models.Model):
    """A row that people edit: each save counts `revision` up, and a save from an older one is refused."""

    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        abstract = True


class Span(models.Model):
    """A place in an article version's text, in Unicode code points, end exclusive, with the W3C selectors' context.

    `exact` equals `text[start:end]` of the version; `prefix` and `suffix` find the place again in another version.
    """

    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    exact = models.TextField(_("exact text"))
    prefix = models.CharField(_("text before"), max_length=64, blank=True)
    suffix = models.CharField(_("text after"), max_length=64, blank=True)

    class Meta:
        abstract = True


class WorkerHeartbeat(models.Model):
    """When a worker process last answered, one row a host and process."""

    name = models.CharField(_("worker"), max_length=200, unique=True)
    seen_at = models.DateTimeField(_("last seen"))
    queues = models.CharField(_("queues"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
