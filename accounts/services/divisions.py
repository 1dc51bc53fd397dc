"""Puts the divisions of a file into the tree of regions."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction

from accounts import audit
from accounts.gazetteer import Division, parent_code
from accounts.models import Region, User

CHANGING = ("name", "short_name", "valid_from", "valid_to")


@dataclass
class Loaded:
    added: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def import_regions(divisions: Iterable[Division], *, by: User | None = None) -> Loaded:
    """Add what is new, rename what was renamed, remove nothing. `divisions` sorted by length."""
    known = Region.objects.in_bulk(field_name="code")
    loaded = Loaded()
    for _, level in groupby(divisions, key=lambda division: len(division.code)):
        _load_level(list(level), known, loaded)
    audit.record(by, "region.import", "区划数据", added=loaded.added, changed=loaded.changed)
    return loaded


def _load_level(level: list[Division], known: dict[str, Region], loaded: Loaded) -> None:
    new = [_region(one, known) for one in level if one.code not in known]
    changed = [_brought_up(one, known[one.code]) for one in level if one.code in known]
    moved = [region for region in changed if region is not None]
    Region.objects.bulk_update(moved, CHANGING, batch_size=500)
    for region in Region.objects.bulk_create(new, batch_size=500):
        known[region.code] = region
    loaded.added += len(new)
    loaded.changed += len(moved)
    loaded.same += len(changed) - len(moved)


def _region(division: Division, known: dict[str, Region]) -> Region:
    parent = known.get(parent_code(division.code, known) or "")
    return Region(
        code=division.code,
        level=division.level,
        kind=division.kind,
        parent=parent,
        path=f"{parent.path if parent else ''}{division.code}/",
        **{field: getattr(division, field) for field in CHANGING},
    )


def _brought_up(division: Division, region: Region) -> Region | None:
    """The region with the file's values, or None when it has them already."""
    fresh = {field: getattr(division, field) for field in CHANGING}
    # A file without dates says nothing about them.
    fresh = {field: value for field, value in fresh.items() if value is not None}
    if all(getattr(region, field) == value for field, value in fresh.items()):
        return None
    for field, value in fresh.items():
        setattr(region, field, value)
    return region
