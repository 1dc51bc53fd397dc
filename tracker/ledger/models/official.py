"""What is so: official figures and passages, append-only, each with who reported and who approved."""

import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.appendonly import protect
from accounts.models import Agency, Appointment, Region, User
from tracker.catalogue.models import (
    Definition,
    Measured,
    Nature,
    Programme,
    Said,
    Span,
    value_matches_kind,
)
from tracker.exact import ExactField


class Origin(models.TextChoices):
    FIGURE = "figure", "报送"
    IMPORT = "import", "历史数据导入"
    ADJUSTMENT = "adjustment", "当期调整"


class Sourced(models.Model):
    """Where an official row came from and who answers for it; plain values, no submission known."""

    origin = models.CharField(max_length=10, choices=Origin)
    origin_id = models.PositiveBigIntegerField()
    origin_file = models.CharField(max_length=200, blank=True)
    origin_cell = models.CharField(max_length=60, blank=True)
    reporter = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=60, blank=True)
    approver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    approved_at = models.DateTimeField()

    class Meta:
        abstract = True


class OfficialQuerySet(models.QuerySet):
    """Rows that still stand: not superseded, and not suspended or void by a later row."""

    def current(self, at: datetime.datetime | None = None):
        """What stands now; with `at`, what stood at that moment."""
        newer = self.model._base_manager.filter(supersedes=OuterRef("pk"))
        owner = self.model.standing_owner
        last = Standing.objects.filter(**{owner: OuterRef("pk")}).order_by("-pk")
        if at is not None:
            newer, last = newer.filter(approved_at__lte=at), last.filter(at__lte=at)
            return self._standing(newer, last).filter(approved_at__lte=at)
        return self._standing(newer, last)

    def quotable(self, at: datetime.datetime | None = None):
        """What stood at the moment of a freeze and was not struck or outranked since; without one
        what stands now."""
        if at is None:
            return self.current()
        last = Standing.objects.filter(**{self.model.standing_owner: OuterRef("pk")})
        struck = last.order_by("-pk").values("kind")[:1]
        gone = [Standing.Kind.VOID, Standing.Kind.OUTRANKED]
        return (
            self.current(at)
            .alias(now=Subquery(struck))
            .exclude(Q(now__in=gone) & Q(now__isnull=False))
        )

    def _standing(self, newer, last):
        return self.annotate(standing=Subquery(last.values("kind")[:1])).filter(
            ~Exists(newer), Q(standing__isnull=True) | Q(standing=Standing.Kind.RESTORED)
        )

    def visible_to(self, user):
        """Own agencies', subordinates' and a lead office's region's; all for an auditor.

        The two other administrators read no business figure.
        """
        if user.reach.has("auditor"):
            return self
        if user.reach.administers:
            return self.none()
        return self.filter(agency__in=Agency.objects.visible_to(user).values("pk"))


class Entry(Measured, Sourced):
    """An official figure. Never edited: a correction supersedes it and both stay."""

    standing_owner = "entry"

    prefecture = models.CharField(max_length=4, db_index=True)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Said, default=Said.VALUE)
    nature = models.CharField(max_length=10, choices=Nature, default=Nature.DECIDED)
    is_control = models.BooleanField("控制数", default=False)
    explanation = models.TextField("说明", blank=True)
    must_say = models.BooleanField("必写", null=True)
    revision = models.PositiveIntegerField(default=1)
    # The key of the earlier span that this row makes good for in its own span (当期调整).
    adjusts = models.CharField("调整期间", max_length=10, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "台账数据"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["span", "region", "indicator"], name="entry_arrival"),
            models.Index(fields=["indicator", "span"], name="entry_series"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "indicator",
                    "agency",
                    "region",
                    "member",
                    "scope",
                    "span",
                    "nature",
                    "accumulates",
                    "adjusts",
                    "revision",
                ],
                name="entry_revision_once",
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="entry_says_something"),
            value_matches_kind("entry_value_matches_kind"),
            models.CheckConstraint(
                condition=~Q(reporter=models.F("approver")), name="entry_reporter_is_not_approver"
            ),
            models.CheckConstraint(
                condition=Q(revision=1, supersedes__isnull=True)
                | Q(revision__gt=1, supersedes__isnull=False),
                name="entry_revision_supersedes",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.span}"


