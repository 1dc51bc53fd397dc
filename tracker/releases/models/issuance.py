"""How a release went out: its number, to whom, since when, and on whose word."""

from django.db import models
from django.db.models import Q

from accounts.appendonly import protect
from accounts.models import Region, User

from .chain import Openness
from .release import Release, Version


class IssueNumber(models.Model):
    """第N期 of a masthead in a year: given once, and never again even when it was voided."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    masthead = models.CharField("刊名", max_length=60)
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("期号")
    total = models.PositiveIntegerField("总期号", null=True, blank=True)
    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, null=True, related_name="issue_number"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "期号"
        ordering = ["masthead", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "masthead", "year", "number"], name="number_once_per_year"
            ),
            models.UniqueConstraint(
                fields=["region", "masthead", "total"],
                condition=Q(total__isnull=False),
                name="total_number_once",
            ),
            models.CheckConstraint(
                condition=Q(release__isnull=False) | Q(voided_at__isnull=False),
                name="number_is_used_or_void",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True)
                | Q(voided_by__isnull=False) & ~Q(void_reason=""),
                name="void_number_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.masthead}{self.year}年{self.words}"

    @property
    def words(self) -> str:
        """第22期（总第198期）"""
        return f"第{self.number}期" + (f"（总第{self.total}期）" if self.total else "")


class Issuance(models.Model):
    """What was decided when a release went out, frozen with it. Append-only."""

    class Mode(models.TextChoices):
        PRINT = "print", "印发"
        PUBLISH = "publish", "发布"

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="issuance")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="issuance")
    mode = models.CharField("方式", max_length=10, choices=Mode)
    openness = models.CharField("公开属性", max_length=10, choices=Openness, blank=True)
    report_to = models.CharField("报", max_length=300, blank=True)
    send_to = models.CharField("送", max_length=300, blank=True)
    hand_to = models.CharField("发", max_length=300, blank=True)
    copies = models.PositiveIntegerField("份数", null=True, blank=True)
    signed_by = models.CharField("签发人", max_length=60)
    chain = models.JSONField("办理经过", default=list)
    facts = models.CharField("数据溯源校验", max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "印发记录"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.release} {self.get_mode_display()}"


protect(Issuance)
