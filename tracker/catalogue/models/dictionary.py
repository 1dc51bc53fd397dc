"""The dictionaries of a city: names kept whole, terms, names of agencies, sensitive words, fixed lists."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import Region, User
from accounts.models.places import in_force


class CityWordQuerySet(models.QuerySet):
    def active(self):
        return self.filter(active=True)

    def on(self, day: date):
        """Those that hold for what is told of that day."""
        return self.active().filter(in_force(day))

    def visible_to(self, user):
        """Those of the regions that one's office leads; an auditor's are all."""
        if user.reach.has("auditor"):
            return self
        return self.filter(region__path__in=user.reach.leads("reviewer", "editor", "issuer"))


class CityWord(models.Model):
    """A word with what a document of this region should say instead; dates are those of what is told.

    `instead` is the right word, or the members of a fixed list joined by 、.
    """

    class Kind(models.TextChoices):
        NAME = "name", "保护名称"
        TERM = "term", "规范用语"
        AGENCY = "agency", "机构名称"
        SENSITIVE = "sensitive", "错敏词"
        FORMULA = "formula", "固定表述"

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    words = models.CharField("词", max_length=60)
    instead = models.CharField("应为（各项）", max_length=300, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    active = models.BooleanField("在用", default=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = CityWordQuerySet.as_manager()

    class Meta:
        verbose_name = "词典"
        ordering = ["kind", "words", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "words", "valid_from"],
                condition=Q(active=True, valid_from__isnull=False),
                name="city_word_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["region", "kind", "words"],
                condition=Q(active=True, valid_from__isnull=True),
                name="city_word_once_undated",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="city_word_period_in_order",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="city_word_says_something"),
        ]

    def __str__(self):
        return self.words

    @property
    def period(self) -> str:
        """2021-01-01起, 2021-01-01至2022-12-31, 一直 …"""
        if self.valid_to:
            return f"{self.valid_from or '此前'}至{self.valid_to}"
        return f"{self.valid_from}起" if self.valid_from else "一直"
