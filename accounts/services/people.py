"""Accounts: open, reset, disable, and what people change about themselves."""

from collections.abc import Iterable

from axes.utils import reset as unlock
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Kind, Role, RoleGrant, User
from accounts.passwords import one_time_password
from accounts.rules import (
    Refused,
    may_disable,
    may_enable,
    may_manage_accounts,
    may_manage_agency,
    may_reset_password,
    require,
)

LAST_HOLDERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)


@transaction.atomic
def open_account(
    *, name: str, by: User, username: str = "", kind: str = Kind.BUSINESS, phone: str = ""
) -> tuple[User, str]:
    """A new account and its one-time password, which is kept nowhere. Without a user name: the name."""
    require(may_manage_accounts(by))
    password = one_time_password()
    user = create_account(name=name, username=username, kind=kind, phone=phone, password=password)
    audit.record(by, "account.open", user, username=user.username, kind=user.kind)
    return user, password


@transaction.atomic
def enroll(*, name: str, agency, by: User, username: str = "", phone: str = "") -> User:
    """A business account that cannot sign in until its password is first reset: a row of a list."""
    require(may_manage_agency(by, agency))
    user = create_account(name=name, username=username, phone=phone, password=None)
    audit.record(by, "account.enroll", user, username=user.username, agency=agency.name)
    return user


def create_account(
    *, name: str, password: str | None, username: str = "", kind=Kind.BUSINESS, phone: str = ""
) -> User:
    """The row itself, without rule or record; Refused when the user name is taken."""
    username = User.normalize_username(username.strip()) or _free_username(name)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"用户名“{username}”已被使用，请换一个。")
    return User.objects.create_user(
        username, password, name=name, kind=kind, phone=phone, must_change_password=True
    )


def _free_username(name: str) -> str:
    base = User.normalize_username(name.replace(" ", ""))
    taken = set(User.objects.filter(username__istartswith=base).values_list("username", flat=True))
    taken = {username.lower() for username in taken}
    numbered = (f"{base}{number}" for number in range(2, len(taken) + 3))
    return (
        base if base.lower() not in taken else next(n for n in numbered if n.lower() not in taken)
    )


@transaction.atomic
def reset_password(user: User, *, by: User) -> str:
    """A new one-time password; every session of the user ends."""
    require(may_reset_password(by, user))
    return renew_password(user, by=by)


def without_password(by: User):
    """Business accounts from a list that nobody can sign in with yet."""
    require(may_manage_accounts(by))
    rows = User.objects.visible_to(by).active().filter(kind=Kind.BUSINESS)
    return rows.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).order_by("name", "pk")


@transaction.atomic
def issue_passwords(users: Iterable[User], *, by: User) -> list[tuple[User, str]]:
    """A one-time password for each of these new accounts, all or none; kept nowhere."""
    new = {user.pk: user for user in without_password(by).select_for_update()}
    if any(user.pk not in new for user in users):
        raise Refused("有人已经有了密码，请刷新页面后再试；忘记密码的，请到本人页面重置。")
    return [(new[user.pk], renew_password(new[user.pk], by=by)) for user in users]


def renew_password(user: User, *, by: User | None) -> str:
    """As reset_password, for the shell too: there whoever can type it needs no rule."""
    password = one_time_password()
    _set_password(user, password, must_change=True)
    unlock(username=user.username.lower())
    audit.record(by, "account.reset_password", user)
    return password


@transaction.atomic
def change_own_password(password: str, *, by: User) -> User:
    """The password that the user chose; other sessions end. Validated by the form."""
    _set_password(by, password, must_change=False)
    audit.record(by, "account.change_password", by)
    return by


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.password_set_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_set_at"])


@transaction.atomic
def edit_profile(*, phone: str, by: User) -> User:
    """What people may change about themselves; names are the administrator's."""
    before, by.phone = by.phone, phone
    by.save(update_fields=["phone"])
    audit.record(by, "account.edit_profile", by, changed=["电话"] if before != phone else [])
    return by


@transaction.atomic
def edit_account(user: User, *, name: str, username: str, phone: str, by: User) -> User:
    require(may_manage_accounts(by))
    username = User.normalize_username(username)
    if User.objects.filter(username__iexact=username).exclude(pk=user.pk).exists():
        raise Refused(f"用户名“{username}”已被使用，请换一个。")
    before = {"name": user.name, "username": user.username}
    user.name, user.username, user.phone = name, username, phone
    user.save(update_fields=["name", "username", "phone"])
    audit.record(
        by, "account.edit", user, before=before, after={"name": name, "username": username}
    )
    return user


@transaction.atomic
def disable(user: User, *, by: User, reason: str) -> User:
    """No sign-in any more, and no role counts, from the next request on."""
    require(may_disable(by, user))
    refuse_to_lose_the_last(RoleGrant.objects.filter(appointment__user=user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(by, "account.disable", user, reason=reason)
    return user


@transaction.atomic
def enable(user: User, *, by: User) -> User:
    require(may_enable(by, user))
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(by, "account.enable", user)
    return user


def refuse_to_lose_the_last(grants) -> None:
    """Refused when, without these grants, one of the three administrators would be missing."""
    current = RoleGrant.objects.current(timezone.localdate())
    leaving = set(grants.values_list("pk", flat=True))
    for role in LAST_HOLDERS:
        holders = set(current.filter(role=role).values_list("pk", flat=True))
        if holders and holders <= leaving:
            raise Refused(f"这是最后一名“{role.label}”人员，请先确定接任的人。")
