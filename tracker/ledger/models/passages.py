"""Approved texts and the figures inside them, append-only."""

from django.db import models
from django.db.models import Q

from accounts.appendonly import protect
from accounts.models import Agency, Region, User
from tracker.catalogue.models import Programme, Span
from tracker.exact import ExactField

from .official import OfficialQuerySet, Sourced


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


protect(Passage)
protect(PassageFigure)
