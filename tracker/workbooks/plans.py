"""What the rows of a file would do, and doing it: the same pass, once undone and once kept."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import transaction

from accounts.models import User

from .reading import CellError, CellWarning, Reading
from .sheets import Sheet

CREATED, CHANGED, SAME = "create", "update", "same"


@dataclass(frozen=True)
class Step:
    """What one row does: `what` is create, update or same; `changes` are headings that differ."""

    sheet: str
    cell: str
    label: str
    what: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What the rows of a file do, and everything that is wrong with it."""

    steps: tuple[Step, ...]
    errors: tuple[CellError, ...]
    warnings: tuple[CellWarning, ...]
    reading: Reading = field(repr=False, compare=False)

    def of(self, what: str) -> list[Step]:
        return [step for step in self.steps if step.what == what]

    @property
    def creates(self) -> list[Step]:
        return self.of(CREATED)

    @property
    def updates(self) -> list[Step]:
        return self.of(CHANGED)

    @property
    def unchanged(self) -> list[Step]:
        return self.of(SAME)

    @property
    def counts(self) -> dict[str, int]:
        """As the audit keeps them."""
        return {"created": len(self.creates), "changed": len(self.updates)}


P = TypeVar("P", bound=Plan)


class News(Exception):
    """Nothing was written; `plan` is what the file would do now."""

    def __init__(self, plan: Plan):
        super().__init__(f"{len(plan.errors)} errors")
        self.plan = plan


class WrongWorkbook(News):
    """`plan.errors` says what is to be put right, all at once."""


class Changed(News):
    """What is written into moved on after the preview."""


def rehearsed(act: Callable[[], P]) -> P:
    """What the pass would do, and nothing of it written."""
    with transaction.atomic():
        plan = act()
        transaction.set_rollback(True)
    return plan


def without_errors(plan: P) -> P:
    """The plan; raises WrongWorkbook when it is not all right."""
    if plan.errors:
        raise WrongWorkbook(plan)
    return plan


def digest_of(plan: Plan) -> str:
    """Equal for two plans that do the same."""
    return hashlib.sha256(repr(plan.steps).encode()).hexdigest()


@transaction.atomic
def as_seen(carry_out: Callable[..., P], plan: P, seen: str, *, by: User) -> P:
    """Carry out what a person has seen; raises Changed, with nothing written, when it would do anything else."""
    done = carry_out(plan, by=by)
    if digest_of(done) != seen:
        raise Changed(done)
    return done


def in_order(errors: Iterable[CellError], sheets: Sequence[Sheet]) -> tuple[CellError, ...]:
    """By sheet as the workbook has them, then from top to bottom."""
    places = {sheet.name: number for number, sheet in enumerate(sheets)}
    return tuple(sorted(errors, key=lambda error: (places.get(error.sheet, -1), _place(error))))


def _place(error: CellError) -> tuple[int, str]:
    letters = error.cell.rstrip("0123456789")
    return int(error.cell.removeprefix(letters) or 0), letters
