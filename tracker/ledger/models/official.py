"""What is so: official figures, append-only, each with who reported and who approved, and what became of it."""

import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.appendonly import protect
from accounts.models import Agency, User
from tracker.catalogue.models import (
    Definition,
    Measured,
    Nature,
    Said,
    Span,
    value_matches_kind,
)


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
        "Passage", on_delete=models.PROTECT, null=True, blank=True, related_name="standings"
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


protect(Entry)
protect(Standing)
