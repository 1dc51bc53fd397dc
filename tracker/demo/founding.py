"""From an empty database to a city with its people and its catalogue."""

from django.conf import settings
from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.services import change_own_password, confirm_roles, edit_account
from accounts.services.setup import init
from tracker.catalogue.city import serve_region
from tracker.catalogue.workbook.plan import carry_out, plan_import

from .tables import workbook

LEAD = "济南市工作成果发布办公室"
FIRST = {
    "reviewer": ("王海燕", "zhuguan"),
    "system_admin": ("钱立群", "xitong"),
    "security_admin": ("周文博", "anquan"),
    "auditor": ("赵明远", "shenji"),
}


def found() -> dict[str, User]:
    """Role -> the four people with whom it begins; everybody's password is the demo's."""
    opened = {one.role.value: one.user for one in init("370100", LEAD)}
    first = {
        role: named(user, *FIRST[role], by=opened["system_admin"]) for role, user in opened.items()
    }
    serve_region("370100", is_demo=True)
    fill(first["reviewer"])
    let_in(first["security_admin"])
    for user in User.objects.all():
        change_own_password(settings.DEMO_PASSWORD, by=user)
    return first


def named(user: User, name: str, username: str, *, by: User) -> User:
    return edit_account(user, name=name, username=username, phone="", by=by)


def fill(reviewer: User) -> None:
    """The catalogue, by its own import."""
    last_year = timezone.localdate().year - 1
    carry_out(plan_import(workbook(last_year), by=reviewer, filename="演示目录.xlsx"), by=reviewer)


def let_in(security: User) -> None:
    confirm_roles(list(RoleGrant.objects.pending()), by=security)
