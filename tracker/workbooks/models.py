"""Workbooks that people sent, kept until they are dealt with."""

from django.db import models

from accounts.models import User


class UploadQuerySet(models.QuerySet):
    def waiting(self):
        """Neither carried out nor given up."""
        return self.filter(settled_at__isnull=True)

    def visible_to(self, user):
        """One's own only: nobody confirms what somebody else previewed."""
        return self.filter(by=user)


class Upload(models.Model):
    """A file between its preview and its confirmation; `outcome` says what came of it.

    The bytes stay as they came, so that what is confirmed is what was shown, and the marked
    workbook can be given back.
    """

    class Purpose(models.TextChoices):
        CATALOGUE = "catalogue", "目录"
        HISTORY = "history", "历史数据"
        SUBMISSION = "submission", "填报数据"
        REPORT = "report", "报告填数"
        PAST = "past", "已发文稿核对"
        NOTES = "notes", "发布会速记"
        WORDS = "words", "词典"
        ROSTER = "roster", "名册"

    purpose = models.CharField("用途", max_length=10, choices=Purpose)
    # The number of the record that it is for. Those records stand above this floor.
    about = models.PositiveBigIntegerField("所属记录", null=True)
    name = models.CharField("文件名", max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("上传时间", auto_now_add=True)
    settled_at = models.DateTimeField("处理时间", null=True)
    outcome = models.JSONField("结果", default=dict)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "上传的工作簿"
        ordering = ["-pk"]

    def __str__(self):
        return self.name
