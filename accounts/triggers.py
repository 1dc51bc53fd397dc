"""Triggers that refuse a change, the same on SQLite and PostgreSQL.

They are put in place again after every migrate, because a table that SQLite rebuilds loses its
triggers without a word.
"""

from dataclasses import dataclass

PREFIX = "shiji_"
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'shiji~_%' ESCAPE '~'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'shiji~_%' ESCAPE '~'",
}


@dataclass(frozen=True)
class Trigger:
    """Refuse `event` on a row of `table` when `when` holds.

    `when` is SQL over NEW and OLD; {differs} in it stands for "is not equal, nulls included".
    """

    table: str
    event: str
    message: str
    when: str = "1 = 1"

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.table}_{self.event.lower()}"


registered: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    registered.update({trigger.name: trigger for trigger in triggers})


def install(connection) -> None:
    """Create (again) every registered trigger whose table exists."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for trigger in _of(connection):
            if trigger.table in tables:
                for statement in WRITERS[connection.vendor](trigger):
                    cursor.execute(statement)


def uninstall(connection) -> None:
    with connection.cursor() as cursor:
        for name in installed(connection):
            table = registered[name].table
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def installed(connection) -> set[str]:
    """Names of our triggers in this database."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def expected(connection) -> set[str]:
    """Names of the triggers that this database should have."""
    return {trigger.name for trigger in _of(connection)}


def _of(connection) -> list[Trigger]:
    truncates = connection.vendor == "postgresql"
    return [one for one in registered.values() if truncates or one.event != "TRUNCATE"]


def _sqlite(trigger: Trigger) -> list[str]:
    when = trigger.when.format(differs=DIFFERS["sqlite"])
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name}",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW "
        f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END",
    ]


def _postgresql(trigger: Trigger) -> list[str]:
    """The condition stands in the function: there a WHEN may not hold a subquery."""
    when = trigger.when.format(differs=DIFFERS["postgresql"])
    each = "STATEMENT" if trigger.event == "TRUNCATE" else "ROW"
    goes_on = {"TRUNCATE": "NULL", "DELETE": "OLD"}.get(trigger.event, "NEW")
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
        f"MESSAGE = '{trigger.message}'; END IF; RETURN {goes_on}; END $$",
        f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {trigger.name}()",
    ]


WRITERS = {"sqlite": _sqlite, "postgresql": _postgresql}
