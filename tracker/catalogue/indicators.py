"""Keeping programmes and indicators; a changed definition or unit starts a version."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from accounts import audit
from accounts.models import Line, User
from accounts.rules import Refused, require

from .clauses import checked
from .models import Definition, Indicator, Measure, Programme
from .rules import may_keep_catalogue, may_retire_indicator

Comparability = Definition.Comparability
SPOKEN = {"clause", "name", "verb", "unit", "aliases", "programme"}


@transaction.atomic
def create_programme(*, line: Line, name: str, by: User, **fields) -> Programme:
    """`fields`: order, purpose, protected_name. Refused when the line has one of that name."""
    require(may_keep_catalogue(by))
    if Programme.objects.filter(line=line, name=name).exists():
        raise Refused(f"{line}已有名为“{name}”的项目。")
    programme = Programme.objects.create(line=line, name=name, **fields)
    audit.record(by, "programme.create", programme, line=line.name)
    return programme


@transaction.atomic
def edit_programme(programme: Programme, *, by: User, **changes) -> Programme:
    require(may_keep_catalogue(by))
    name = changes.get("name", programme.name)
    same = Programme.objects.filter(line=programme.line, name=name).exclude(pk=programme.pk)
    if same.exists():
        raise Refused(f"{programme.line}已有名为“{name}”的项目。")
    changed = _set(programme, changes)
    programme.save(update_fields=list(changed))
    audit.record(by, "programme.edit", programme, **changed)
    return programme


def _set(record: Programme | Indicator, changes: dict) -> dict:
    """Set what differs; {field: [before, after]} in words."""
    before = {name: getattr(record, name) for name in changes}
    differing = {name: value for name, value in changes.items() if before[name] != value}
    for name, value in differing.items():
        setattr(record, name, value)
    return {name: [str(before[name]), str(value)] for name, value in differing.items()}


@transaction.atomic
def create_indicator(
    *,
    programme: Programme,
    by: User,
    definition: str = "",
    wholes: Iterable[Indicator] = (),
    not_above: Iterable[Indicator] = (),
    **fields,
) -> Indicator:
    """An indicator with the first version of its definition. `fields` are those of the model."""
    require(may_keep_catalogue(by))
    _refuse_taken(fields["code"], fields["name"], programme)
    indicator = Indicator(programme=programme, line=programme.line, **fields)
    _refuse_incoherent(indicator)
    indicator.clause = checked(indicator)
    indicator.save()
    _link(indicator, wholes, not_above)
    Definition.objects.create(
        indicator=indicator, number=1, text=definition, unit=indicator.unit, by=by
    )
    audit.record(by, "indicator.create", indicator, code=indicator.code)
    return indicator


@transaction.atomic
def edit_indicator(
    indicator: Indicator,
    *,
    by: User,
    definition: str | None = None,
    comparability: str = Comparability.COMPARABLE,
    since: datetime.date | None = None,
    wholes: Iterable[Indicator] | None = None,
    not_above: Iterable[Indicator] | None = None,
    **changes,
) -> Indicator:
    """Change what is given. Another definition or unit starts a version, which says how it compares."""
    require(may_keep_catalogue(by))
    programme = changes.get("programme", indicator.programme)
    code, name = changes.get("code", indicator.code), changes.get("name", indicator.name)
    _refuse_taken(code, name, programme, indicator)
    changed = _set(indicator, {**changes, "line": programme.line})
    _refuse_incoherent(indicator)
    if changed.keys() & SPOKEN:
        indicator.clause = checked(indicator)
    indicator.save(update_fields=list(changed))
    _link(indicator, wholes, not_above)
    if _new_version(indicator, definition, comparability, since, by):
        changed["definition"] = definition or ""
    audit.record(by, "indicator.edit", indicator, **changed)
    return indicator


def _refuse_taken(code: str, name: str, programme: Programme, own: Indicator | None = None) -> None:
    others = Indicator.objects.exclude(pk=own and own.pk)
    if others.filter(code=code).exists():
        raise Refused(f"编码“{code}”已被其他指标使用。")
    if others.filter(programme=programme, name=name).exists():
        raise Refused(f"项目“{programme}”中已有名为“{name}”的指标。")


def _refuse_incoherent(indicator: Indicator) -> None:
    """Ratios are recomputed from two indicators that are no ratios themselves."""
    operands = [one for one in (indicator.numerator, indicator.denominator) if one]
    if operands and (len(operands) != 2 or indicator.measure != Measure.RATIO):
        raise Refused("分子和分母要同时填写，且只用于比率。")
    if any(one.measure == Measure.RATIO for one in operands):
        raise Refused("比率的分子、分母本身不能是比率。")


def _link(
    indicator: Indicator,
    wholes: Iterable[Indicator] | None,
    not_above: Iterable[Indicator] | None,
) -> None:
    if wholes is not None:
        wholes = list(wholes)
        if indicator in wholes:
            raise Refused("指标不能是自身的其中项。")
        indicator.wholes.set(wholes)
        _refuse_circle(indicator)
    if not_above is not None:
        not_above = list(not_above)
        if indicator in not_above:
            raise Refused("指标不能与自身比较大小。")
        indicator.not_above.set(not_above)


def _refuse_circle(indicator: Indicator) -> None:
    links = Indicator.wholes.through.objects.values_list("from_indicator", "to_indicator")
    wholes: dict[int, set[int]] = {}
    for part, whole in links:
        wholes.setdefault(part, set()).add(whole)
    above, rest = set(), {indicator.pk}
    while rest:
        rest = {whole for part in rest for whole in wholes.get(part, ())} - above
        above |= rest
    if indicator.pk in above:
        raise Refused("其中关系成了环：一个指标不能同时是另一个指标的整体和其中项。")


def _new_version(
    indicator: Indicator,
    text: str | None,
    comparability: str,
    since: datetime.date | None,
    by: User,
) -> bool:
    last = indicator.definitions.order_by("number").last()
    text = last.text if text is None else text
    if (text, indicator.unit_id) == (last.text, last.unit_id):
        return False
    Definition.objects.create(
        indicator=indicator,
        number=last.number + 1,
        text=text,
        unit=indicator.unit,
        comparability=comparability,
        since=since,
        by=by,
    )
    return True


@transaction.atomic
def retire_indicator(indicator: Indicator, *, by: User, reason: str) -> Indicator:
    """No longer owed; what was reported stays."""
    require(may_retire_indicator(by, indicator))
    indicator.active = False
    indicator.save(update_fields=["active"])
    audit.record(by, "indicator.retire", indicator, reason=reason)
    return indicator


@transaction.atomic
def restore_indicator(indicator: Indicator, *, by: User) -> Indicator:
    require(may_keep_catalogue(by))
    indicator.active = True
    indicator.save(update_fields=["active"])
    audit.record(by, "indicator.restore", indicator)
    return indicator
