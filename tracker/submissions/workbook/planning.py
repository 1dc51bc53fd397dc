"""What a filled workbook would do, and doing it: the same pass, once undone and once kept."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.catalogue.duties import Cell, Owing
from tracker.workbooks.reading import CellError, CellWarning, Reading, Row, read

from ..checks import Finding, check, sheet_of
from ..drafting import Clash, Place, Unreadable, editable, place_of, put_down, touched
from ..models import Figure, Status, Submission
from ..owing import owing_by
from ..rules import may_edit
from .changes import Step, Wanted, wanted
from .finding import Cells
from .sheets import FIGURES, NOTES
from .template import programmes_of
from .texts import TEXTS, take_texts
from .wording import shown, words_of


@dataclass(frozen=True)
class Plan:
    """What the rows of a workbook do. `errors` stand in the way of taking it; `findings` in the
    way of submitting afterwards; `hints` in no way."""

    file_name: str
    steps: tuple[Step, ...]
    same: int
    errors: tuple[CellError, ...]
    findings: tuple[CellError, ...]
    hints: tuple[CellWarning, ...]
    warnings: tuple[CellWarning, ...]

    @property
    def marks(self) -> tuple[CellError, ...]:
        """Everything that is to be marked in the workbook that goes back."""
        return tuple(one for one in (*self.errors, *self.findings) if one.cell)

    def counted(self, what: str) -> int:
        return sum(step.what == what for step in self.steps)


class WrongFigures(Exception):
    """Nothing was written; `plan.errors` says what is to be put right, all at once."""

    def __init__(self, plan: Plan):
        super().__init__(f"{len(plan.errors)} errors")
        self.plan = plan


class Changed(Exception):
    """The submission moved on after the preview: `plan` is what the workbook would do now."""

    def __init__(self, plan: Plan):
        super().__init__("the plan is not the one that was seen")
        self.plan = plan


def digest_of(plan: Plan) -> str:
    """Equal for two plans that do the same."""
    return hashlib.sha256(repr(plan.steps).encode()).hexdigest()


@dataclass(frozen=True)
class Book:
    """A workbook that was opened, in a process of its own and outside any transaction."""

    name: str
    digest: str
    reading: Reading


def open_book(data: bytes, name: str = "") -> Book:
    """The cells of the file. Raises NotAWorkbook."""
    reading = read(data, [FIGURES, TEXTS], filename=name, others=[NOTES.name], main=FIGURES)
    return Book(name, hashlib.sha256(data).hexdigest(), reading)


def plan_workbook(submission: Submission, book: Book, *, by: User) -> Plan:
    """What the file would do, without doing it. Raises Refused for other people."""
    require(may_edit(by, submission))
    with transaction.atomic():
        plan = _pass(submission, book, by)
        transaction.set_rollback(True)
    return plan


@transaction.atomic
def take_workbook(submission: Submission, book: Book, *, by: User, seen: str | None = None) -> Plan:
    """Write what the rows say, whole or not at all; what was done.

    Raises WrongFigures when a row is in error, Changed when the steps are not those `seen`.
    """
    require(may_edit(by, submission))
    done = _pass(submission, book, by)
    if done.errors:
        raise WrongFigures(done)
    if seen is not None and digest_of(done) != seen:
        raise Changed(done)
    words = {"name": book.name, "sha256": book.digest, "rows": len(done.steps)}
    audit.record(by, "submission.workbook", submission, **words)
    return done


def _pass(submission: Submission, book: Book, by: User) -> Plan:
    """Save what can be saved and check the whole, so that all errors are said at once."""
    reading = book.reading
    submission = editable(submission, by)
    rows = reading.rows[FIGURES.name]
    figures = submission.figures.select_related("indicator__unit")
    standing = {place_of(one): one for one in figures}
    asked = {place for place, one in standing.items() if one.questioned}
    asked = asked if submission.status == Status.RETURNED else set()
    owing = owing_by([submission])[submission.pk]
    cells = owing.cells
    found = wanted(rows, Cells(cells), standing, asked)
    written = _save(submission, standing, found, cells, by)
    texts = take_texts(submission, reading.rows[TEXTS.name], programmes_of(cells), by=by)
    errors = _in_order([*reading.errors, *_no_column(rows), *found.errors, *texts.errors])
    now = (standing | written).values()
    told = {error.cell for error in errors} - {""}
    blocking, hints = _checked(submission, owing, now, found, told)
    return Plan(
        book.name,
        (*found.steps.values(), *texts.steps),
        found.same + texts.same,
        errors,
        _in_order([*blocking, *found_nothing([*rows, *reading.rows[TEXTS.name]], reading)]),
        hints,
        tuple(reading.warnings),
    )


def found_nothing(rows: Sequence[Row], reading: Reading) -> list[CellError]:
    return [] if rows or reading.errors else [CellError("", "", "表格里没有填写任何一行")]


def _no_column(rows: Sequence[Row]) -> list[CellError]:
    """A sheet without the column that it is all about."""
    if not rows or "text" in rows[0].cells:
        return []
    return [CellError(rows[0].sheet, f"A{rows[0].number - 1}", "缺少“本期”这一列，请按模板填写")]


def _save(
    submission: Submission,
    standing: dict[Place, Figure],
    found: Wanted,
    cells: Sequence[Cell],
    by: User,
) -> dict[Place, Figure]:
    """Everything that can be read, by place; each pass leaves out the rows that stopped the last."""
    while found.changes:
        try:
            written = put_down(submission, standing, found.changes, by=by, cells=cells)
            touched(submission)
            return written
        except Unreadable as problem:
            found.drop(problem.by_place)
        except Clash as clash:
            found.drop({place: _meanwhile(theirs) for place, theirs in clash.theirs.items()})
    return {}


def _meanwhile(theirs: Figure) -> str:
    now = shown(words_of(theirs), "text") or "空白"
    return f"同事刚改为“{now}”，请重新下载模板，核对后再填"


def _checked(
    submission, owing: Owing, now: Iterable[Figure], found: Wanted, told: set[str]
) -> tuple[list, tuple[CellWarning, ...]]:
    """What has to be mended before submitting, and what is only worth a look.

    A cell that is told to be wrong already is not told to be blank besides.
    """
    rows = {(i, r, s): row for (i, r, member, s), row in found.rows.items() if not member}
    blocking, hints = [], []
    for one in check(submission, sheet_of(submission, owing, now)):
        row = rows.get((one.indicator, one.region, one.scope))
        if row and not told.isdisjoint(row.cells.values()):
            continue
        if one.blocks:
            blocking.append(_note(CellError, row, one))
        elif one.severity == "warning":
            hints.append(_note(CellWarning, row, one))
    return blocking, tuple(hints)


def _note(kind: type, row: Row | None, one: Finding):
    message = one.message.rstrip("。")
    return kind(row.sheet, row.cells.get("text", ""), message) if row else kind("", "", message)


def _in_order(errors: Sequence[CellError]) -> tuple[CellError, ...]:
    """From top to bottom; what belongs to no cell comes first."""
    return tuple(sorted(errors, key=_at))


def _at(error: CellError) -> tuple[int, str]:
    letters = error.cell.rstrip("0123456789")
    return (int(error.cell.removeprefix(letters) or 0), letters)
