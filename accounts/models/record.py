"""The audit record: append-only, each row sealed with the hash of the one before it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from accounts.appendonly import protect


class AuditEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For auditors only."""
        return self if user.reach.has("auditor") else self.none()


class AuditEntry(models.Model):
    class Outcome(models.TextChoices):
        DONE = "done", "已完成"
        REFUSED = "refused", "被拒绝"
        FAILED = "failed", "失败"

    seq = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="操作人",
    )
    actor_name = models.CharField("操作人姓名", max_length=60)
    act = models.CharField("操作", max_length=60, db_index=True)
    target_type = models.CharField("对象类型", max_length=60, blank=True)
    target_id = models.CharField("对象编号", max_length=60, blank=True)
    target_label = models.CharField("对象", max_length=200, blank=True)
    data = models.JSONField("内容", default=dict, encoder=DjangoJSONEncoder)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices)
    previous_hash = models.CharField("前一条摘要", max_length=64)
    hash = models.CharField("摘要", max_length=64, unique=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "审计记录"
        ordering = ["-seq"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]

    def __str__(self):
        return f"{self.seq} {self.actor_name} {self.act}"


class AuditHead(models.Model):
    """The last link of the chain: one row, locked by each writer in turn."""

    seq = models.PositiveBigIntegerField("序号", default=0)
    hash = models.CharField("摘要", max_length=64, default="")

    class Meta:
        verbose_name = "审计链头"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="audit_head_one_row")]

    def __str__(self):
        return str(self.seq)


protect(AuditEntry)
