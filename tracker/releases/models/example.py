"""Documents of earlier periods by which new ones are made (套稿)."""

from django.db import models

from accounts.models import Line, Region, User
from tracker.catalogue.models import Span

from .release import DRAFT_ROLES


class ExampleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who draft at the lead office of the region; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        return self.filter(region__path__in=user.reach.leads(*DRAFT_ROLES))


class Example(models.Model):
    """A Word file with the figures that were found in its period's ledger; the newest of a series is used.

    `slots` and `unbound` are offsets into `text`, as releases.example.slots keeps them.
    """

    name = models.CharField("系列名称", max_length=100)
    genre = models.CharField("文种", max_length=40)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    lines = models.ManyToManyField(Line, blank=True, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    file = models.FileField(upload_to="examples/%Y/%m")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    slots = models.JSONField(default=list)
    unbound = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("上传时间", auto_now_add=True)
    retired_at = models.DateTimeField("停用时间", null=True)

    objects = ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = "套稿范文"
        ordering = ["name", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name", "sha256"], name="example_once_in_its_series"
            )
        ]

    def __str__(self):
        return f"{self.name} {self.span.key}"
