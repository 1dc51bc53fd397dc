"""What the gate says: comments with a reason, never overwritten, and what it decided on sources."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.appendonly import protect
from accounts.models import Region, User
from tracker.catalogue.models import Span
from tracker.exact import ExactField
from tracker.ledger.models import Entry
from tracker.submissions.models import Figure, Narrative, Submission


class Reason(models.TextChoices):
    DEFINITION = "definition", "口径不符"
    ABNORMAL = "abnormal", "数据异常"
    EVIDENCE = "evidence", "缺佐证"
    LOGIC = "logic", "逻辑关系不符"
    UNIT = "unit", "单位有误"
    TEXT = "text", "文字需修改"
    OTHER = "other", "其他"


class Comment(models.Model):
    """A question, an answer or a remark about one figure, one text or the whole; append-only."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    figure = models.ForeignKey(
        Figure, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    narrative = models.ForeignKey(
        Narrative, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    reason = models.CharField("原因", max_length=20, choices=Reason, blank=True)
    text = models.TextField("内容")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    submission_version = models.PositiveIntegerField()

    class Meta:
        verbose_name = "审核意见"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(figure__isnull=True) | Q(narrative__isnull=True),
                name="comment_about_one_thing",
            )
        ]

    def __str__(self):
        return self.text[:40]


class Tick(models.Model):
    """A reviewer's ✓ on one figure as it stood: it holds as long as the figure says the same."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="ticks")
    figure_version = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "核对标记"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "figure_version"], name="tick_once_per_figure_version"
            )
        ]

    def __str__(self):
        return f"{self.figure} ✓ {self.by}"


class DisputeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the regions whose figures one decides; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        return self.filter(user.reach.led("region__path", "reviewer"))


class Dispute(models.Model):
    """Two sources and two figures for what bears one name: what was decided, on what basis."""

    class Decision(models.TextChoices):
        OPEN = "", "待裁定"
        DIFFER = "differ", "口径不同，两数并存，不相加"
        PREVAILS = "prevails", "采用其中一个"
        OVERLAP = "overlap", "有重复，只计一次"

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("事项", max_length=100)
    decision = models.CharField("裁定", max_length=10, choices=Decision, blank=True)
    amount = ExactField("重复数", null=True, blank=True)
    basis = models.TextField("依据", blank=True)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = "口径争议"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(basis=""),
                name="dispute_decision_has_its_person_and_basis",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(decision="overlap", amount__gt=0),
                name="dispute_amount_of_an_overlap",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("dispute", args=[self.pk])


class DisputeSide(models.Model):
    """One of the two figures with the definition that its source gives."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="sides")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="disputes")
    definition = models.TextField("口径")
    prevails = models.BooleanField("采用", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "entry"], name="dispute_side_once")
        ]

    def __str__(self):
        return f"{self.entry}"


protect(Comment)
