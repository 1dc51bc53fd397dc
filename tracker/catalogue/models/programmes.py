"""What agencies report: programmes, units and indicators with their versions and targets."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Agency, Line, Region, User
from tracker.exact import ExactField


class Measure(models.TextChoices):
    FLOW = "flow", "流量"
    STOCK = "stock", "存量"
    DISTINCT = "distinct", "去重"
    STANDARD = "standard", "标准"
    RATIO = "ratio", "比率"


class EntryMode(models.TextChoices):
    PERIOD = "period", "本期"
    CUMULATIVE = "cumulative", "累计"


class Display(models.TextChoices):
    AS_IS = "", "原样"
    WAN = "万", "万"
    YI = "亿", "亿"
    CHINESE = "汉字", "汉字"


# A figure is typed in 万 or 亿, never in Chinese numerals.
SCALES = [choice for choice in Display.choices if choice[0] != Display.CHINESE]


class Subject(models.TextChoices):
    """Of whom a figure speaks at the head of a sentence."""

    USUAL = "", "自动"
    WHOLE = "whole", "全市"
    AGENCY = "agency", "本单位"
    NOBODY = "none", "不写"


class Level(models.TextChoices):
    CITY = "city", "市"
    COUNTY = "county", "县"
    TOWN = "town", "镇"
    VILLAGE = "village", "村"


def of_lines_seen(user) -> Q:
    """Of one's own lines; everything for a lead office and for administrators."""
    if user.reach.administers or user.reach.leads():
        # An empty condition would vanish beside another one.
        return Q(pk__isnull=False)
    own = Agency.objects.filter(pk__in=user.reach.agencies()).values("line")
    return Q(line__in=own)


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(of_lines_seen(user))


class IndicatorQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As for programmes, and what one's own agency is the source of."""
        return self.filter(of_lines_seen(user) | Q(source__in=user.reach.agencies()))


class TargetQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until__isnull=True)

    def visible_to(self, user):
        return self.filter(indicator__in=Indicator.objects.visible_to(user).values("pk"))


class Programme(models.Model):
    """A project of a line; `protected_name` keeps the 515 in its name from being read as a figure."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField("项目名称", max_length=100)
    order = models.PositiveIntegerField("排序", default=0)
    purpose = models.TextField("目的", blank=True)
    protected_name = models.CharField("保护名称", max_length=100, blank=True)
    active = models.BooleanField(default=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "项目"
        ordering = ["line__order", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "name"], name="programme_once_per_line")
        ]

    def __str__(self):
        return self.name


class Unit(models.Model):
    """A base unit with its dimension; money is in 元, never in 万元."""

    class Dimension(models.TextChoices):
        PERSON = "person", "人"
        ATTENDANCE = "attendance", "人次"
        HOUSEHOLD = "household", "户"
        ORGANISATION = "organisation", "单位"
        MONEY = "money", "金额"
        PERCENT = "percent", "百分比"
        OTHER = "other", "其他"

    name = models.CharField("单位", max_length=20, unique=True)
    dimension = models.CharField(max_length=20, choices=Dimension, default=Dimension.OTHER)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Indicator(models.Model):
    """One thing that is counted: who answers for it, in what unit, and how it may be added."""

    class Wording(models.TextChoices):
        EXACT = "exact", "精确"
        ROUNDED = "rounded", "概数"

    code = models.CharField("编码", max_length=40, unique=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="indicators")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField("指标名称", max_length=100)
    order = models.PositiveIntegerField("排序", default=0)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="单位")
    entry_scale = models.CharField("填报单位倍数", max_length=2, choices=SCALES, blank=True)
    measure = models.CharField("类型", max_length=10, choices=Measure, default=Measure.FLOW)
    adds_over_regions = models.BooleanField(
        "去重数跨区可加", default=False, help_text="同一对象不会在两个地区重复出现时选“是”"
    )
    entry_mode = models.CharField(
        "填报方式", max_length=10, choices=EntryMode, default=EntryMode.PERIOD
    )
    decimals = models.PositiveSmallIntegerField("小数位", null=True, blank=True)
    display = models.CharField("显示单位", max_length=2, choices=Display, blank=True)
    verb = models.CharField("动词", max_length=20, blank=True)
    clause = models.CharField("成句写法", max_length=100, blank=True)
    subject = models.CharField("主语", max_length=10, choices=Subject, blank=True)
    wholes = models.ManyToManyField(
        "self", symmetrical=False, related_name="parts", blank=True, verbose_name="其中所属"
    )
    parts_complete = models.BooleanField("其中完整", default=False)
    not_above = models.ManyToManyField(
        "self", symmetrical=False, related_name="not_below", blank=True, verbose_name="不大于"
    )
    numerator = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="分子",
    )
    denominator = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="分母",
    )
    breakdown = models.CharField("分项按", max_length=20, blank=True, help_text="如：受援地、对象")
    members = models.JSONField("分项", default=list, blank=True)
    aliases = models.JSONField("别名", default=list, blank=True)
    required = models.BooleanField("必填", default=True)
    must_say = models.BooleanField("必写", default=False)
    level = models.CharField("填报层级", max_length=10, choices=Level, default=Level.CITY)
    is_open = models.BooleanField("公开", default=True)
    wording = models.CharField("措辞", max_length=10, choices=Wording, default=Wording.EXACT)
    source = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="数源单位",
    )
    active = models.BooleanField("启用", default=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "指标"
        ordering = ["programme__line__order", "programme__order", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"], name="indicator_once_per_programme"
            ),
            models.CheckConstraint(
                condition=Q(decimals__isnull=True) | Q(decimals__lte=4), name="indicator_decimals"
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, measure="ratio"),
                name="ratio_has_both_operands",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """What is counted, with what is done: 培训职工. For forms and lists."""
        acts = self.measure in (Measure.FLOW, Measure.DISTINCT)
        return (
            f"{self.verb}{self.name}" if acts and not self.name.startswith(self.verb) else self.name
        )

    @property
    def entry_unit(self) -> str:
        """The unit in which people enter: 万元."""
        return f"{self.entry_scale}{self.unit.name}"

    @property
    def scale(self) -> str:
        """万 or 亿 in which a page shows it; Chinese numerals are for documents alone."""
        return self.entry_scale or ("" if self.display == Display.CHINESE else self.display)


class Definition(models.Model):
    """A version of an indicator's definition (口径); entries keep the one they were reported under."""

    class Comparability(models.TextChoices):
        COMPARABLE = "comparable", "可比"
        RESTATED = "restated", "报送上年同期可比数"
        NONE = "none", "不可比"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    number = models.PositiveIntegerField()
    text = models.TextField("口径", blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    comparability = models.CharField(
        max_length=12, choices=Comparability, default=Comparability.COMPARABLE
    )
    since = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="definition_number_once")
        ]

    def __str__(self):
        return f"{self.indicator} 口径第{self.number}版"


class Target(models.Model):
    """What is to be reached in a year at a place; one replaced in mid-year is kept."""

    class Kind(models.TextChoices):
        AT_LEAST = "at_least", "不少于"
        AT_MOST = "at_most", "不超过"
        DOWN_TO = "down_to", "降至"
        FULL = "full", "全覆盖"
        ON_TIME = "on_time", "按期"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类型", max_length=10, choices=Kind, default=Kind.AT_LEAST)
    value = ExactField("目标值", null=True, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "目标"
        ordering = ["indicator", "region", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "year"],
                condition=Q(until__isnull=True),
                name="one_current_target",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(kind__in=["full", "on_time"]),
                name="target_has_value",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="target_until_after",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.year}年目标"
