"""A city's own checks: made, changed, switched on and off, each in the audit."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from accounts.rules import require
from tracker import workflow

from .models import CityRule, Indicator
from .rules import may_keep_cycles_in

FIELDS = (
    "name", "indicator", "comparison", "against", "other", "number", "times", "message", "severity",
)  # fmt: skip


@transaction.atomic
def create_rule(region: Region, *, by: User, **fields) -> CityRule:
    """A rule, switched off until it has been tried on the past."""
    require(may_keep_cycles_in(by, region))
    rule = CityRule(region=region, by=by, **cleaned(region, None, fields))
    rule.save()
    audit.record(by, "city_rule.create", rule, **told(rule))
    return rule


@transaction.atomic
def edit_rule(rule: CityRule, *, by: User, version: int, **fields) -> CityRule:
    """Change it; one that was switched on is switched off, to be tried again."""
    rule = workflow.fresh(rule, version)
    require(may_keep_cycles_in(by, rule.region))
    before = told(rule)
    for name, value in cleaned(rule.region, rule, fields).items():
        setattr(rule, name, value)
    rule.active, rule.by, rule.version = False, by, rule.version + 1
    rule.save()
    audit.record(by, "city_rule.edit", rule, before=before, after=told(rule))
    return rule


@transaction.atomic
def switch_rule(rule: CityRule, on: bool, *, by: User, version: int) -> CityRule:
    """Let it check what is filled in from now on, or no more."""
    rule = workflow.fresh(rule, version)
    require(may_keep_cycles_in(by, rule.region))
    rule.active, rule.by, rule.version = on, by, rule.version + 1
    rule.save()
    if on:
        audit.record(by, "city_rule.switch_on", rule, **told(rule))
    else:
        audit.record(by, "city_rule.switch_off", rule, **told(rule))
    return rule


def cleaned(region: Region, rule: CityRule | None, fields: dict) -> dict:
    """The columns, with what the chosen comparison does not need left empty; ValidationError."""
    fields = {name: fields[name] for name in FIELDS}
    if fields["against"] != CityRule.Against.NUMBER:
        fields["number"] = None
    elif fields["number"] is None:
        raise ValidationError({"number": "请填写要比较的数。"})
    if fields["against"] != CityRule.Against.INDICATOR:
        fields["other"] = None
    else:
        _require_other(fields["indicator"], fields["other"])
    fields["times"] = fields["times"] or Decimal(1)
    if not fields["message"].strip():
        raise ValidationError({"message": "请写明提示文字。"})
    same = CityRule.objects.filter(region=region, name=fields["name"])
    if same.exclude(pk=rule.pk if rule else None).exists():
        raise ValidationError({"name": "已有同名的校验，请换一个名称。"})
    return fields


def _require_other(indicator: Indicator, other: Indicator | None) -> None:
    if other is None:
        raise ValidationError({"other": "请选择要比较的指标。"})
    if other == indicator:
        raise ValidationError({"other": "不能与自己比较，请选“本指标上期”或“本指标上年同期”。"})
    if other.unit.dimension != indicator.unit.dimension and other.unit != indicator.unit:
        raise ValidationError(
            {"other": f"两个指标的单位不同（{indicator.unit}、{other.unit}），不能直接比较。"}
        )


def told(rule: CityRule) -> dict:
    """The rule as the audit keeps it."""
    limit = {
        CityRule.Against.NUMBER: lambda: format(rule.number, "f"),
        CityRule.Against.INDICATOR: lambda: rule.other.code,
    }.get(rule.against, lambda: rule.against)()
    return {
        "name": rule.name,
        "rule": f"{rule.indicator.code} {rule.comparison} {rule.times} × {limit}",
        "severity": rule.severity,
        "message": rule.message,
    }
