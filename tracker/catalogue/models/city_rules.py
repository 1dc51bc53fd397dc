"""A city's own checks, made on a page: an indicator compared with a number or another indicator."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from accounts.models import Region, User
from tracker.exact import ExactField

from .programmes import Indicator


class CityRuleQuerySet(models.QuerySet):
    def active(self):
        return self.filter(active=True)

    def visible_to(self, user):
        """Of the regions that one leads; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        return self.filter(user.reach.led("region__path"))


class CityRule(models.Model):
    """What has to hold of a figure: `indicator` `comparison` `times` × what it is compared with.

    A figure for which it does not hold gets the message. A rule is made switched off.
    """

    class Comparison(models.TextChoices):
        AT_MOST = "<=", "不大于"
        AT_LEAST = ">=", "不小于"
        BELOW = "<", "小于"
        ABOVE = ">", "大于"
        EQUAL = "==", "等于"
        UNEQUAL = "!=", "不等于"

    class Against(models.TextChoices):
        NUMBER = "number", "一个数"
        INDICATOR = "indicator", "另一指标"
        LAST = "last", "本指标上期"
        YEAR_AGO = "year_ago", "本指标上年同期"

    class Severity(models.TextChoices):
        ERROR = "error", "错误（可说明后报送）"
        WARNING = "warning", "提醒"

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="city_rules", verbose_name="指标"
    )
    comparison = models.CharField("应当", max_length=2, choices=Comparison)
    against = models.CharField("比较对象", max_length=10, choices=Against)
    other = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="另一指标",
    )
    number = ExactField("数值", null=True, blank=True)
    times = ExactField("倍数", default=Decimal(1))
    message = models.CharField("提示文字", max_length=200)
    severity = models.CharField("级别", max_length=10, choices=Severity, default=Severity.WARNING)
    active = models.BooleanField("启用", default=False)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = CityRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "自定义校验"
        ordering = ["indicator__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="city_rule_once_per_name"),
            models.CheckConstraint(
                condition=Q(against="number", number__isnull=False, other__isnull=True)
                | Q(against="indicator", number__isnull=True, other__isnull=False)
                | Q(against__in=["last", "year_ago"], number__isnull=True, other__isnull=True),
                name="city_rule_has_what_it_compares_with",
            ),
        ]

    def __str__(self):
        return self.name
