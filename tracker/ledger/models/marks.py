"""What is further known about official rows: published, counted twice, as of which hour."""

from django.db import models
from django.db.models import F, Q

from accounts.appendonly import protect
from accounts.models import Region, User
from tracker.catalogue.models import Indicator, Span
from tracker.exact import ExactField

from .official import Entry


class Publication(models.Model):
    """That an entry went out in a document: from then on it is made good for, not moved."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="publications")
    where = models.CharField("载于", max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "where"], name="publication_once_per_document")
        ]

    def __str__(self):
        return self.where


class Overlap(models.Model):
    """What two figures of one span have in common, so that it is counted once where both are added.

    `amount` None: their definitions differ and they are never added to one another; 0: they have
    nothing in common any more. The last row about a pair is the one that holds.
    """

    first = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    amount = ExactField("重复数", null=True, blank=True)
    reason = models.CharField("依据", max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="overlap_of_two_figures"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="overlap_not_negative"
            ),
        ]

    def __str__(self):
        return self.reason


class FreezeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the regions that one leads; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        return self.filter(user.reach.led("region__path"))


class Freeze(models.Model):
    """A declared hour at which the figures of a span are taken as they stand (冻结)."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    moment = models.DateTimeField("冻结时间")
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = FreezeQuerySet.as_manager()

    class Meta:
        verbose_name = "数据冻结"
        ordering = ["-moment", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "span", "moment"], name="freeze_once_per_hour"
            )
        ]

    def __str__(self):
        return f"{self.region} {self.span}"


class ControlNote(models.Model):
    """Why a number typed for a higher level differs from the sum; append-only, the last one holds."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    difference = ExactField("差额")
    text = models.CharField("说明", max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text


class Reconciliation(models.Model):
    """Why the final figure differs from the one given before (衔接说明); append-only."""

    earlier = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    final = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("差异原因", max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(earlier=F("final")), name="reconciliation_of_two_figures"
            )
        ]

    def __str__(self):
        return self.text


protect(Publication)
protect(Overlap)
protect(Freeze)
protect(ControlNote)
protect(Reconciliation)
