"""The log of the plans: each run with what was missing and what came of it, and whom the files were mailed to."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from tracker.catalogue.models import Span
from tracker.notices.models import State as MailState

from .release import Release, ReleasePlan, Version


class PlanRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__in=ReleasePlan.objects.visible_to(user).values("pk"))

    def waiting(self):
        return self.filter(state=PlanRun.State.WAITING)


class PlanRun(models.Model):
    """One run of a plan, for the log. `job` is the one that does it; None once it waits for the rest.

    `missing`: in words, what had to be complete and was not when it ran. `anyway`: the person who
    asked for it wanted it with gaps. `waited`: it was put off until everything was there.
    """

    class Cause(models.TextChoices):
        COMPLETE = "complete", "报齐"
        HOUR = "hour", "到点"
        HAND = "hand", "手动"

    class State(models.TextChoices):
        QUEUED = "queued", "排队"
        RUNNING = "running", "汇编中"
        WAITING = "waiting", "等待报齐"
        SKIPPED = "skipped", "已跳过"
        DONE = "done", "已生成"
        FAILED = "failed", "没有完成"

    plan = models.ForeignKey(ReleasePlan, on_delete=models.PROTECT, related_name="runs")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, null=True, related_name="+")
    cause = models.CharField("起因", max_length=10, choices=Cause)
    state = models.CharField("结果", max_length=10, choices=State, default=State.QUEUED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    anyway = models.BooleanField("缺项也汇编", default=False)
    waited = models.BooleanField(default=False)
    job = models.BigIntegerField(null=True, unique=True)
    missing = models.JSONField("缺项", default=list)
    error = models.TextField("原因", blank=True)
    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, null=True, related_name="plan_runs"
    )
    asked_at = models.DateTimeField("开始时间", auto_now_add=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    objects = PlanRunQuerySet.as_manager()

    class Meta:
        verbose_name = "汇编记录"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(release__isnull=False, span__isnull=False),
                name="plan_run_done_has_its_release",
            ),
            models.CheckConstraint(
                condition=~Q(cause="hand") | Q(asked_by__isnull=False),
                name="plan_run_by_hand_has_its_person",
            ),
            models.UniqueConstraint(
                fields=["plan", "span"], condition=Q(state="waiting"), name="plan_run_waits_once"
            ),
        ]

    def __str__(self):
        return f"{self.plan} {self.span or ''}"


class ReleaseMail(models.Model):
    """A version on its way to one reader of its plan as a file. Whether they may see it is asked when it is sent."""

    State = MailState

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="mails")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ending = models.CharField("格式", max_length=10)
    state = models.CharField("状态", max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    error = models.CharField("原因", max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField("不早于")
    settled_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "文稿邮件"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="release_mail_once"),
            models.CheckConstraint(
                condition=Q(state__in=MailState.values), name="release_mail_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="queued"), name="mail_waiting")
        ]

    def __str__(self):
        return f"{self.version} → {self.person}"
