"""What is published: releases, their frozen versions, and which entries each version quotes."""

from enum import nonmember

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.appendonly import protect
from accounts.models import Agency, Line, Region, User
from tracker.catalogue.models import Cycle, Indicator, Span
from tracker.ledger.models import Entry, PassageFigure
from tracker.workflow import Move


class ReleasePlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who compile at the lead office of its region."""
        return self.filter(region__path__in=user.reach.leads("reviewer", "editor"))


class ReleasePlan(models.Model):
    """What is compiled when: a genre for a region and lines, by a cycle's rounds or an hour."""

    class Missing(models.TextChoices):
        WAIT = "wait", "等待报齐"
        RUN = "run", "照常汇编并注明缺项"
        SKIP = "skip", "跳过本期"

    class Required(models.TextChoices):
        ALL = "all", "本期全部单位"
        LINES = "lines", "所选条线的单位"
        CHOSEN = "chosen", "指定的单位和指标"

    class Ending(models.TextChoices):
        DOCX = "docx", "Word"
        PDF = "pdf", "PDF"

    name = models.CharField("名称", max_length=100, unique=True)
    genre = models.CharField("文种", max_length=40)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    lines = models.ManyToManyField(Line, blank=True, related_name="+", help_text="不选则为全部条线")
    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    when_complete = models.BooleanField("报齐即汇编", default=True)
    on_missing = models.CharField("缺项时", max_length=10, choices=Missing, default=Missing.WAIT)
    required = models.CharField(
        "须报齐的范围", max_length=10, choices=Required, default=Required.ALL
    )
    required_agencies = models.ManyToManyField(
        Agency, blank=True, related_name="+", verbose_name="须报齐的单位"
    )
    required_indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="+", verbose_name="须报齐的指标"
    )
    readers = models.ManyToManyField(User, blank=True, related_name="+", verbose_name="送阅人")
    send_draft = models.BooleanField("草稿生成后发邮件", default=False)
    send_issued = models.BooleanField("印发后发邮件", default=False)
    ending = models.CharField("附件格式", max_length=10, choices=Ending, default=Ending.DOCX)
    settings = models.JSONField("要素", default=dict, blank=True)
    active = models.BooleanField("启用", default=True)

    objects = ReleasePlanQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Status(models.TextChoices):
    DRAFT = "draft", "草稿"
    ISSUED = "issued", "已印发"
    WITHDRAWN = "withdrawn", "已撤回"

    moves = nonmember(
        {"draft": {"issued", "withdrawn"}, "issued": {"withdrawn"}, "withdrawn": set()}
    )


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts for the lead office's people; issued ones for all agencies of the region.

        Not before the hour of an embargo; where readers are named, for those agencies only.
        """
        if user.reach.has("auditor"):
            return self
        if user.reach.administers:
            return self.none()
        led = user.reach.led("region__path", *DRAFT_ROLES)
        out = Q(embargo_until__isnull=True) | Q(embargo_until__lte=timezone.now())
        sent = Release.readers.through.objects.filter(release=OuterRef("pk"))
        own = sent.filter(agency__in=user.reach.agencies())
        issued = Q(status=Status.ISSUED, region__path__in=paths_above(user))
        return self.filter(led | issued & out & (~Exists(sent) | Exists(own)))


DRAFT_ROLES = ("reviewer", "editor", "issuer")


def paths_above(user: User) -> list[str]:
    """Paths of the regions that hold one of the user's agencies, each with all above it."""
    homes = Region.objects.filter(agencies__in=user.reach.agencies()).values_list("path", flat=True)
    steps = [path.strip("/").split("/") for path in homes]
    return sorted({"/".join(s[: n + 1]) + "/" for s in steps for n in range(len(s))})


class Release(models.Model):
    """One document for one span; every compile makes a new draft, an edited one is never overwritten."""

    Status = Status

    plan = models.ForeignKey(
        ReleasePlan, on_delete=models.PROTECT, null=True, blank=True, related_name="releases"
    )
    genre = models.CharField("文种", max_length=40)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="releases")
    lines = models.ManyToManyField(Line, blank=True, related_name="+")
    title = models.CharField("标题", max_length=200)
    settings = models.JSONField(default=dict, blank=True)
    seed = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    compiled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    compiled_at = models.DateTimeField(auto_now_add=True)
    trigger = models.CharField(max_length=60, blank=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    missing = models.JSONField("缺项", default=list, blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    correction_note = models.TextField("更正说明", blank=True)
    embargo_until = models.DateTimeField("此前不得下载", null=True, blank=True)
    readers = models.ManyToManyField(
        Agency, blank=True, related_name="+", help_text="不选则本地区各单位均可查看"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "文稿"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="issued") | Q(issued_by__isnull=False, issued_at__isnull=False),
                name="issued_has_its_issuer",
            ),
            models.UniqueConstraint(
                fields=["plan", "span", "trigger"],
                condition=Q(plan__isnull=False) & ~Q(trigger=""),
                name="release_once_per_trigger",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(status="withdrawn"),
                name="correction_once_at_a_time",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("release", args=[self.pk])


class ReleaseMove(Move):
    """A change of a release's status."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="moves")

    def __str__(self):
        return f"{self.from_status} -> {self.to_status}"


class Version(models.Model):
    """A release's text frozen together with the entries that it quotes. Append-only."""

    class Kind(models.TextChoices):
        COMPILED = "compiled", "系统汇编"
        EDITED = "edited", "人工修改"
        MERGED = "merged", "重新汇编，留用原话"
        FINAL = "final", "印发定稿"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    tree = models.JSONField()
    digest = models.CharField(max_length=64)
    snapshot = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "文稿版本"
        ordering = ["release", "number"]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(kind="compiled") | Q(by__isnull=False), name="edited_has_its_editor"
            ),
        ]

    def __str__(self):
        return f"{self.release} 第{self.number}版"


class Citation(models.Model):
    """That a version quotes an entry or a passage figure, under which key. Append-only."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="citations")
    key = models.CharField(max_length=80)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="citations"
    )
    passage_figure = models.ForeignKey(
        PassageFigure, on_delete=models.PROTECT, null=True, blank=True, related_name="citations"
    )
    surface = models.CharField(max_length=80)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | Q(passage_figure__isnull=False),
                name="citation_quotes_something",
            ),
            models.UniqueConstraint(
                F("version"), F("key"), F("entry"), F("passage_figure"), name="citation_once"
            ),
        ]

    def __str__(self):
        return self.surface


class ReleaseFile(models.Model):
    """A file that was given out of an issued version, with its own hash."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="files")
    ending = models.CharField(max_length=10)
    file = models.FileField(upload_to="releases/%Y/%m")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "ending"], name="release_file_once")
        ]

    def __str__(self):
        return f"{self.version} {self.ending}"


protect(ReleaseMove)
protect(Version)
protect(Citation)
protect(ReleaseFile)
