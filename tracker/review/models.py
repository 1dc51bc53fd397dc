"""What the gate says: comments with a reason, never overwritten."""

from django.db import models

from accounts.appendonly import protect
from accounts.models import User
from tracker.submissions.models import Figure, Submission


class Reason(models.TextChoices):
    DEFINITION = "definition", "口径不符"
    ABNORMAL = "abnormal", "数据异常"
    EVIDENCE = "evidence", "缺佐证"
    LOGIC = "logic", "逻辑关系不符"
    UNIT = "unit", "单位有误"
    TEXT = "text", "文字需修改"
    OTHER = "other", "其他"


class Comment(models.Model):
    """A question, an answer or a remark about one figure or the whole; append-only."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    figure = models.ForeignKey(
        Figure, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    reason = models.CharField("原因", max_length=20, choices=Reason, blank=True)
    text = models.TextField("内容")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    submission_version = models.PositiveIntegerField()

    class Meta:
        verbose_name = "审核意见"
        ordering = ["pk"]

    def __str__(self):
        return self.text[:40]


protect(Comment)
