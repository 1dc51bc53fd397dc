"""Tokens by which a person's own programs read what the person may read."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.people import User


class ApiTokenQuerySet(models.QuerySet):
    def live(self, at=None):
        """Neither revoked nor expired, of a person whose account stands."""
        at = at or timezone.now()
        return self.filter(revoked_at__isnull=True, expires_at__gt=at, user__is_active=True)

    def visible_to(self, user):
        """One's own."""
        return self.filter(user=user)


class ApiToken(models.Model):
    """Only the hash is kept; `hint` is the beginning, by which its owner knows it again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name="用户")
    name = models.CharField("用途", max_length=60)
    hint = models.CharField("开头", max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("创建时间", default=timezone.now)
    expires_at = models.DateTimeField("到期时间")
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    # A token that was given to a program for reading never becomes one that acts.
    may_act = models.BooleanField("可填报和办理", default=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "接口令牌"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_expires_after_its_making"
            )
        ]

    def __str__(self):
        return f"{self.name}（{self.hint}…）"

    @property
    def state(self) -> str:
        if self.revoked_at:
            return "已撤销"
        return "有效" if self.expires_at > timezone.now() else "已到期"
