"""The people of the tests, set up as a city sets itself up: through the verbs.

李 fills in for the trade union, 张 signs for it; 王 reviews, 吴 edits and 郑 issues at the lead
office; 孙 belongs to the youth league and must see nothing of the union; 赵 audits, 钱 administers
the system, 周 confirms roles.
"""

from dataclasses import dataclass, field
from datetime import date

from django.core.management.color import no_style
from django.db import connection

from accounts.gazetteer import Division
from accounts.models import (
    Agency,
    AgencyLink,
    AgencyName,
    Appointment,
    AuditEntry,
    AuditHead,
    Kind,
    Line,
    Region,
    RoleGrant,
    User,
)
from accounts.services import appoint, confirm_roles, create_agency, open_account, propose_role
from accounts.services.setup import init

PASSWORD = "correct-horse-battery-staple"
LEAD = "济南市扶贫开发领导小组办公室"
SINCE = date(2015, 1, 1)
DIVISIONS = [
    Division("37", "山东省"),
    Division("3701", "济南市"),
    Division("370102", "历下区"),
    Division("370103", "市中区"),
    Division("370124", "平阴县"),
    Division("370102001", "解放路街道"),
]


@dataclass
class City:
    """Everybody and everything that a test can ask for by name."""

    region: Region
    lead_office: Agency
    union: Agency
    league: Agency
    people: dict[str, User] = field(default_factory=dict)


TABLES = (
    Line, Region, Agency, AgencyName, AgencyLink, User, Appointment, RoleGrant, AuditHead, AuditEntry,
)  # fmt: skip
_kept: dict[type, list[dict]] = {}


def found_city() -> City:
    """The city as the verbs make it: made once, and after that its rows are put back as they were."""
    if not _kept:
        city = made_city()
        _kept.update({model: list(model._base_manager.order_by("pk").values()) for model in TABLES})
        return city
    for model in TABLES:
        model._base_manager.bulk_create([model(**row) for row in _kept[model]])
    _sequences_past_the_rows()
    return known_city()


def _sequences_past_the_rows() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), TABLES):
            cursor.execute(statement)


def known_city() -> City:
    """The people and agencies that stand in the database, by name."""
    agencies = {one.name: one for one in Agency.objects.select_related("line", "region")}
    return City(
        Region.objects.get(code="3701"),
        agencies[LEAD],
        agencies["济南市总工会"],
        agencies["共青团济南市委员会"],
        {one.username: one for one in User.objects.all()},
    )


def made_city() -> City:
    opened = {one.role.value: one.user for one in init("370100", LEAD, divisions=DIVISIONS)}
    region, lead_office = Region.objects.get(code="3701"), Agency.objects.get()
    people = {
        "wang": renamed(opened["reviewer"], "王", "wang"),
        "qian": renamed(opened["system_admin"], "钱", "qian"),
        "zhou": renamed(opened["security_admin"], "周", "zhou"),
        "zhao": renamed(opened["auditor"], "赵", "zhao"),
    }
    qian = people["qian"]
    union = agency("union", region, "济南市总工会", "市总工会", by=qian)
    league = agency("league", region, "共青团济南市委员会", "团市委", by=qian)
    city = City(region, lead_office, union, league, people)
    employ(city, "li", "李", union, "干事", "reporter")
    employ(city, "zhang", "张", union, "副主席", "signer")
    employ(city, "sun", "孙", league, "干事", "reporter", "signer")
    employ(city, "wu", "吴", lead_office, "科长", "editor")
    employ(city, "zheng", "郑", lead_office, "主任", "issuer")
    return city


def agency(line: str, region: Region, name: str, short_name: str, *, by: User) -> Agency:
    return create_agency(
        line=Line.objects.get(code=line),
        region=region,
        name=name,
        short_name=short_name,
        since=SINCE,
        by=by,
    )


def employ(city: City, username: str, name: str, agency: Agency, post: str, *roles: str) -> User:
    """A person at an agency whose roles are in force, known to the city by the user name."""
    qian, zhou = city.people["qian"], city.people["zhou"]
    user, _ = open_account(name=name, username=username, by=qian)
    appointment = appoint(user, agency, post, starts=SINCE, by=qian)
    confirm_roles([propose_role(appointment, role, by=qian) for role in roles], by=zhou)
    city.people[username] = settled(user)
    return user


def administrator(city: City, username: str, name: str, kind: Kind, role: str) -> User:
    """One more administrator at the lead office."""
    qian, zhou = city.people["qian"], city.people["zhou"]
    user, _ = open_account(name=name, username=username, kind=kind, by=qian)
    appointment = appoint(user, city.lead_office, "管理员", starts=SINCE, by=qian)
    confirm_roles([propose_role(appointment, role, by=qian)], by=zhou)
    return settled(user)


def renamed(user: User, name: str, username: str) -> User:
    user.name, user.username = name, username
    user.appointments.update(starts=SINCE)
    user.appointments.get().grants.update(starts=SINCE)
    return settled(user)


def settled(user: User) -> User:
    """As after the first sign-in: with a password of their own."""
    user.set_password(PASSWORD)
    user.must_change_password = False
    user.save()
    user.__dict__.pop("reach", None)
    return user
