"""A region's own patterns: proposed in versions, each decided by a second person."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts import triggers
from accounts.appendonly import protect
from accounts.models import Region, User
from accounts.triggers import Trigger
from tracker.catalogue.models import Indicator, Programme

PEOPLE = ("reviewer", "editor", "issuer")


class PatternVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the regions that one's office leads; all for an auditor."""
        if user.reach.has("auditor"):
            return self
        return self.filter(region__path__in=user.reach.leads(*PEOPLE))

    def approved(self):
        return self.filter(decision__outcome=PatternDecision.Outcome.APPROVED)

    def undecided(self):
        return self.filter(decision__isnull=True)

    def standing(self):
        """The last approved version of each subject; an empty one is the system's default again."""
        later = PatternVersion.objects.approved().filter(
            Q(programme__isnull=True, indicator=OuterRef("indicator"))
            | Q(indicator__isnull=True, programme=OuterRef("programme")),
            region=OuterRef("region"),
            number__gt=OuterRef("number"),
        )
        return self.approved().filter(~Exists(later))


class PatternVersion(models.Model):
    """How a programme's sentence, or an indicator's clause, is to be said. Append-only.

    `slots` maps the names in the source to the ids of their indicators, so that a later renaming
    changes nothing. An empty source means the system's default.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="patterns"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, related_name="patterns"
    )
    number = models.PositiveIntegerField("版本")
    source = models.TextField("句式", blank=True)
    slots = models.JSONField(default=dict)
    note = models.CharField("修改说明", max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = PatternVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "句式"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(programme__isnull=False, indicator__isnull=True)
                | Q(programme__isnull=True, indicator__isnull=False),
                name="pattern_has_one_subject",
            ),
            models.UniqueConstraint(
                fields=["region", "programme", "number"],
                condition=Q(programme__isnull=False),
                name="programme_pattern_number_once",
            ),
            models.UniqueConstraint(
                fields=["region", "indicator", "number"],
                condition=Q(indicator__isnull=False),
                name="indicator_pattern_number_once",
            ),
        ]

    def __str__(self):
        return f"{self.subject}的句式第{self.number}版"

    def get_absolute_url(self):
        return reverse("pattern", args=[self.pk])

    @property
    def subject(self) -> Programme | Indicator:
        return self.programme or self.indicator

    @property
    def decided(self) -> "PatternDecision | None":
        """What was decided about it, by whom; None while it waits."""
        return getattr(self, "decision", None)


class PatternDecision(models.Model):
    """The one word about a version: of a second person, or taken back by who proposed it. Append-only."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "已启用"
        REJECTED = "rejected", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    version = models.OneToOneField(
        PatternVersion, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    answer = models.CharField("意见", max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "rejected", "withdrawn"]),
                name="pattern_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="rejected") | ~Q(answer=""),
                name="pattern_rejected_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.version}{self.get_outcome_display()}"


def guard(versions: str, decisions: str) -> None:
    """In the database too: nobody approves their own, and a subject has one proposal at a time."""
    proposer = f"(SELECT v.by_id FROM {versions} v WHERE v.id = NEW.version_id)"  # noqa: S608
    alone = (
        f"(NEW.outcome = 'withdrawn' AND {proposer} {{differs}} NEW.by_id) "
        f"OR (NEW.outcome <> 'withdrawn' AND {proposer} = NEW.by_id)"
    )
    waiting = (
        f"EXISTS (SELECT 1 FROM {versions} v LEFT JOIN {decisions} d ON d.version_id = v.id "  # noqa: S608
        "WHERE d.id IS NULL AND v.region_id = NEW.region_id "
        "AND (v.programme_id = NEW.programme_id OR v.indicator_id = NEW.indicator_id))"
    )
    triggers.register(
        Trigger(decisions, "INSERT", "a pattern is decided by a second person", alone),
        Trigger(versions, "INSERT", "one proposal of a pattern at a time", waiting),
    )


protect(PatternVersion)
protect(PatternDecision)
guard(PatternVersion._meta.db_table, PatternDecision._meta.db_table)
