"""What was said at the event: the shorthand notes as they came, and the version that they became."""

from django.db import models

from accounts.appendonly import protect
from accounts.models import User

from .release import Version


class Transcript(models.Model):
    """Notes merged with the material of a release; `turns` says which words became which talk."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="transcripts")
    # The version of the material with which the notes were compared.
    material = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    text = models.TextField("速记")
    turns = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("合成时间", auto_now_add=True)

    class Meta:
        verbose_name = "发布会速记"
        ordering = ["-pk"]

    def __str__(self):
        return self.name


protect(Transcript)
