"""Keeping the plans that compile by themselves."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts import audit
from accounts.models import Line, User
from accounts.rules import require

from .hours import keep_hour
from .models import ReleasePlan
from .rules import may_plan


@transaction.atomic
def save_plan(
    plan: ReleasePlan, lines: Iterable[Line], settings: Mapping[str, str], *, by: User
) -> ReleasePlan:
    """Keep a plan, new or changed, with its lines (none: all) and what it sets."""
    require(may_plan(by, plan.region))
    plan.settings = dict(settings)
    plan.save()
    plan.lines.set(lines)
    keep_hour(plan)
    audit.record(by, "release_plan.save", plan, genre=plan.genre, active=plan.active)
    return plan
