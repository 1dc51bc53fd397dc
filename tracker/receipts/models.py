"""Receipts: a form that was sent once and what came of it."""

from django.conf import settings
from django.db import models


class ReceiptQuerySet(models.QuerySet):
    def older_than(self, moment):
        return self.filter(at__lt=moment)


class Receipt(models.Model):
    """The key of one form as one person was shown it; `answer` is where its act led, empty until then.

    A program chooses its own keys: `fingerprint` tells whether the same key brought the same request,
    `result` is what it was answered.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="用户"
    )
    key = models.CharField("表单编号", max_length=64)
    at = models.DateTimeField("收到时间", auto_now_add=True, db_index=True)
    answer = models.CharField("结果地址", max_length=500, blank=True)
    fingerprint = models.CharField("请求摘要", max_length=64, blank=True)
    result = models.JSONField("结果", null=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "表单回执"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="receipt_once_per_form"),
        ]

    def __str__(self):
        return f"{self.user} {self.key}"
