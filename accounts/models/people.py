"""Users, the posts they hold, and the roles that come with a post."""

from datetime import date
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models.agencies import Agency
from accounts.models.places import in_force
from accounts.models.roles import Kind, Role
from accounts.reach import Reach


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def visible_to(self, user):
        """All for an administrator; else oneself and the people of the agencies one sees."""
        if user.reach.administers:
            return self
        seen = Agency.objects.visible_to(user).values("pk")
        posts = Appointment.objects.filter(agency__in=seen).values("user")
        return self.filter(Q(pk=user.pk) | Q(pk__in=posts, kind=Kind.BUSINESS))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        return self.get(username__iexact=self.model.normalize_username(username))


class User(AbstractBaseUser):
    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=40)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, default=Kind.BUSINESS)
    phone = models.CharField("电话", max_length=30, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    password_set_at = models.DateTimeField("密码设定时间", default=timezone.now)
    opened_at = models.DateTimeField("开户时间", default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "用户"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_once_in_any_case"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="user_kind_known"),
        ]

    def __str__(self):
        return self.name

    @cached_property
    def reach(self) -> Reach:
        """What this user may do today, for as long as this object lives (one request)."""
        return self.reach_on(timezone.localdate())

    def reach_on(self, day: date) -> Reach:
        return Reach.of(RoleGrant.objects.current(day).filter(appointment__user=self))

    def refresh_from_db(self, *args, **kwargs):
        super().refresh_from_db(*args, **kwargs)
        self.__dict__.pop("reach", None)


class AppointmentQuerySet(models.QuerySet):
    def current(self, on: date):
        return self.filter(in_force(on, "starts", "ends"))


class Appointment(models.Model):
    """A post at an agency; `ends` is its last day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="人员")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="appointments", verbose_name="机构"
    )
    post = models.CharField("职务", max_length=60)
    starts = models.DateField("起")
    ends = models.DateField("止", null=True, blank=True)
    speaking_order = models.PositiveSmallIntegerField("发言顺序", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        ordering = ["agency", "speaking_order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="appointment_period_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.user}（{self.agency}{self.post}）"

    def is_current(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or self.ends >= on)


def _roles_of(kind: Kind) -> Q:
    return Q(user_kind=kind, role__in=[role for role in Role.values if Role.kinds[role] == kind])


class RoleGrantQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(confirmed_at__isnull=True, revoked_at__isnull=True)

    def standing(self):
        """Confirmed and not revoked, whatever their dates."""
        return self.filter(confirmed_at__isnull=False, revoked_at__isnull=True)

    def revoked(self):
        return self.filter(revoked_at__isnull=False)

    def current(self, on: date):
        """In force that day: confirmed, unrevoked, within its own and its post's dates."""
        return self.standing().filter(
            in_force(on, "starts", "ends"),
            in_force(on, "appointment__starts", "appointment__ends"),
            appointment__user__is_active=True,
            appointment__agency__active=True,
        )

    def visible_to(self, user):
        """All for an administrator; else one's own."""
        return self if user.reach.administers else self.filter(appointment__user=user)


class RoleGrant(models.Model):
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, related_name="grants", verbose_name="任职"
    )
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    user_kind = models.CharField("人员类别", max_length=10, choices=Kind.choices)
    starts = models.DateField("起")
    ends = models.DateField("止", null=True, blank=True)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提请人"
    )
    proposed_at = models.DateTimeField("提请时间", default=timezone.now)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "角色"
        ordering = ["appointment", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_roles_of(Kind.BUSINESS)
                | _roles_of(Kind.SYSTEM)
                | _roles_of(Kind.SECURITY)
                | _roles_of(Kind.AUDIT),
                name="grant_role_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="grant_period_in_order",
            ),
            # Without a proposer only at set-up, when there is nobody yet to confirm.
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                | Q(confirmed_at__isnull=False, proposed_by__isnull=True),
                name="grant_confirmed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(confirmed_by=F("proposed_by")),
                name="grant_not_confirmed_by_proposer",
            ),
            models.UniqueConstraint(
                fields=["appointment", "role"],
                condition=Q(revoked_at__isnull=True, ends__isnull=True),
                name="grant_once_per_post",
            ),
        ]

    def __str__(self):
        return f"{self.appointment} {self.get_role_display()}"


class HandOver(models.Model):
    """One post given to another person; the work that is open follows by these rows."""

    giver = models.ForeignKey(
        Appointment, models.PROTECT, related_name="handed_on", verbose_name="移交任职"
    )
    taker = models.ForeignKey(
        Appointment, models.PROTECT, related_name="taken_over", verbose_name="接收任职"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("办理时间", default=timezone.now)
    note = models.CharField("说明", max_length=200, blank=True)
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "交接"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_to_another"),
        ]

    def __str__(self):
        return f"{self.giver} → {self.taker}"
