"""What happens after a quoted entry was corrected: alarms, and copies that stand outside."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from tracker.ledger.models import Entry, Passage

from .chain import Attachment
from .release import Release, Version


class AlarmQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at__isnull=True)


class Alarm(models.Model):
    """That something quoted by a version no longer stands; settled when it stands again or is dealt with."""

    class Cause(models.TextChoices):
        SUPERSEDED = "superseded", "已更正"
        SUSPENDED = "suspended", "暂停使用"
        VOID = "void", "已作废"

    class Outcome(models.TextChoices):
        RESTORED = "restored", "已恢复使用"
        CORRECTED = "corrected", "已印发更正稿"
        RENEWED = "renewed", "新版不再引用"
        JUDGED = "judged", "经研究不需更正"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="alarms")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, related_name="+")
    cause = models.CharField(max_length=10, choices=Cause)
    raised_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = "失效提醒"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "entry"],
                condition=Q(entry__isnull=False),
                name="alarm_once_per_entry",
            ),
            models.UniqueConstraint(
                fields=["version", "passage"],
                condition=Q(passage__isnull=False),
                name="alarm_once_per_passage",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, passage__isnull=False)
                | Q(entry__isnull=False, passage__isnull=True),
                name="alarm_of_one_row",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="")
                | Q(settled_at__isnull=False) & ~Q(outcome=""),
                name="settled_alarm_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="judged") | Q(settled_by__isnull=False) & ~Q(note=""),
                name="judged_alarm_has_its_person",
            ),
        ]

    def __str__(self):
        return f"{self.version} {self.get_cause_display()}"


class OutsideCopy(models.Model):
    """Where an issued document is known to stand outside the system: on a web site, in a paper."""

    class State(models.TextChoices):
        OPEN = "open", "未更正"
        CORRECTED = "corrected", "已更正"
        IMPOSSIBLE = "impossible", "无法更正"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="copies")
    place = models.CharField("刊载处", max_length=120)
    posted_by = models.CharField("刊载单位或人员", max_length=120)
    address = models.CharField("网址或版次", max_length=300, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    note = models.CharField("说明", max_length=500, blank=True)
    evidence = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "外部刊载"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="settled_copy_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="impossible") | ~Q(note=""), name="impossible_copy_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="corrected") | Q(evidence__isnull=False) | ~Q(note=""),
                name="corrected_copy_has_its_evidence",
            ),
        ]

    def __str__(self):
        return f"{self.place} {self.posted_by}"
