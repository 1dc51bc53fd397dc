"""The columns of a figure, wherever it stands: typed by a reporter, staged, or in the ledger."""

from django.db import models
from django.db.models import Q

from accounts.models import Region
from tracker.exact import ExactField

from .programmes import EntryMode, Indicator

# The 统计范围 of what a superior has of its own, beside what comes from below.
OWN_SCOPE = "本级"


class Said(models.TextChoices):
    """What was said about an indicator: three things that are all distinct from blank."""

    VALUE = "value", "数值"
    ZERO = "zero", "零报告"
    NOT_APPLICABLE = "na", "不适用"


class Nature(models.TextChoices):
    """How settled a number is; each stays beside the others."""

    QUICK = "quick", "快报"
    DECIDED = "decided", "核定"
    FINAL = "final", "年报定案"


class Measured(models.Model):
    """A value at a place, in base units, with everything that was said about it.

    `member` is the breakdown member (受援地, 对象), `scope` the 统计范围; both are part of the key,
    empty for none. Base and as-of are a text and an optional date: unknown is legal.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    member = models.CharField("分项", max_length=60, blank=True)
    scope = models.CharField("统计范围", max_length=60, blank=True)
    value = ExactField("数值", null=True, blank=True)
    entered = models.CharField("填报值", max_length=40, blank=True)
    entered_unit = models.CharField("填报单位", max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField("小数位", default=0)
    qualifier = models.CharField("限定词", max_length=20, blank=True)
    accumulates = models.CharField(
        "填报方式", max_length=10, choices=EntryMode, default=EntryMode.PERIOD
    )
    base_text = models.CharField("起算", max_length=40, blank=True)
    base_date = models.DateField(null=True, blank=True)
    as_of_text = models.CharField("截至", max_length=40, blank=True)
    as_of_date = models.DateField(null=True, blank=True)
    start_value = ExactField("起始值", null=True, blank=True)
    start_text = models.CharField("起始时间", max_length=40, blank=True)
    start_date = models.DateField(null=True, blank=True)
    na_reason = models.CharField("不适用原因", max_length=200, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        abstract = True


def value_matches_kind(name: str) -> models.CheckConstraint:
    """A value where one is said, 0 for a zero report, none where it does not apply."""
    return models.CheckConstraint(
        name=name,
        condition=Q(kind="value", value__isnull=False)
        | Q(kind="zero", value=0)
        | Q(kind="na", value__isnull=True) & ~Q(na_reason="")
        | Q(kind="", value__isnull=True),
    )
