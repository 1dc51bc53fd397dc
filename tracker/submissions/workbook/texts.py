"""The texts of a submission as a sheet of its workbook: taken away, changed, and brought back."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from accounts.models import User
from accounts.rules import Refused
from tracker.catalogue.models import Programme
from tracker.ledger.models import PassageKind
from tracker.workbooks.cells import squeeze
from tracker.workbooks.reading import CellError, Row
from tracker.workbooks.sheets import Column, Kind, Sheet

from ..models import Narrative, Submission
from ..texts import remove_narrative, save_narrative
from .changes import Step
from .finding import Wrong

KINDS = {kind.label: kind.value for kind in PassageKind}
TEXTS = Sheet(
    "文字材料",
    (
        Column("项目", key="programme", default="", width=24, help="从列表中选择"),
        Column("类型", Kind.CHOICE, key="kind", default="", choices=KINDS, width=12),
        Column("发言人", key="speaker", default="", max_length=60, help="类型为引语时填写"),
        Column("问题", key="question", default="", max_length=500, width=24, help="类型为问答时填写"),
        Column("文字", key="text", default="", max_length=4000, width=80,
               help="写做了什么、怎么做的，建议100—300字；文中的数字写入后在网页上逐个确认"),
        Column("核对码", Kind.CODE, key="mark", default="", locked=True,
               help="系统据此认出哪一段改过，请勿改动"),
    ),
)  # fmt: skip
WORDS = ("kind", "speaker", "question", "text")
HEADINGS = {column.key: column.heading for column in TEXTS.columns}
STALE = "下载模板后这段文字已有改动，请重新下载模板，核对后再改"


def sheet_for(programmes: Iterable[Programme]) -> Sheet:
    """The same sheet, its programmes in a list to choose from."""
    first, *others = TEXTS.columns
    choose = Column(
        first.heading, Kind.CHOICE, key=first.key, default="", width=first.width, help=first.help,
        choices=tuple(dict.fromkeys(one.name for one in programmes)),
    )  # fmt: skip
    return replace(TEXTS, columns=(choose, *others))


def text_rows(
    programmes: Iterable[Programme], texts: Iterable[Narrative]
) -> Iterator[dict[str, Any]]:
    """What stands, and an empty row for each programme of which nothing is told yet."""
    by_programme: dict[int, list[Narrative]] = {}
    for text in texts:
        by_programme.setdefault(text.programme_id, []).append(text)
    for one in programmes:
        for text in by_programme.get(one.pk, ()):
            yield words_of(text) | {"programme": one.name, "mark": mark_of(text)}
        if one.pk not in by_programme:
            yield {"programme": one.name}


def words_of(text: Narrative | None) -> dict[str, str]:
    return {name: getattr(text, name) if text else "" for name in WORDS}


def digest_of(words: dict[str, str]) -> str:
    said = "\x1f".join(" ".join(str(words[name] or "").split()) for name in WORDS)
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def mark_of(text: Narrative) -> str:
    """Which text, in which version, and how it read: 12-3-1f0c2a9d."""
    return f"{text.pk}-{text.version}-{digest_of(words_of(text))}"


@dataclass
class Told:
    """What the rows do to the texts, and what is wrong with them."""

    steps: list[Step] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    same: int = 0


def take_texts(submission: Submission, rows: Iterable[Row], programmes, *, by: User) -> Told:
    """Save row by row what says something new."""
    told = Told()
    named = {squeeze(one.name): one for one in programmes}
    standing = {text.pk: text for text in submission.narratives.select_related("programme")}
    for row in rows:
        try:
            _take(told, row, submission, named, standing, by)
        except Wrong as wrong:
            told.errors.append(row.error(wrong.key, wrong.message))
        except Refused as refusal:
            told.errors.append(row.error("text", str(refusal).rstrip("。")))
    return told


def _take(told: Told, row: Row, submission, named, standing, by: User) -> None:
    if row.bad or not (row["text"] or row["mark"]):
        return
    text, version, digest = _marked(row["mark"], standing)
    words = {name: row[name] for name in WORDS}
    home = named.get(squeeze(row["programme"]))
    moved = bool(text) and home is not None and home.pk != text.programme_id
    if (digest == digest_of(words) and not moved) or (
        text and words_of(text) == words and not moved
    ):
        told.same += 1
        return
    if row["mark"] and (text is None or text.version != version):
        raise Wrong("text", STALE)
    if home is None:
        raise Wrong("programme", f"“{row['programme']}”不是本单位的项目，请从列表中选择")
    told.steps.append(_step(row, home, text, words))
    if not row["text"]:
        remove_narrative(text, by=by)
        return
    _require_whole(words)
    save_narrative(
        submission, home, words["kind"], words["text"], by=by, narrative=text,
        seen=text.version if text else 0, speaker=words["speaker"], question=words["question"],
    )  # fmt: skip


def _marked(mark: str, standing: dict[int, Narrative]) -> tuple[Narrative | None, int, str]:
    """The text that a mark names, the version and the words with which it was taken away."""
    pk, version, digest = [*(mark or "").split("-"), "", "", ""][:3]
    known = pk.isdigit() and version.isdigit() and len(pk) <= 18 and len(version) <= 9
    return (standing.get(int(pk)), int(version), digest) if known else (None, 0, "")


def _require_whole(words: dict[str, str]) -> None:
    if not words["kind"]:
        raise Wrong("kind", "没有选类型，请从列表中选择")
    if words["kind"] == PassageKind.ANSWER and not words["question"]:
        raise Wrong("question", "类型为“问答”时请填写问题")
    if words["kind"] == PassageKind.QUOTE and not words["speaker"]:
        raise Wrong("speaker", "类型为“引语”时请填写发言人")


def _step(row: Row, home: Programme, text: Narrative | None, words: dict[str, str]) -> Step:
    was = words_of(text)
    changes = [
        (HEADINGS[name], _said(name, was), _said(name, words))
        for name in WORDS
        if was[name] != words[name] and (row["text"] or name == "text")
    ]
    if text and text.programme_id != home.pk:
        changes.append((HEADINGS["programme"], text.programme.name, home.name))
    what = "new" if text is None else "changed" if row["text"] else "cleared"
    kind = _said("kind", words) or _said("kind", was)
    cell = row.cells.get("text", f"A{row.number}")
    return Step(cell, f"{home.name}　{kind}", "", what, tuple(changes))


def _said(name: str, words: dict[str, str]) -> str:
    if name == "kind" and words["kind"]:
        return PassageKind(words["kind"]).label
    return words[name]
