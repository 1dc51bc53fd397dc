"""The city's working days: the national calendar with the days declared on a page."""

import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.workdays import Workdays

from .models import WorkdayOverride
from .rules import may_keep_catalogue


def city_workdays() -> Workdays:
    """In one query."""
    return Workdays(dict(WorkdayOverride.objects.values_list("day", "is_workday")))


@transaction.atomic
def declare_day(
    day: datetime.date, *, is_workday: bool, by: User, note: str = ""
) -> WorkdayOverride:
    """Say that a day is worked, or free, against the national calendar."""
    require(may_keep_catalogue(by))
    declared, _ = WorkdayOverride.objects.update_or_create(
        day=day, defaults={"is_workday": is_workday, "note": note}
    )
    audit.record(by, "workday.declare", declared, day=day, is_workday=is_workday, note=note)
    return declared


@transaction.atomic
def undeclare_day(declared: WorkdayOverride, *, by: User) -> None:
    """Let the national calendar count again."""
    require(may_keep_catalogue(by))
    audit.record(by, "workday.undeclare", declared, day=declared.day)
    declared.delete()
