"""What a workbook would do, and doing it: the same pass, once undone and once kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.workbooks.reading import CellError, CellWarning, Reading, read

from ..rules import may_keep_catalogue
from . import agencies, cycles, indicators, people, programmes, targets
from .sheets import HISTORY_SHEETS, SHEETS
from .taking import CHANGED, CREATED, SAME, Step, Taking

TAKERS = (agencies, people, programmes, indicators, targets, cycles)


@dataclass(frozen=True)
class Plan:
    """What the rows of a workbook do, and everything that is wrong with it."""

    file_name: str
    steps: tuple[Step, ...]
    errors: tuple[CellError, ...]
    warnings: tuple[CellWarning, ...]
    reading: Reading = field(repr=False, compare=False)

    @property
    def creates(self) -> list[Step]:
        return [step for step in self.steps if step.what == CREATED]

    @property
    def updates(self) -> list[Step]:
        return [step for step in self.steps if step.what == CHANGED]

    @property
    def unchanged(self) -> list[Step]:
        return [step for step in self.steps if step.what == SAME]


class WrongWorkbook(Exception):
    """Nothing was written; `plan.errors` says what is to be put right, all at once."""

    def __init__(self, plan: Plan):
        super().__init__(f"{len(plan.errors)} errors")
        self.plan = plan


def plan_import(source: bytes | str | Path, *, by: User, filename: str = "") -> Plan:
    """What the file would do, without doing it. Raises NotAWorkbook, and Refused for other people."""
    require(may_keep_catalogue(by))
    name = filename or ("" if isinstance(source, bytes) else Path(source).name)
    reading = read(source, SHEETS, filename=name, others=HISTORY_SHEETS)
    with transaction.atomic():
        plan = _pass(name, reading, by)
        transaction.set_rollback(True)
    return plan


@transaction.atomic
def carry_out(plan: Plan, *, by: User) -> Plan:
    """Write what was planned, whole or not at all; raises WrongWorkbook when it is not all right.

    Judged again as things stand now, so that a plan which waited cannot write what no longer fits.
    """
    require(may_keep_catalogue(by))
    done = _pass(plan.file_name, plan.reading, by)
    if done.errors:
        raise WrongWorkbook(done)
    counts = {"created": len(done.creates), "changed": len(done.updates)}
    audit.record(by, "catalogue.import", plan.file_name, **counts)
    return done


def _pass(name: str, reading: Reading, by: User) -> Plan:
    taking = Taking(by)
    for sheet, taker in zip(SHEETS, TAKERS, strict=True):
        taker.take(taking, reading.rows[sheet.name])
    errors = _in_order([*reading.errors, *taking.errors])
    return Plan(name, tuple(taking.steps), errors, (*reading.warnings, *taking.warnings), reading)


def _in_order(errors: Sequence[CellError]) -> tuple[CellError, ...]:
    """By sheet as the workbook has them, then from top to bottom."""
    places = {sheet.name: number for number, sheet in enumerate(SHEETS)}
    return tuple(sorted(errors, key=lambda error: (places.get(error.sheet, -1), _row(error))))


def _row(error: CellError) -> tuple[int, str]:
    letters = error.cell.rstrip("0123456789")
    number = error.cell.removeprefix(letters)
    return (int(number or 0), letters)
