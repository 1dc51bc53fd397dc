"""Filling a submission from a report: what a person confirmed, through the verbs of drafting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require
from tracker.catalogue.models import Programme
from tracker.ledger.models import PassageKind
from tracker.submissions.changes import Change, Place
from tracker.submissions.drafting import editable, save_figures, standing_of
from tracker.submissions.models import Narrative, Submission
from tracker.submissions.texts import confirm_numbers, numbers_in, save_narrative

LONGEST_TEXT = 4000
KEPT = ("note", "explanation", "as_of_text", "base_text", "start_text", "cumulative", "opening")


@dataclass(frozen=True)
class Taken:
    """A figure of the report (by its offset) given to a cell, as it is to be typed; `seen` as in Change.

    `as_of` is the point in time that its sentence names; without one, what stood there stays.
    """

    start: int
    place: Place
    text: str
    seen: int
    as_of: str = ""


@dataclass(frozen=True)
class TextTaken:
    """Paragraphs of the report that become one text of a programme, with the confirmed numbers' offsets."""

    programme: Programme
    lines: tuple[int, ...]
    numbers: frozenset[int]


@transaction.atomic
def fill(
    submission: Submission,
    report: str,
    taken: Sequence[Taken],
    texts: Sequence[TextTaken] = (),
    *,
    by: User,
    name: str,
    sha256: str,
) -> tuple[int, int]:
    """Write what was confirmed: figures into their cells, paragraphs as texts; how many of each.

    Raises as `save_figures` does (Unreadable, Clash, Refused); then nothing is written.
    """
    submission = editable(submission, by)
    raws = {one.start: one.raw for one in numbers_in(report, _names(texts))}
    raws |= {one.start: one.raw for one in numbers_in(report)}
    if any(one.start not in raws for one in taken):
        require(refused("报告里没有这个数字，请重新上传后确认。"))
    if taken:
        save_figures(submission, _changes(submission, taken), by=by)
    for text in texts:
        _add(submission, report, text, by)
    figures = [f"{raws[one.start]} → {one.text}" for one in taken]
    audit.record(
        by,
        "submission.fill",
        submission,
        file=name,
        sha256=sha256,
        figures=figures,
        texts=len(texts),
    )
    return len(taken), len(texts)


def _names(texts: Iterable[TextTaken]) -> list[str]:
    return [one.programme.protected_name for one in texts]


def _changes(submission: Submission, taken: Iterable[Taken]) -> list[Change]:
    """The typed values, with the words that stand beside each figure kept."""
    standing = standing_of(submission)
    changes = []
    for one in taken:
        figure = standing.get(one.place)
        words = {name: getattr(figure, _column(name)) for name in KEPT} if figure else {}
        if figure and figure.start_value is not None:
            words["start"] = f"{figure.start_value:f}{figure.indicator.unit.name}"
        if one.as_of:
            words["as_of_text"] = one.as_of
        indicator, region, member, scope = one.place
        changes.append(
            Change(indicator, region, one.text, member=member, scope=scope, seen=one.seen, **words)
        )
    return changes


def _column(name: str) -> str:
    return f"{name}_entered" if name in ("cumulative", "opening") else name


def _add(submission: Submission, report: str, text: TextTaken, by: User) -> None:
    """One text, or several where it would be too long; its confirmed numbers are passage figures."""
    for lines in _parts(report.split("\n"), text.lines):
        words = "\n".join(line for _, line in lines)
        row = save_narrative(submission, text.programme, PassageKind.PRACTICE, words, by=by)
        _confirm(row, lines, report, text.numbers, by)


def _confirm(
    row: Narrative, lines: list[tuple[int, str]], report: str, numbers: frozenset[int], by: User
) -> None:
    starts, at = [], 0
    offsets = _starts(report)
    for number, line in lines:
        first = offsets[number]
        starts += [at + one - first for one in numbers if first <= one < first + len(line)]
        at += len(line) + 1
    confirm_numbers(row, starts, by=by)


def _starts(report: str) -> list[int]:
    found, at = [], 0
    for line in report.split("\n"):
        found.append(at)
        at += len(line) + 1
    return found


def _parts(lines: Sequence[str], wanted: Iterable[int]) -> list[list[tuple[int, str]]]:
    """The wanted paragraphs in order, in parts that a text can hold."""
    parts: list[list[tuple[int, str]]] = [[]]
    size = 0
    for number in sorted(set(wanted)):
        if not 0 <= number < len(lines):
            require(refused("报告里没有这一段，请重新上传后确认。"))
        line = lines[number][:LONGEST_TEXT].replace("\t", " ")
        if parts[-1] and size + len(line) > LONGEST_TEXT:
            parts.append([])
            size = 0
        parts[-1].append((number, line))
        size += len(line) + 1
    return [part for part in parts if part]
