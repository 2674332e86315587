"""The demonstration marks rows of other parts with `is_demo`; its own row says whether it was loaded to the end."""

from django.db import models


class Loading(models.Model):
    """One loading of the demonstration. Without `finished_at` it was interrupted and may be removed and begun again."""

    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(models.Value(1), name="one_demonstration")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"
