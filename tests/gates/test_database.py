"""What the database itself holds: triggers, named constraints, migrations that are up to date."""

import ast
import inspect

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from accounts import appendonly, audit, triggers
from accounts.models import AuditEntry
from tests.gates.world import World

pytestmark = pytest.mark.django_db
# Every table whose rows are written once, with the fields that may change all the same.
APPEND_ONLY = {
    "accounts_auditentry": set(),
    "tracker_submissionmove": set(),
    "tracker_signature": set(),
    "tracker_chase": set(),
    "tracker_comment": set(),
    "tracker_entry": set(),
    "tracker_passage": set(),
    "tracker_passagefigure": set(),
    "tracker_standing": set(),
    "tracker_publication": set(),
    "tracker_overlap": set(),
    "tracker_freeze": set(),
    "tracker_controlnote": set(),
    "tracker_reconciliation": set(),
    "tracker_releasemove": set(),
    "tracker_version": set(),
    "tracker_citation": set(),
    "tracker_releasefile": set(),
    "tracker_step": set(),
    "tracker_countersign": set(),
    "tracker_countersignanswer": set(),
    "tracker_issuance": set(),
    "tracker_textcomment": set(),
    "tracker_commentsettlement": set(),
    "tracker_transcript": set(),
    "tracker_wordingversion": set(),
    "tracker_patternversion": set(),
    "tracker_patterndecision": set(),
    "tracker_housestyle": set(),
}
OURS = [
    model for label in ("accounts", "tracker") for model in apps.get_app_config(label).get_models()
]
MODEL_OF = {model._meta.db_table: model for model in OURS}


def test_the_append_only_tables_are_these():
    assert appendonly.protected() == APPEND_ONLY


def test_every_trigger_is_in_place():
    assert triggers.installed(connection) == triggers.expected(connection)
    assert appendonly.installed(connection) == set(APPEND_ONLY)


def run(statement: str, *parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def filled(table: str) -> models.Model:
    """A row of the table; every one of them has some after the flow of the world."""
    return MODEL_OF[table]._base_manager.order_by("pk").first()


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_the_database_refuses_to_change_a_row(world, table):
    row = row_of(world, table)
    names = [field.column for field in row._meta.local_concrete_fields if not field.primary_key]
    for column in names:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(f'UPDATE {table} SET "{column}" = "{column}" WHERE id = %s', row.pk)
    row.refresh_from_db()


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_the_database_refuses_to_remove_a_row(world, table):
    row = row_of(world, table)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(f"DELETE FROM {table} WHERE id = %s", row.pk)
    row.refresh_from_db()


def row_of(world: World, table: str) -> models.Model:
    row = filled(table)
    assert row is not None, f"the world leaves {table} empty: nothing would be proved"
    return row


def test_the_triggers_come_back_after_a_migration_drops_them():
    with connection.cursor() as cursor:
        name = "shiji_tracker_entry_delete"
        on = " ON tracker_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert triggers.expected(connection) - triggers.installed(connection) == {name}
    call_command("migrate", verbosity=0)
    assert triggers.installed(connection) == triggers.expected(connection)


def test_the_chain_is_whole_after_the_whole_flow(world):
    assert AuditEntry.objects.count() > 200
    assert list(audit.faults()) == []


def test_a_row_changed_behind_the_triggers_is_found(world):
    with appendonly.lifted(connection):
        AuditEntry.objects.filter(seq=7).update(actor_name="别人")
    assert list(audit.faults()) == ["第7条内容被改动。"]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_constraint_has_a_name_that_somebody_chose(model):
    """unique_together makes up names; so would a constraint without `name=` in the source."""
    assert not model._meta.unique_together
    names = [one.name for one in (*model._meta.constraints, *model._meta.indexes)]
    tree = ast.parse(inspect.getsource(inspect.getmodule(model)))
    written = {
        keyword.value.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
    }
    helped = {"figure_value_matches_kind", "entry_value_matches_kind"}
    assert set(names) <= written | helped


def test_constraint_names_are_unique_over_both_apps():
    names = [one.name for model in OURS for one in (*model._meta.constraints, *model._meta.indexes)]
    assert sorted(names) == sorted(set(names))


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


SEPARATED = [
    ("submission", "signed_by", "submitted_by"),
    ("submission", "decided_by", "submitted_by"),
    ("submission", "decided_by", "signed_by"),
]


@pytest.mark.parametrize(("kind", "one", "other"), SEPARATED)
def test_nobody_plays_two_parts_in_a_submission(world, kind, one, other):
    row = world.things["approved"]["own"]
    with pytest.raises(DatabaseError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{one: getattr(row, other)})


def test_no_administrator_takes_a_second_kind_of_role(world):
    grant = world.city.people["zhao"].appointments.get().grants.get()
    for role, kind in (("system_admin", "system"), ("reviewer", "business")):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(grant).objects.filter(pk=grant.pk).update(role=role, user_kind=kind)
