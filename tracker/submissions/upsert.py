"""Rows written or overwritten by the thousand: one statement, prepared once."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def upsert(rows: Sequence[models.Model], *, unique: Iterable[str], update: Iterable[str]) -> None:
    """Insert the rows; where one stands with the same `unique` fields, set its `update` fields."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    statement = _statement(meta, fields, unique, update)
    with connection.cursor() as cursor:
        cursor.executemany(statement, _values(rows, fields))


def unsaved(model: type[models.Model], values: Mapping[str, Any], **more: Any) -> models.Model:
    """A new row of these columns, every other one at its default.

    By position: for a row that is made by names its model asks each of thirty fields in turn.
    """
    return model(*(_defaults(model) | values | more).values())


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    """The columns in their order; no default of ours is made anew for each row."""
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}


def _statement(meta, fields: Sequence[models.Field], unique, update) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    key = ", ".join(quote(meta.get_field(name).column) for name in unique)
    now = [quote(meta.get_field(name).column) for name in update]
    changes = ", ".join(f"{column} = EXCLUDED.{column}" for column in now)
    # Every name is a model's own, none is typed by anybody.
    return (
        f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )


# What the driver takes as it stands; of 150,000 values most are.
PLAIN = (
    models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.ForeignKey,
)  # fmt: skip


def _values(rows: Sequence[models.Model], fields: Sequence[models.Field]) -> list[tuple]:
    return list(zip(*(_column(field, rows) for field in fields), strict=True))


def _column(field: models.Field, rows: Sequence[models.Model]) -> list:
    if getattr(field, "auto_now", False):  # one moment for all of them
        return [field.get_db_prep_save(field.pre_save(rows[0], True), connection)] * len(rows)
    values = [getattr(row, field.attname) for row in rows]
    if isinstance(field, PLAIN):
        return values
    return [None if one is None else field.get_db_prep_save(one, connection) for one in values]
