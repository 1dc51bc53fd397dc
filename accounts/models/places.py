"""Lines and the tree of regions."""

import re
from datetime import date

from django.db import models
from django.db.models import F, Q

LENGTHS = (2, 4, 6, 9, 12)
CODE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")


def strip_code(code: str) -> str:
    """The shortest form of a GB/T 2260 code (or its 9 / 12-digit extension): 370100 -> 3701.

    ValueError when the text is no such code.
    """
    code = code.strip()
    if not CODE.fullmatch(code):
        raise ValueError(f"“{code}”不是区划代码：应为2、4、6、9或12位数字")
    for shorter in reversed([size for size in LENGTHS if size < len(code)]):
        if code[shorter:].strip("0"):
            break
        code = code[:shorter]
    return code


def in_force(on: date, start: str = "valid_from", end: str = "valid_to") -> Q:
    """Rows whose period holds that day; an open end is null, the last day counts."""
    began = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": on})
    lasts = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": on})
    return began & lasts


class Line(models.Model):
    """A 条线: the trade union's, the youth league's …"""

    code = models.SlugField("代号", max_length=40, unique=True)
    name = models.CharField("条线", max_length=40, unique=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "条线"
        ordering = ["order", "id"]

    def __str__(self):
        return self.name


class RegionQuerySet(models.QuerySet):
    def within(self, region):
        """The region and everything below it."""
        return self.filter(path__startswith=region.path)

    def above(self, region):
        """The region and everything above it, the highest first."""
        return self.filter(code__in=region.path.rstrip("/").split("/")).order_by("path")

    def valid(self, on: date):
        return self.filter(in_force(on))

    def by_code(self, code: str):
        """The region of a code as written (370100 finds 3701); DoesNotExist, ValueError."""
        return self.get(code=strip_code(code))


class Region(models.Model):
    """A division of the state, or a reporting area (功能区) that is none."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        TOWN = "town", "乡级"
        VILLAGE = "village", "村级"

    class Kind(models.TextChoices):
        DIVISION = "division", "行政区划"
        AREA = "area", "功能区"

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    kind = models.CharField("性质", max_length=10, choices=Kind.choices, default=Kind.DIVISION)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField("路径", max_length=64, unique=True)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_to = models.DateField("停用", null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "区划"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="region_period_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def prefecture(self) -> str:
        return self.code[:4]

    @property
    def full_code(self) -> str:
        """The code as offices write it: six digits at least."""
        return self.code.ljust(6, "0")

    def contains(self, other: "Region") -> bool:
        return other.path.startswith(self.path)


class RegionOverlap(models.Model):
    """A region that another one manages: totals count it once, under its manager."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="overlaps", verbose_name="区划")
    managed_by = models.ForeignKey(
        Region, models.CASCADE, related_name="manages", verbose_name="代管"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        verbose_name = "代管关系"
        ordering = ["region__path", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(valid_to__isnull=True),
                name="overlap_one_manager_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(region=F("managed_by")), name="overlap_not_with_itself"
            ),
        ]

    def __str__(self):
        return f"{self.region}由{self.managed_by}代管"
