"""Setting targets; one changed in mid-year keeps what it was before."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Region, User
from accounts.rules import Refused, require

from .models import Indicator, Target
from .rules import may_set_target

WITHOUT_VALUE = {Target.Kind.FULL, Target.Kind.ON_TIME}


@transaction.atomic
def set_target(
    indicator: Indicator,
    region: Region,
    year: int,
    *,
    by: User,
    kind: str = Target.Kind.AT_LEAST,
    value: Decimal | None = None,
    basis: str = "",
) -> Target:
    """The target of a year in base units; the one before it is kept with its last moment."""
    require(may_set_target(by, region))
    if value is None and kind not in WITHOUT_VALUE:
        raise Refused(f"“{Target.Kind(kind).label}”类目标必须填写目标值。")
    current = _current(indicator, region, year)
    if current and (current.kind, current.value, current.basis) == (kind, value, basis):
        return current
    now = timezone.now()
    if current:
        _end(current, now)
    target = Target.objects.create(
        indicator=indicator,
        region=region,
        year=year,
        kind=kind,
        value=value,
        basis=basis,
        since=now,
    )
    audit.record(by, "target.set", target, value=value, before=current and current.value)
    return target


@transaction.atomic
def drop_target(target: Target, *, by: User, reason: str) -> Target:
    """The target no longer counts; it stays on record."""
    require(may_set_target(by, target.region))
    if target.until:
        raise Refused("这项目标已经失效。")
    _end(target, timezone.now())
    audit.record(by, "target.drop", target, reason=reason)
    return target


def _current(indicator: Indicator, region: Region, year: int) -> Target | None:
    return Target.objects.current().filter(indicator=indicator, region=region, year=year).first()


def _end(target: Target, moment) -> None:
    target.until = moment
    target.save(update_fields=["until"])
