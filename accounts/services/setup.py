"""The first hour of a city: its lead office, one reviewer and the three administrators."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts import audit, gazetteer
from accounts.models import Agency, Appointment, Kind, Line, Region, Role, RoleGrant, User
from accounts.passwords import one_time_password
from accounts.rules import Refused
from accounts.services.agencies import FOUNDED, found_agency
from accounts.services.divisions import import_regions
from accounts.services.people import create_account

FIRST = (
    ("主管", Kind.BUSINESS, Role.REVIEWER, "主管"),
    ("系统管理员", Kind.SYSTEM, Role.SYSTEM_ADMIN, "系统管理员"),
    ("安全管理员", Kind.SECURITY, Role.SECURITY_ADMIN, "安全管理员"),
    ("审计员", Kind.AUDIT, Role.AUDITOR, "审计员"),
)
LINES = (
    ("general", "综合"),
    ("union", "工会"),
    ("league", "团委"),
    ("women", "妇联"),
    ("civil", "民政"),
)


@dataclass(frozen=True)
class Opened:
    user: User
    role: Role
    password: str


@transaction.atomic
def init(region_code: str, lead_name: str, *, divisions=None) -> list[Opened]:
    """Four people with one-time passwords, which are kept nowhere else.

    Refused when there are people already, or when the code names no region.
    """
    if User.objects.exists():
        raise Refused("数据库里已有人员，不能再次初始化。")
    region = _region(region_code, divisions)
    lines = [_line(order, *line) for order, line in enumerate(LINES)]
    office = found_agency(
        line=lines[0], region=region, name=lead_name, leads=region, superior=None, since=FOUNDED
    )
    opened = [_open(office, *person) for person in FIRST]
    audit.record(None, "city.init", office, region=region.code)
    return opened


def _region(code: str, divisions) -> Region:
    try:
        import_regions(divisions or gazetteer.read(city=code))
        return Region.objects.by_code(code)
    except ValueError as error:
        raise Refused(f"{error}。") from error
    except Region.DoesNotExist:
        raise Refused(f"区划数据中没有代码{code}，请核对后重试。") from None


def _line(order: int, code: str, name: str) -> Line:
    return Line.objects.get_or_create(code=code, defaults={"name": name, "order": order})[0]


def _open(office: Agency, name: str, kind: Kind, role: Role, post: str) -> Opened:
    """In force at once: there is nobody yet who could propose and nobody who could confirm."""
    password = one_time_password()
    user = create_account(name=name, kind=kind, password=password)
    today = timezone.localdate()
    appointment = Appointment.objects.create(user=user, agency=office, post=post, starts=today)
    RoleGrant.objects.create(
        appointment=appointment,
        role=role,
        user_kind=kind,
        starts=today,
        confirmed_at=timezone.now(),
    )
    audit.record(None, "account.open", user, username=user.username, kind=kind, role=role)
    return Opened(user, role, password)
