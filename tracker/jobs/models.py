"""Work to be done, kept in the database so that no crash loses it."""

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    QUEUED = "queued", "排队"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "未能办理"
    DEAD = "dead", "多次出错，已停止"
    MERGED = "merged", "并入后一项"
    DISMISSED = "dismissed", "不再办理"


class JobQuerySet(models.QuerySet):
    def queued(self):
        return self.filter(state=State.QUEUED)

    def running(self):
        return self.filter(state=State.RUNNING)

    def due(self, at):
        """Queued, past their time, and no job of the same key under way."""
        twin = Job.objects.running().filter(
            kind=models.OuterRef("kind"), key=models.OuterRef("key")
        )
        return self.queued().filter(~models.Exists(twin), run_after__lte=at)

    def expired(self, at):
        """Running jobs whose worker has not been heard of in time."""
        return self.running().filter(lease_until__lt=at)

    def settled(self):
        return self.exclude(state__in=[State.QUEUED, State.RUNNING])


class Job(models.Model):
    """One piece of work. `enqueue` makes it; `claim`, `finish`, `give_up` and `reap` alone change it.

    `payload` holds ids, never figures or names. `token` rises with each claim: whoever holds an
    older one can no longer finish the job.
    """

    kind = models.CharField("种类", max_length=40)
    key = models.CharField("业务键", max_length=120)
    payload = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField("次数", default=0)
    token = models.PositiveIntegerField("令牌", default=0)
    run_after = models.DateTimeField("不早于")
    woken_at = models.DateTimeField("已通知", null=True)
    lease_until = models.DateTimeField("租期至", null=True)
    heartbeat = models.DateTimeField("最近心跳", null=True)
    progress = models.PositiveSmallIntegerField("进度", default=0)
    note = models.CharField("进展", max_length=200, blank=True)
    error = models.TextField("原因", blank=True)
    created = models.DateTimeField("提出")
    started = models.DateTimeField("开始", null=True)
    finished = models.DateTimeField("结束", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state="queued"), name="job_queued_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state="running"), name="job_runs_alone"
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | ~Q(state="running") & Q(lease_until__isnull=True),
                name="job_running_has_lease",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state_known"),
        ]
        indexes = [
            models.Index(fields=["run_after"], condition=Q(state="queued"), name="job_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_leased"),
            models.Index(fields=["kind", "-finished"], name="job_last_of_kind"),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def late(self):
        """How long it waited before it began, or None while it waits."""
        return self.started - max(self.created, self.run_after) if self.started else None


class Slot(models.Model):
    """The schedule `task` has fired for the time `slot`; the second scheduler to say so is refused."""

    task = models.CharField("定时任务", max_length=200)
    slot = models.DateTimeField("时点")

    class Meta:
        verbose_name = verbose_name_plural = "定时任务时点"
        constraints = [models.UniqueConstraint(fields=["task", "slot"], name="slot_fires_once")]

    def __str__(self):
        return f"{self.task} {self.slot:%Y-%m-%d %H:%M}"
