"""The catalogue's workbook: what it would do, and doing it."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.workbooks import plans
from tracker.workbooks.plans import in_order, rehearsed, without_errors
from tracker.workbooks.reading import Reading, read
from tracker.workbooks.taking import Taking

from ..rules import may_keep_catalogue
from . import agencies, cycles, indicators, people, programmes, targets
from .sheets import HISTORY_SHEETS, SHEETS

TAKERS = (agencies, people, programmes, indicators, targets, cycles)


@dataclass(frozen=True)
class Plan(plans.Plan):
    file_name: str


def plan_import(source: bytes | str | Path, *, by: User, filename: str = "") -> Plan:
    """What the file would do, without doing it. Raises NotAWorkbook, and Refused for other people."""
    require(may_keep_catalogue(by))
    name = filename or ("" if isinstance(source, bytes) else Path(source).name)
    reading = read(source, SHEETS, filename=name, others=HISTORY_SHEETS)
    return rehearsed(lambda: _pass(name, reading, by))


@transaction.atomic
def carry_out(plan: Plan, *, by: User) -> Plan:
    """Write what was planned, whole or not at all; raises WrongWorkbook when it is not all right.

    Judged again as things stand now, so that a plan which waited cannot write what no longer fits.
    """
    require(may_keep_catalogue(by))
    done = without_errors(_pass(plan.file_name, plan.reading, by))
    audit.record(by, "catalogue.import", plan.file_name, **done.counts)
    return done


def _pass(name: str, reading: Reading, by: User) -> Plan:
    taking = Taking(by)
    for sheet, taker in zip(SHEETS, TAKERS, strict=True):
        taker.take(taking, reading.rows[sheet.name])
    errors = in_order([*reading.errors, *taking.errors], SHEETS)
    warnings = (*reading.warnings, *taking.warnings)
    return Plan(tuple(taking.steps), errors, warnings, reading, name)
