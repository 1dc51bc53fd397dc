"""What lies between two versions: unsaved texts, and remarks on a place of the text."""

from django.db import models
from django.db.models import Q

from accounts.appendonly import protect
from accounts.models import User

from .release import Release, Version


class Working(models.Model):
    """A person's unsaved text of a draft: one row, replaced while typing, gone once saved.

    `serial` grows with every replacement, so that two windows of one person do not overwrite
    each other; `base` is the version from which the text was taken.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="workings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    page = models.JSONField()
    serial = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "未保存的修改"
        constraints = [
            models.UniqueConstraint(fields=["release", "user"], name="working_copy_once"),
        ]

    def __str__(self):
        return f"{self.release} {self.user}"


class TextComment(models.Model):
    """A remark on some words of a version. Append-only: it is answered and settled, never changed.

    `quote` are the words, `before` what stood before them; by both the place is found again.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="text_comments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    reply_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    quote = models.CharField("原文", max_length=200, blank=True)
    before = models.CharField(max_length=40, blank=True)
    text = models.CharField("批注", max_length=1000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "批注"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="text_comment_says_something"),
        ]

    def __str__(self):
        return self.text


class CommentSettlement(models.Model):
    """That a remark has been dealt with, and by whom. Append-only."""

    comment = models.OneToOneField(TextComment, on_delete=models.PROTECT, related_name="settlement")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.comment}"


protect(TextComment)
protect(CommentSettlement)
