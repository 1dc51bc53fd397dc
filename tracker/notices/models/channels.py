"""The ways out of the product: mail and the robots of chat groups, and what went over them."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.appendonly import protect
from accounts.models import Agency

from .notice import Kind, type_of


class Service(models.TextChoices):
    MAIL = "mail", "邮件"
    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"
    FEISHU = "feishu", "飞书群机器人"


class ChannelQuerySet(models.QuerySet):
    def active(self):
        return self.filter(active=True)


class Channel(models.Model):
    """Mail, or one chat group's robot; `agency` None: the group of the whole city.

    `address` holds the robot's key and is shown to nobody again, like `secret`.
    """

    service = models.CharField("方式", max_length=10, choices=Service)
    name = models.CharField("名称", max_length=60, unique=True)
    address = models.CharField("机器人地址", max_length=500, blank=True)
    secret = models.CharField("加签密钥", max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    kinds = models.JSONField("发送哪些通知", default=list)
    active = models.BooleanField("启用", default=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = "通知渠道"
        ordering = ["service", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service__in=Service.values), name="channel_service_known"
            ),
            models.CheckConstraint(
                condition=Q(service="mail", address="") | ~Q(service="mail") & ~Q(address=""),
                name="channel_robot_has_its_address",
            ),
            models.UniqueConstraint(
                fields=["service"], condition=Q(service="mail"), name="channel_mail_once"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_mail(self) -> bool:
        return self.service == Service.MAIL


class Contact(models.Model):
    """Where a person wants to be told outside the product."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact", verbose_name="人员"
    )
    email = models.EmailField("邮箱", blank=True)
    by_mail = models.BooleanField("接收邮件通知", default=False)
    mobile = models.CharField("手机号", max_length=20, blank=True)
    mention = models.BooleanField("在群里提醒我", default=False)

    class Meta:
        verbose_name = "联系方式"
        constraints = [
            models.CheckConstraint(
                condition=Q(by_mail=False) | ~Q(email=""), name="contact_mail_needs_an_address"
            ),
            models.CheckConstraint(
                condition=Q(mention=False) | ~Q(mobile=""), name="contact_mention_needs_a_number"
            ),
        ]

    def __str__(self):
        return f"{self.user}"


class Wording(models.Model):
    """The city's own words for a kind of notice; without a row those of the product."""

    kind = models.CharField("种类", max_length=20, choices=Kind, unique=True)
    title = models.CharField("标题", max_length=100)
    text = models.TextField("正文", max_length=500)

    class Meta:
        verbose_name = "通知文字"
        ordering = ["kind"]

    def __str__(self):
        return self.get_kind_display()


class WordingVersion(models.Model):
    """The words of a kind as they were from `at` on: the city's own, or again those of the product."""

    kind = models.CharField("种类", max_length=20, choices=Kind)
    number = models.PositiveIntegerField("版次")
    title = models.CharField("标题", max_length=100)
    text = models.TextField("正文", max_length=500)
    is_own = models.BooleanField("本市文字", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "通知文字版本"
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="wording_version_once")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} 第{self.number}版"


class Manner(models.Model):
    """When the outside is told: not in the quiet hours, and several things in one message."""

    quiet_from = models.TimeField("免打扰起", default=datetime.time(20))
    quiet_until = models.TimeField("免打扰止", default=datetime.time(8))
    gather_minutes = models.PositiveSmallIntegerField("合并几分钟内的通知", default=5)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        verbose_name = "发送方式"
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="manner_only_one"),
            models.CheckConstraint(
                condition=Q(gather_minutes__lte=120), name="manner_gathers_two_hours_at_most"
            ),
        ]

    def __str__(self):
        return f"{self.quiet_from:%H:%M}-{self.quiet_until:%H:%M}"


class State(models.TextChoices):
    QUEUED = "queued", "待发送"
    SENT = "sent", "已送达"
    FAILED = "failed", "没有送达"
    DROPPED = "dropped", "不再需要"


class DeliveryQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=State.QUEUED)

    def about(self, target: models.Model):
        return self.filter(target_type=type_of(target), target_id=target.pk)


class Delivery(models.Model):
    """One notice on its way over one channel: to a person by mail, to a group by its robot.

    `people` are the ids of those whom the robot calls by name.
    """

    State = State

    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="deliveries", verbose_name="渠道"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="deliveries",
        verbose_name="收件人",
    )
    kind = models.CharField("种类", max_length=20, choices=Kind)
    target_type = models.CharField("事项类型", max_length=40)
    target_id = models.BigIntegerField("事项编号")
    occasion = models.CharField("事由", max_length=80, blank=True)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("正文")
    link = models.CharField("地址", max_length=300)
    people = models.JSONField("提醒谁", default=list)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    error = models.CharField("原因", max_length=200, blank=True)
    created = models.DateTimeField("提出时间")
    not_before = models.DateTimeField("不早于")
    settled_at = models.DateTimeField("办结时间", null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "发送记录"
        ordering = ["-created", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "person", "kind", "target_type", "target_id", "occasion"],
                condition=Q(person__isnull=False),
                name="delivery_once_to_a_person",
            ),
            models.UniqueConstraint(
                fields=["channel", "kind", "target_type", "target_id", "occasion"],
                condition=Q(person__isnull=True),
                name="delivery_once_to_a_group",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="delivery_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "person"], condition=Q(state="queued"), name="delivery_waiting"
            ),
            models.Index(fields=["target_type", "target_id"], name="delivery_about"),
        ]

    def __str__(self):
        return self.title


protect(WordingVersion)
