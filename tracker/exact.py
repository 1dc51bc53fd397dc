"""Exact numbers on every database: Decimal outside, a scaled 64-bit integer inside.

SQLite keeps decimals as floats, so sums drift and 17 digits come back changed. Values are stored
in units of 10^-4 of the base unit and capped at 10^13 units.
"""

from decimal import ROUND_DOWN, Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.aggregates import Aggregate

PLACES = 4
SCALE = 10**PLACES
CAP = Decimal(10) ** 13


def to_scaled(value: Decimal | int | str) -> int:
    """A number in base units -> its scaled integer; ValidationError when it does not fit."""
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        raise ValidationError("“%(value)s”不是数字。", params={"value": value}) from None
    if not number.is_finite():
        raise ValidationError("“%(value)s”不是数字。", params={"value": value})
    if abs(number) > CAP:
        raise ValidationError("数值超过上限（10万亿），请检查单位是否正确。")
    scaled = number * SCALE
    if scaled != scaled.to_integral_value(ROUND_DOWN):
        raise ValidationError("小数最多保留4位。")
    return int(scaled)


def from_scaled(scaled: int | Decimal | str) -> Decimal:
    """A scaled integer -> the Decimal in base units, without trailing zeros or exponent."""
    if isinstance(scaled, int) and not scaled % SCALE:  # nearly all, and by the thousand
        return Decimal(scaled // SCALE)
    if isinstance(scaled, str):  # a sum that SQLite made
        return from_scaled(int(scaled))
    number = Decimal(scaled) / SCALE
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


class ExactField(models.Field):
    """A Decimal of at most 13 digits before and 4 after the point, exact on every database."""

    description = "Exact decimal"
    empty_strings_allowed = False

    def get_internal_type(self):
        return "BigIntegerField"

    def to_python(self, value):
        if value is None or value == "":
            return None
        return from_scaled(to_scaled(value))

    def from_db_value(self, value, expression, connection):
        return None if value is None else from_scaled(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None or value == "" else to_scaled(value)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else format(value, "f")

    def formfield(self, **kwargs):
        return super().formfield(form_class=forms.DecimalField, **kwargs)


class ExactSum(Aggregate):
    """Sum of an ExactField that cannot overflow: SQLite adds in Python integers (see apps.py)."""

    function = "SUM"
    name = "ExactSum"
    allow_distinct = False

    def as_sqlite(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function="EXACT_SUM", **extra)


class SqliteExactSum:
    """The aggregate EXACT_SUM on SQLite: its own SUM raises on integers above 64 bits."""

    def __init__(self):
        self.total, self.seen = 0, False

    def step(self, value):
        if value is not None:
            self.total, self.seen = self.total + value, True

    def finalize(self):
        return str(self.total) if self.seen else None


def install_exact_sum(sender, connection, **kwargs):
    """Give each SQLite connection the aggregate EXACT_SUM."""
    if connection.vendor == "sqlite":
        connection.connection.create_aggregate("EXACT_SUM", 1, SqliteExactSum)
