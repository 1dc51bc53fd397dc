"""What the database holds, as far as two runs of the same act must agree on it."""

from django.apps import apps
from django.db import models

from tests.gates.asking import COLUMNS
from tests.gates.test_matrix import EXPECTED

# Chained, or about the asking itself.
APART = {"AuditEntry", "AuditHead", "Receipt"}
CHANCE = {
    "password", "digest", "hash", "hint", "file", "sha256", "tree", "snapshot", "chain",
}  # fmt: skip


def trace() -> dict[str, list[tuple]]:
    """Every row of ours, without times and without what is drawn by lot."""
    return {model.__name__: rows_of(model) for model in ours()}


def ours():
    for label in ("accounts", "tracker"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if model.__name__ not in APART:
                yield model


def rows_of(model) -> list[tuple]:
    fields = [
        field.attname
        for field in model._meta.local_concrete_fields
        if field.name not in CHANCE
        and not isinstance(field, (models.DateTimeField, models.BinaryField))
        and not field.primary_key
    ]
    return sorted(model._base_manager.values_list(*fields), key=repr)


def acts() -> list[tuple[str, str, str]]:
    """(address, place, role) of every act that somebody may do by a page."""
    found = {}
    for row in EXPECTED:
        doers = [column for column in COLUMNS[:-1] if row.answers[column] in ("done", "goes")]
        if row.method == "POST" and doers and not row.route.startswith("api-"):
            found.setdefault(row.route, (row.route, row.place, doers[0]))
    return sorted(found.values())