class PassageKind(models.TextChoices):
    PRACTICE = "practice", "做法"
    CASE = "case", "案例"
    PROBLEM = "problem", "存在问题"
    NEXT = "next", "下一步"
    HONOUR = "honour", "荣誉"
    QUOTE = "quote", "引语"
    ANSWER = "answer", "问答"


class Worded(models.Model):
    """The columns of a text of a programme, wherever it stands."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类型", max_length=10, choices=PassageKind)
    speaker = models.CharField("发言人", max_length=60, blank=True)
    question = models.TextField("问题", blank=True)
    text = models.TextField("文字")

    class Meta:
        abstract = True


class NumberInText(models.Model):
    """A figure inside a text (随文数据): offsets into it, value in base units; never totalled."""

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    raw = models.CharField(max_length=60)
    value = ExactField()
    unit = models.CharField(max_length=20, blank=True)
    qualifier = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=20, default="actual")

    class Meta:
        abstract = True


class Passage(Worded, Sourced):
    """Approved text: a practice, a case, a quotation, a question and its answer, a next step."""

    standing_owner = "passage"

    prefecture = models.CharField(max_length=4, db_index=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "台账文字"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reporter=models.F("approver")),
                name="passage_reporter_is_not_approver",
            )
        ]

    def __str__(self):
        return f"{self.programme} {self.get_kind_display()}"


class PassageFigure(NumberInText):
    """A figure of an approved passage, confirmed by a person before it was posted."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="figures")
    sentence = models.TextField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["passage", "start"]
        constraints = [
            # The two ends of a range share one place in the text.
            models.UniqueConstraint(
                fields=["passage", "start", "qualifier"], name="passage_figure_once"
            )
        ]

    def __str__(self):
        return self.raw


class Standing(models.Model):
    """A further row about an official one: suspended while reopened, restored, or void."""

    class Kind(models.TextChoices):
        SUSPENDED = "suspended", "暂停使用"
        RESTORED = "restored", "恢复使用"
        VOID = "void", "作废"
        OUTRANKED = "outranked", "未采用"

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="standings"
    )
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="standings"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=True, passage__isnull=False)
                | Q(entry__isnull=False, passage__isnull=True),
                name="standing_of_one_row",
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For a reviewer what the people of the own lead office brought; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        offices = user.reach.agencies("reviewer")
        return self.filter(by__in=Appointment.objects.filter(agency__in=offices).values("user"))


class Batch(models.Model):
    """An imported file of history: staged by one person, confirmed by a second."""

    class State(models.TextChoices):
        STAGED = "staged", "待确认"
        CONFIRMED = "confirmed", "已入账"
        REJECTED = "rejected", "已退回"

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.STAGED)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "历史数据批次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("by")),
                name="batch_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="staged", decided_by__isnull=True)
                | ~Q(state="staged") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="batch_decision_has_its_person",
            ),
        ]

    def __str__(self):
        return self.file_name


class StagedEntry(Measured):
    """A figure of a batch, on its way into the ledger."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="entries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    cell = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.indicator} {self.span}"


class StagedPassage(Worded):
    """A text of a batch, on its way into the ledger."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="passages")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="+")
    cell = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.programme} {self.get_kind_display()}"


class StagedFigure(NumberInText):
    """A number found in a staged text; the confirmer of the batch confirms it as a figure or not."""

    passage = models.ForeignKey(StagedPassage, on_delete=models.CASCADE, related_name="figures")
    sentence = models.TextField()
    is_figure = models.BooleanField(default=True)

    class Meta:
        ordering = ["passage", "start"]

    def __str__(self):
        return self.raw


protect(Entry)
protect(Passage)
protect(PassageFigure)
protect(Standing)
