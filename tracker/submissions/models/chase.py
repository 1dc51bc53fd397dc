"""Chasing: the rungs of the ladder, and who was reminded of what and when."""

from django.db import models
from django.db.models import Q

from accounts.appendonly import protect
from accounts.models import User
from tracker.notices.models import Kind

from .submission import Submission

RUNGS = (
    Kind.OPENED,
    Kind.DUE_SOON,
    Kind.DUE_TODAY,
    Kind.OVERDUE,
    Kind.STILL_RETURNED,
    Kind.TO_SIGNER,
    Kind.TO_SUPERIOR,
)


class ChaseStep(models.Model):
    """A rung as the city set it; without a row it stands as the product has it."""

    kind = models.CharField("步骤", max_length=20, choices=Kind, unique=True)
    active = models.BooleanField("启用", default=True)
    days = models.PositiveSmallIntegerField("工作日", default=1)

    class Meta:
        verbose_name = "催报步骤"
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=30), name="chase_days_within_a_month"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Chase(models.Model):
    """One reminder of one submission; `by` None: the clock's."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="chases")
    kind = models.CharField("步骤", max_length=20, choices=Kind)
    occasion = models.CharField("事由", max_length=40)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")
    told = models.PositiveSmallIntegerField("人数", default=0)

    class Meta:
        verbose_name = "催报记录"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "occasion"], name="chase_once_per_occasion"
            ),
        ]

    def __str__(self):
        return f"{self.submission} {self.get_kind_display()}"


protect(Chase)
