"""What is made good for in this period because the period it belongs to is already published."""

from django.db import models

from accounts.models import Region, User
from tracker.catalogue.models import Indicator, Span
from tracker.exact import ExactField

from .submission import Submission


class Adjustment(models.Model):
    """A plus or minus of this period for an earlier one (当期调整), with its reason."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="adjustments")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField("统计范围", max_length=60, blank=True)
    about = models.ForeignKey(
        Span, on_delete=models.PROTECT, related_name="+", verbose_name="调整期间"
    )
    value = ExactField("调整数")
    entered = models.CharField("填报值", max_length=40)
    entered_unit = models.CharField("填报单位", max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField("小数位", default=0)
    note = models.CharField("调整原因", max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "当期调整"
        ordering = ["indicator", "region", "about__end", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "indicator", "region", "scope", "about"],
                name="adjustment_once_per_period",
            ),
            models.CheckConstraint(condition=~models.Q(value=0), name="adjustment_moves_something"),
            models.CheckConstraint(condition=~models.Q(note=""), name="adjustment_has_its_reason"),
        ]

    def __str__(self):
        return f"{self.indicator} {self.about}"
