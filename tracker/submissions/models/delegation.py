"""Who signs for a signer that is away, and from when to when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Agency, User


class DelegationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What one gave or was given; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        return self.filter(Q(giver=user) | Q(deputy=user))

    def standing(self):
        return self.filter(ended_at=None)

    def current(self, on: date):
        return self.standing().filter(starts__lte=on, ends__gte=on)


class Delegation(models.Model):
    """A signer names a deputy of the same agency for a time; `ends` is the last day."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="delegations", verbose_name="委托人"
    )
    deputy = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="deputising", verbose_name="代签人"
    )
    starts = models.DateField("起")
    ends = models.DateField("止")
    reason = models.CharField("事由", max_length=100, blank=True)
    at = models.DateTimeField("登记时间", default=timezone.now)
    ended_at = models.DateTimeField("提前结束时间", null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "委托代签"
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("deputy")), name="delegation_to_another"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="delegation_period_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.giver} → {self.deputy}"

    @property
    def state(self) -> str:
        today = timezone.localdate()
        if self.ended_at:
            return "已提前结束"
        if self.ends < today:
            return "已到期"
        return "生效中" if self.starts <= today else "尚未开始"

    @property
    def is_over(self) -> bool:
        return self.state in ("已提前结束", "已到期")
