"""What a person is told inside the product."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    OPENED = "opened", "填报开始"
    DUE_SOON = "due-soon", "即将截止"
    DUE_TODAY = "due-today", "今天截止"
    OVERDUE = "overdue", "逾期未报"
    STILL_RETURNED = "still-returned", "退回未改"
    TO_SIGNER = "to-signer", "提醒审签人"
    TO_SUPERIOR = "to-superior", "告知上级"
    REMINDER = "reminder", "催报"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "已退回"
    RECALLED = "recalled", "任务已撤回"
    APPROVED = "approved", "已核定"
    RELEASE_READY = "release-ready", "文稿已生成"
    PLAN_WAITS = "plan-waits", "汇编计划在等"
    PLAN_LACKS = "plan-lacks", "文稿等着本单位"
    RELEASE_TURN = "release-turn", "文稿待办"
    RELEASE_RETURNED = "release-returned", "文稿退回"
    RELEASE_ALARM = "release-alarm", "文稿引用的数据有变"
    COUNTERSIGN = "countersign", "请会签"
    COUNTERSIGN_DUE = "countersign-due", "会签逾期"
    WAIVER = "waiver", "校验例外"
    PATTERN_ASKED = "pattern-asked", "句式待审定"
    PATTERN_DECIDED = "pattern-decided", "句式有结果"
    FIGURE_REQUEST = "figure-request", "请补报"
    FIGURE_ANSWERED = "figure-answered", "补报有答复"
    HANDED_OVER = "handed-over", "工作移交"
    DELEGATED = "delegated", "委托代签"
    ROLES_TO_CONFIRM = "roles-to-confirm", "角色待确认"


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient_id=user.pk)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def about(self, target):
        return self.filter(target_type=type_of(target), target_id=target.pk)


def type_of(target: models.Model) -> str:
    """The name under which a notice keeps the kind of record that it is about."""
    return target._meta.model_name


class Notice(models.Model):
    """One message to one person about one record; it names no figure."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="收件人"
    )
    kind = models.CharField("种类", max_length=20, choices=Kind)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文")
    link = models.CharField("地址", max_length=300)
    target_type = models.CharField("事项类型", max_length=40)
    target_id = models.BigIntegerField("事项编号")
    occasion = models.CharField("事由", max_length=80, blank=True)
    created = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-created", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "target_type", "target_id", "occasion"],
                name="notice_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notice_kind_known"),
            models.CheckConstraint(
                condition=Q(link__startswith="/") & ~Q(link__startswith="//"),
                name="notice_link_local",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["recipient", "-created"], name="notice_latest"),
        ]

    def __str__(self):
        return self.title
