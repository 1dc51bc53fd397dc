"""The one city that an installation serves."""

from django.db import models
from django.db.models import Q

from accounts.models import Region


class City(models.Model):
    """Which region this installation serves, and whether all of it is a demonstration."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField(default=False)
    ranks_counties = models.BooleanField("区县排名", default=False)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="only_one_city")]

    def __str__(self):
        return self.region.name


class WorkdayOverride(models.Model):
    """A day that a city declares working or free against the national calendar."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    note = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {'上班' if self.is_workday else '休息'}"
