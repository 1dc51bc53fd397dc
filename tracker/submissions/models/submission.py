"""What is said: one submission per agency and round, with figures, narratives and evidence."""

from enum import nonmember

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.appendonly import protect
from accounts.models import Agency, User
from tracker.catalogue.models import Measured, Round, Said, value_matches_kind
from tracker.exact import ExactField
from tracker.ledger.models import NumberInText, Worded
from tracker.workflow import Move


class Status(models.TextChoices):
    """Where a submission stands; `moves` is the whole table of what may follow what."""

    DRAFT = "draft", "草稿"
    SIGNING = "signing", "待审签"
    SUBMITTED = "submitted", "已报送"
    LINE_REVIEW = "line_review", "条线审核"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已核定"

    moves = nonmember(
        {
            "draft": {"signing", "line_review", "submitted"},
            "returned": {"signing", "line_review", "submitted"},
            "signing": {"signing", "draft", "returned", "line_review", "submitted"},
            "line_review": {"submitted", "returned", "draft"},
            "submitted": {"approved", "returned", "draft"},
            "approved": {"returned"},
        }
    )
    editable = nonmember({"draft", "returned"})
    filed = nonmember({"line_review", "submitted", "approved"})


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own agencies', subordinates' and a lead office's region's; all for an auditor.

        The two other administrators read no business figure.
        """
        if user.reach.has("auditor"):
            return self
        if user.reach.administers:
            return self.none()
        return self.filter(agency__in=Agency.objects.visible_to(user).values("pk"))

    def editable(self):
        return self.filter(status__in=Status.editable)


class Submission(models.Model):
    """What one agency says in one round. Doors of its status: submissions.services, review.services."""

    Status = Status

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="submissions")
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    zero_report = models.BooleanField("零报告", default=False)
    filed_at = models.DateTimeField("报送时间", null=True)
    is_late = models.BooleanField("补报", default=False)
    oddities = models.PositiveIntegerField("异常", default=0)
    seen_at = models.DateTimeField("开始审阅时间", null=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    line_reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "报送"
        ordering = ["-round__due_at", "agency"]
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], name="submission_once_per_round"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("submitted_by")),
                name="signer_is_not_submitter",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("submitted_by"))
                & (Q(signed_by__isnull=True) | ~Q(decided_by=F("signed_by"))),
                name="decider_neither_submitted_nor_signed",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved")
                | Q(decided_by__isnull=False, decided_at__isnull=False, filed_at__isnull=False),
                name="approved_has_its_decider",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "line_review", "approved"])
                | Q(submitted_by__isnull=False),
                name="filed_has_its_submitter",
            ),
        ]

    def __str__(self):
        return f"{self.agency} {self.round}"

    def get_absolute_url(self):
        return reverse("submission", args=[self.pk])


class SubmissionMove(Move):
    """A change of a submission's status."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="moves")

    def __str__(self):
        return f"{self.from_status} -> {self.to_status}"


class Figure(Measured):
    """What is said about an indicator at a place; `kind` empty is blank: nothing said yet."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="figures")
    kind = models.CharField(max_length=10, choices=Said, blank=True)
    # What only the agency can know: of distinct objects the year's count so far, of a flow what
    # came before the first period that was asked for here. Both in base units, and as typed.
    cumulative = ExactField("本年累计", null=True, blank=True)
    cumulative_entered = models.CharField("本年累计填报值", max_length=60, blank=True)
    opening = ExactField("期初累计", null=True, blank=True)
    opening_entered = models.CharField("期初累计填报值", max_length=60, blank=True)
    explanation = models.TextField("情况属实说明", blank=True)
    questioned = models.BooleanField("被质询", default=False)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "填报数据"
        ordering = ["indicator", "region", "member", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "indicator", "region", "member", "scope"],
                name="figure_once_per_place",
            ),
            value_matches_kind("figure_value_matches_kind"),
        ]

    def __str__(self):
        return f"{self.indicator}"


class Narrative(Worded):
    """A text for one programme in a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="narratives")
    questioned = models.BooleanField("被质询", default=False)
    # As it read when it last came back; empty for what never did.
    before = models.TextField("退回时的文字", blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "文字材料"
        ordering = ["programme", "kind", "pk"]

    def __str__(self):
        return f"{self.programme} {self.get_kind_display()}"


class NarrativeFigure(NumberInText):
    """A number in a narrative that a person confirmed as a passage figure (随文数据)."""

    narrative = models.ForeignKey(Narrative, on_delete=models.CASCADE, related_name="figures")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["narrative", "start"]
        constraints = [
            models.UniqueConstraint(fields=["narrative", "start"], name="narrative_figure_once")
        ]

    def __str__(self):
        return self.raw


class Evidence(models.Model):
    """A file behind a figure or a submission; served only through permission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="evidence")
    figure = models.ForeignKey(
        Figure, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    file = models.FileField(upload_to="evidence/%Y/%m")
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    caption = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    thumbnail = models.FileField(upload_to="thumbnails/%Y/%m", blank=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Signature(models.Model):
    """One signer's step: on line, or on paper and recorded by somebody with its scan."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="signatures")
    step = models.PositiveSmallIntegerField()
    submission_version = models.PositiveIntegerField()
    signer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # Whose turn it was, where a deputy signed.
    principal = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signer_name = models.CharField("签字人", max_length=60)
    signer_post = models.CharField("职务", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "step", "submission_version"], name="signature_once_per_step"
            ),
            models.CheckConstraint(
                condition=Q(signer__isnull=False, signer=F("recorded_by")) | Q(scan__isnull=False),
                name="paper_signature_has_its_scan",
            ),
            models.CheckConstraint(
                condition=Q(principal__isnull=True)
                | Q(signer__isnull=False) & ~Q(principal=F("signer")),
                name="signature_for_another_than_oneself",
            ),
        ]

    def __str__(self):
        return (
            f"{self.signer_name}（代{self.principal.name}）" if self.principal else self.signer_name
        )


protect(SubmissionMove)
protect(Signature)
