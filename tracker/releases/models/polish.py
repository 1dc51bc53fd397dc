"""What a language model proposed for a version, paragraph by paragraph."""

from django.db import models
from django.db.models import Q

from accounts.models import User

from .release import Version


class Polish(models.Model):
    """One request. `items`: {"line", "old", "new", "answer", "why"}; without `new` there is nothing to take."""

    class State(models.TextChoices):
        ASKED = "queued", "正在润色"
        DONE = "done", "已有建议"
        FAILED = "failed", "没有成功"
        USED = "closed", "已处理"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="polishes")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    items = models.JSONField(default=list)
    error = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "润色建议"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(state="queued"), name="polish_asked_once"
            )
        ]

    def __str__(self):
        return f"{self.version} {self.get_state_display()}"
