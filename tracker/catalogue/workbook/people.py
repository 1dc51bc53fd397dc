"""The sheet 人员: posts and proposed roles, which the security administrator confirms.

A person is known by the sign-in name, else by name within the agency.
"""

from django.utils import timezone

from accounts.models import Agency, Appointment, RoleGrant, User
from accounts.services import appoint, change_appointment, enroll, propose_role
from tracker.workbooks.plans import CHANGED, CREATED, SAME
from tracker.workbooks.reading import Row
from tracker.workbooks.taking import Taking, Wrong, given

MAIN = "name"


def take(taking: Taking, rows: list[Row]) -> None:
    taking.each(
        rows,
        MAIN,
        lambda row: (row[MAIN], row["agency"], row["post"], row["username"]),
        _take,
    )


def _take(taking: Taking, row: Row) -> None:
    agency = taking.agency(row, "agency")
    user = _known(row, agency)
    opened = user is None
    if opened:
        user = enroll(name=row[MAIN], agency=agency, username=row["username"], by=taking.by)
    appointment = _post(user, agency, row)
    changes = [] if appointment is None else _change(taking, row, appointment)
    if appointment is None:
        appointment = appoint(
            user,
            agency,
            row["post"],
            starts=row["starts"] or timezone.localdate(),
            ends=row["ends"],
            speaking_order=row["speaking_order"],
            by=taking.by,
        )
        changes = ["任职"]
    changes += _propose(taking, row, appointment)
    taking.done(row, MAIN, CREATED if opened else CHANGED if changes else SAME, changes)


def _known(row: Row, agency: Agency) -> User | None:
    if row["username"]:
        user = User.objects.filter(username__iexact=row["username"]).first()
        if user and user.name != row[MAIN]:
            raise Wrong("username", f"登录名“{row['username']}”是{user.name}的，请核对")
        return user
    posts = Appointment.objects.filter(agency=agency, user__name=row[MAIN])
    found = list(User.objects.filter(pk__in=posts.values("user"))[:2])
    if len(found) == 2:
        raise Wrong(MAIN, f"{agency}有两名{row[MAIN]}，请填写登录名加以区分")
    return found[0] if found else None


def _post(user: User, agency: Agency, row: Row) -> Appointment | None:
    """The post that the row speaks of: begun on its day, or running when it names none."""
    posts = user.appointments.filter(agency=agency, post=row["post"])
    if row["starts"]:
        return posts.filter(starts=row["starts"]).first()
    return posts.current(timezone.localdate()).first()


def _change(taking: Taking, row: Row, appointment: Appointment) -> list[str]:
    ends = row["ends"] if given(row, "ends") else appointment.ends
    order = row["speaking_order"] if given(row, "speaking_order") else appointment.speaking_order
    if (ends, order) == (appointment.ends, appointment.speaking_order):
        return []
    change_appointment(appointment, ends=ends, speaking_order=order, by=taking.by)
    return ["止、发言顺序"]


def _propose(taking: Taking, row: Row, appointment: Appointment) -> list[str]:
    known = set(
        RoleGrant.objects.filter(appointment=appointment, revoked_at=None).values_list(
            "role", flat=True
        )
    )
    wanted = [role for role in dict.fromkeys(row["roles"]) if role not in known]
    for role in wanted:
        propose_role(appointment, role, by=taking.by)
    return [f"提请角色{role.label}" for role in wanted]
