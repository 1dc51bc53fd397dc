"""Taking a workbook row by row: what each row did, and everything that was wrong, at once."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Agency, Line, Region, User
from accounts.rules import Refused

from .plans import Step
from .reading import CellError, CellWarning, Row

BESIDE_CODE = ("name", "region", "year")


class Wrong(Exception):
    """A cell of the row says something that cannot be; the message tells what to do."""

    def __init__(self, key: str, message: str):
        super().__init__(message)
        self.key, self.message = key, message


class Follows(Exception):
    """The row needs another one that is itself in error and has been named already."""


@dataclass
class Taking:
    """One pass over a workbook for one person."""

    by: User
    steps: list[Step] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellWarning] = field(default_factory=list)
    failed: set[tuple[str, str]] = field(default_factory=set)
    seen: dict[tuple, str] = field(default_factory=dict)

    def each(
        self, rows: Iterable[Row], main: str, name: Callable[[Row], Any], take: Callable
    ) -> None:
        """Call `take(self, row)` for every good row; `main` is the column that errors point to.

        `name(row)` is what the sheet names its rows by: twice the same is an error.
        """
        for row in rows:
            with self.at(row, main):
                if row.bad:
                    raise Follows
                self._refuse_twice(row, main, name(row))
                take(self, row)

    @contextmanager
    def at(self, row: Row, main: str):
        """Whatever goes wrong inside is written down, and the row's own changes are undone."""
        try:
            with transaction.atomic():
                yield
        except Follows:
            self.failed.add((row.sheet, str(row[main])))
        except Wrong as wrong:
            self._fail(row, main, wrong.key, wrong.message)
        except Refused as refusal:
            self._fail(row, main, main, refusal.verdict.reason.rstrip("。"))
        except ValidationError as problem:
            for key, messages in _by_cell(problem, row, main).items():
                self._fail(row, main, key, "、".join(messages).rstrip("。"))

    def _fail(self, row: Row, main: str, key: str, message: str) -> None:
        self.failed.add((row.sheet, str(row[main])))
        self.errors.append(row.error(key, message))

    def _refuse_twice(self, row: Row, main: str, name: Any) -> None:
        first = self.seen.setdefault((row.sheet, name), row.cells[main])
        if first != row.cells[main]:
            raise Wrong(main, f"与{first}重复，请只保留一行")

    def done(self, row: Row, main: str, what: str, changes: Iterable[str] = ()) -> None:
        # A code alone tells a reader little.
        further = [row.values[key] for key in BESIDE_CODE if main == "code" and key in row.values]
        label = " ".join(str(part) for part in [row[main], *further])
        self.steps.append(Step(row.sheet, row.cells[main], label, what, tuple(changes)))

    # What rows refer to. Each is one look-up of something that is few: lines, regions, agencies.

    def line(self, row: Row, key: str = "line", name: str | None = None) -> Line:
        name = row[key] if name is None else name
        line = Line.objects.filter(name=name).first()
        if line is None:
            known = "、".join(Line.objects.values_list("name", flat=True))
            raise Wrong(key, f"没有条线“{name}”，现有：{known}")
        return line

    def region(self, row: Row, key: str = "region") -> Region:
        try:
            return Region.objects.by_code(row[key])
        except ValueError as problem:
            region = Region.objects.filter(code=row[key]).first()
            if region is None:
                raise Wrong(key, str(problem)) from problem
            return region
        except Region.DoesNotExist:
            raise Wrong(key, f"没有代码为{row[key]}的区划") from None

    def agency(self, row: Row, key: str) -> Agency:
        """By full name, else by a short name that only one agency has."""
        name = row[key]
        known = Agency.objects.active().select_related("line", "region")
        agency = known.filter(name=name).first()
        short = [] if agency else list(known.filter(short_name=name)[:2])
        if agency or len(short) == 1:
            return agency or short[0]
        if ("机构", name) in self.failed:
            raise Follows
        raise Wrong(key, f"没有名为“{name}”的机构，请写全称，或先在「机构」表中填写")


def _by_cell(problem: ValidationError, row: Row, main: str) -> dict[str, list[str]]:
    """The messages by the column that each is about; by the main one where the sheet has no such column."""
    found: dict[str, list[str]] = {}
    by_field = problem.message_dict if hasattr(problem, "error_dict") else {main: problem.messages}
    for key, messages in by_field.items():
        found.setdefault(key if given(row, key) else main, []).extend(messages)
    return found


def given(row: Row, key: str) -> bool:
    """Does the sheet have the column at all?"""
    return key in row.cells


def differing(row: Row, record: Any, keys: Iterable[str]) -> dict[str, Any]:
    """The values of the columns that the sheet has and that differ from the record's."""
    return {key: row[key] for key in keys if given(row, key) and row[key] != getattr(record, key)}
