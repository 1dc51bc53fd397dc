"""When it is owed: spans of the calendar, cycles, rounds, duties."""

import datetime
from enum import nonmember

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Agency, Line, Region, User
from tracker.language.dates import say_date, say_span

from .measured import Nature
from .programmes import Indicator


class Frequency(models.TextChoices):
    WEEK = "week", "周"
    TEN_DAYS = "ten", "旬"
    MONTH = "month", "月"
    QUARTER = "quarter", "季"
    HALF = "half", "半年"
    YEAR = "year", "年"
    ONCE = "once", "一次性"


class Span(models.Model):
    """A calendar key without any cycle: 2020, 2020H1, 2020Q4, 2020-12, 2020-12T3, 2020-W50."""

    key = models.CharField("期间", max_length=10, unique=True)
    kind = models.CharField(max_length=10, choices=Frequency)
    start = models.DateField()
    end = models.DateField()

    class Meta:
        ordering = ["end", "-start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="span_end_after_start")
        ]

    def __str__(self):
        """In words: 2020年12月; the day itself for what is asked for once."""
        return say_date(self.start) if self.kind == Frequency.ONCE else say_span(self.key)


class CycleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for an administrator; else those of a region one leads, or owed by an agency one sees."""
        if user.reach.administers:
            return self
        led = user.reach.led("region__path")
        seen = Agency.objects.visible_to(user).values("pk")
        owing = Duty.objects.filter(agency__in=seen, active=True).values("cycle")
        return self.filter(led | Q(pk__in=owing))


class Cycle(models.Model):
    """A reporting task: which lines owe which indicators how often, and who must sign."""

    class Filing(models.TextChoices):
        OWN = "own", "本单位"
        FOR_SUBORDINATES = "for_subordinates", "代下级"
        FROM_SUBORDINATES = "from_subordinates", "汇总下级"

    name = models.CharField("名称", max_length=100, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    frequency = models.CharField("频率", max_length=10, choices=Frequency)
    lines = models.ManyToManyField(Line, related_name="cycles", verbose_name="条线")
    indicators = models.ManyToManyField(
        Indicator,
        related_name="cycles",
        blank=True,
        verbose_name="指标",
        help_text="不选则包括所选条线的全部在用指标",
    )
    opens = models.CharField(
        "开放", max_length=40, help_text="如：期后第1个工作日、期后1日、4月14日15:00"
    )
    due = models.CharField(
        "截止", max_length=40, help_text="如：期后第5个工作日、期后10日顺延、4月14日17:00"
    )
    sign_steps = models.PositiveSmallIntegerField("审签级数", default=1)
    line_review = models.BooleanField("条线审核", default=False)
    filing = models.CharField("填报方式", max_length=20, choices=Filing, default=Filing.OWN)
    nature = models.CharField("数据性质", max_length=10, choices=Nature, default=Nature.DECIDED)
    active = models.BooleanField("启用", default=True)
    # The head of the printed report, as the law on statistics wants it.
    form_code = models.CharField("表号", max_length=40, blank=True)
    form_issuer = models.CharField("制定机关", max_length=60, blank=True)
    form_approval = models.CharField("批准文号", max_length=60, blank=True)
    form_valid_until = models.DateField("有效期至", null=True, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = "填报周期"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(sign_steps__lte=3), name="at_most_three_signers")
        ]

    def __str__(self):
        return self.name


class RoundQuerySet(models.QuerySet):
    def open(self, at: datetime.datetime | None = None):
        """Rounds that accept submissions at the moment `at`."""
        at = at or timezone.now()
        return self.filter(opens_at__lte=at, state=Round.State.OPEN)

    def visible_to(self, user):
        """The rounds of every cycle that one sees."""
        return self.filter(cycle__in=Cycle.objects.visible_to(user).values("pk"))


class Round(models.Model):
    """One term of a cycle (期次): from when and until when it is filled in."""

    class State(models.TextChoices):
        UPCOMING = "upcoming", "未开始"
        OPEN = "open", "填报中"
        CLOSED = "closed", "已关闭"
        WITHDRAWN = "withdrawn", "已撤回"

        # Nobody is asked for it, and nobody is reminded.
        unasked = nonmember({"upcoming", "withdrawn"})

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="rounds")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="rounds")
    opens_at = models.DateTimeField("开放时间")
    due_at = models.DateTimeField("截止时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.UPCOMING)
    accepts_late = models.BooleanField("允许补报", default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "期次"
        ordering = ["-due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "span"], name="round_once_per_span"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opens_at")), name="round_due_after_opening"
            ),
        ]

    def __str__(self):
        return f"{self.cycle}（{self.span}）"


class DutyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The duties of every agency that one sees."""
        return self.filter(agency__in=Agency.objects.visible_to(user).values("pk"))


class Duty(models.Model):
    """Which agency owes a cycle; its regions follow from the filing (own, one per subordinate)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="duties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="duties")
    filing = models.CharField("填报方式", max_length=20, choices=Cycle.Filing)
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="+", help_text="不选则为该条线在本周期的全部指标"
    )
    active = models.BooleanField(default=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "填报任务"
        ordering = ["cycle", "agency"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "agency"], name="duty_once_per_agency")
        ]

    def __str__(self):
        return f"{self.agency} {self.cycle}"


class Extension(models.Model):
    """A later deadline for one agency in one round, with its reason."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="extensions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField("延期至")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.agency} 延期至 {self.due_at:%Y-%m-%d %H:%M}"
