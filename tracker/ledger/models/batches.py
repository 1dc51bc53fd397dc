"""Imported files of history on their way into the ledger: staged by one person, confirmed by a second."""

from django.db import models
from django.db.models import Q

from accounts.models import Agency, Appointment, Region, User
from tracker.catalogue.models import Measured, Span

from .passages import NumberInText, Worded


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For a reviewer what the people of the own lead office brought; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        offices = user.reach.agencies("reviewer")
        return self.filter(by__in=Appointment.objects.filter(agency__in=offices).values("user"))


class Batch(models.Model):
    """An imported file of history: staged by one person, confirmed by a second."""

    class State(models.TextChoices):
        STAGED = "staged", "待确认"
        CONFIRMED = "confirmed", "已入账"
        REJECTED = "rejected", "已退回"

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.STAGED)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "历史数据批次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("by")),
                name="batch_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="staged", decided_by__isnull=True)
                | ~Q(state="staged") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="batch_decision_has_its_person",
            ),
        ]

    def __str__(self):
        return self.file_name


class StagedEntry(Measured):
    """A figure of a batch, on its way into the ledger."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="entries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    cell = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.indicator} {self.span}"


class StagedPassage(Worded):
    """A text of a batch, on its way into the ledger."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="passages")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    cell = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.programme} {self.get_kind_display()}"


class StagedFigure(NumberInText):
    """A number found in a staged text; the confirmer of the batch confirms it as a figure or not."""

    passage = models.ForeignKey(StagedPassage, on_delete=models.CASCADE, related_name="figures")
    sentence = models.TextField()
    is_figure = models.BooleanField(default=True)

    class Meta:
        ordering = ["passage", "start"]

    def __str__(self):
        return self.raw
