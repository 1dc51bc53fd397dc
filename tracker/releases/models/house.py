"""The house style of a city in versions, and its dated roster of people who hold no account."""

from django.db import models
from django.db.models import F, Q

from accounts.appendonly import protect
from accounts.models import Agency, Region, User


class LedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the regions that one's office leads; an auditor's are all."""
        if user.reach.has("auditor"):
            return self
        return self.filter(region__path__in=user.reach.leads("reviewer", "editor", "issuer"))


class HouseStyle(models.Model):
    """One version of how a region's documents look and what they say every time. Append-only.

    `content` is `tracker.releases.house.style.House` as plain values; the highest number holds.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("版本")
    content = models.JSONField(default=dict)
    note = models.CharField("修改说明", max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = LedQuerySet.as_manager()

    class Meta:
        verbose_name = "行文规范"
        ordering = ["region", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="house_style_number_once")
        ]

    def __str__(self):
        return f"{self.region}行文规范第{self.number}版"

    @property
    def version(self) -> int:
        return self.number


class RosterQuerySet(LedQuerySet):
    def active(self):
        return self.filter(active=True)


class RosterPerson(models.Model):
    """Who holds which post from when to when, of those who have no account here; `ends` is the last day."""

    class Part(models.TextChoices):
        SPEAKER = "speaker", "发布人"
        HOST = "host", "主持人"
        READER = "reader", "呈报的领导"
        NAMED = "named", "只核对职务"

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    part = models.CharField("担任", max_length=10, choices=Part, default=Part.SPEAKER)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="单位",
    )  # fmt: skip
    body = models.CharField("其他单位", max_length=60, blank=True)
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=60)
    order = models.PositiveSmallIntegerField("顺序", default=1)
    starts = models.DateField("起")
    ends = models.DateField("止", null=True, blank=True)
    active = models.BooleanField("在用", default=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = "名册"
        ordering = ["part", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="roster_period_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(part="speaker") | Q(agency__isnull=False),
                name="roster_speaker_has_an_agency",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(post=""), name="roster_names_person_and_post"
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.place}{self.post}）"

    @property
    def place(self) -> str:
        return self.agency.short_name if self.agency else self.body


protect(HouseStyle)
