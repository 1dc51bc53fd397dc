"""Tables whose rows are written once: the database itself refuses to change or remove them."""

from contextlib import contextmanager

from django.conf import settings

from accounts import triggers
from accounts.triggers import Trigger

_protected: dict[str, frozenset[str]] = {}


def protect(model, except_fields=()) -> None:
    """Refuse UPDATE (but of the fields named), DELETE and, on PostgreSQL, TRUNCATE.

    To be called once per model, at the import of the app; `triggers.install` does the rest.
    """
    table = model._meta.db_table
    said = f"{table} is append-only"
    fixed = [f.column for f in model._meta.local_concrete_fields if f.name not in except_fields]
    when = " OR ".join(f'NEW."{column}" {{differs}} OLD."{column}"' for column in fixed)
    _protected[table] = frozenset(except_fields)
    triggers.register(
        Trigger(table, "UPDATE", said, when if except_fields else "1 = 1"),
        Trigger(table, "DELETE", said),
        Trigger(table, "TRUNCATE", said),
    )


def protected() -> dict[str, frozenset[str]]:
    """Table -> names of the fields that may still change."""
    return dict(_protected)


def installed(connection) -> set[str]:
    """The tables that are guarded in this database, fully."""
    names = triggers.installed(connection)
    due = triggers.expected(connection)
    return {table for table in _protected if _names_of(table) & due <= names}


@contextmanager
def lifted(connection):
    """Without the triggers: how the test runner empties tables. Never in production."""
    if getattr(settings, "PRODUCTION", False):
        raise RuntimeError("Append-only tables stay so in production.")
    triggers.uninstall(connection)
    try:
        yield
    finally:
        triggers.install(connection)


def _names_of(table: str) -> set[str]:
    return {Trigger(table, event, "").name for event in ("UPDATE", "DELETE", "TRUNCATE")}
