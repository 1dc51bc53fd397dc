"""The workbook that a reporter takes away: what is owed, what stands, and last period beside."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from accounts.rules import require
from tracker.catalogue.duties import Cell
from tracker.catalogue.models import Programme
from tracker.catalogue.rounds import due_for
from tracker.workbooks.writing import write

from ..models import Figure, Submission
from ..owing import owed
from ..past import NOTHING, Past, past_of
from ..rules import may_edit
from ..saying import written
from .sheets import FIGURES, NOTES
from .texts import sheet_for, text_rows
from .wording import as_cell, mark_of, settled, words_of

HOW = (
    "只填没有底色锁定的列：本期、填报情况、说明和备注。指标、地区、单位、上期等列已锁定，只供对照。",
    "本期按“单位”列填数字；带单位、千位逗号、全角数字、“7000多”“约30万”都能识别。",
    "没有发生选“零报告”；不适用选“不适用”，并写明原因。三者都与空白不同。",
    "填好后在填报页“上传表格”。有错误的单元格一次全部标出，退回原表改正后再传，有错误时一个数也不写入。",
    "文字材料在另一张表里，按项目写；可以加行，清空文字就是删除这一段。文中的数字写入后在网页上确认。",
    "可以只留要改的行；没有改动的行不影响同事在网上填的数。",
    "严禁录入涉密信息。",
)


def template_of(submission: Submission, *, by: User) -> bytes:
    """An .xlsx with a row for each figure that is owed, in a constant number of queries."""
    require(may_edit(by, submission))
    cells = owed(submission)
    programmes, texts = programmes_of(cells), submission.narratives.order_by("pk")
    return write(
        [
            (FIGURES, _rows(submission, cells)),
            (sheet_for(programmes), text_rows(programmes, texts)),
            (NOTES, _notes(submission)),
        ]
    )


def programmes_of(cells: Iterable[Cell]) -> list[Programme]:
    """The programmes of which something is owed, in the order of the sheet."""
    found = {one.indicator.programme_id: one.indicator.programme for one in cells}
    return list(found.values())


def _rows(submission: Submission, cells: Sequence[Cell]) -> Iterator[dict[str, Any]]:
    standing = {
        (one.indicator_id, one.region_id, one.member, one.scope): one
        for one in submission.figures.select_related("indicator__unit")
    }
    past = past_of(submission, cells)
    for cell in cells:
        for member in ("", *cell.indicator.members):
            place = (cell.indicator.pk, cell.region.pk, member, cell.scope)
            yield _row(cell, member, standing.get(place), past.get(place, NOTHING))


def _row(cell: Cell, member: str, figure: Figure | None, past: Past) -> dict[str, Any]:
    words = words_of(figure)
    numbers = {name: as_cell(words[name]) for name in ("text", "cumulative", "opening", "start")}
    return words | numbers | {
        "code": cell.indicator.code,
        "programme": cell.indicator.programme.name,
        "indicator": cell.indicator.label,
        "region_code": cell.region.full_code,
        "region": cell.region.name,
        "scope": cell.scope,
        "member": member,
        "unit": cell.indicator.entry_unit,
        "last": written(past.last) if past.last else "",
        "year_ago": written(past.year_ago) if past.year_ago else "",
        "mark": mark_of(settled(words), figure.version if figure else 0),
    }  # fmt: skip


def _notes(submission: Submission) -> Iterator[dict[str, str]]:
    due = timezone.localtime(due_for(submission.round, submission.agency))
    yield {"words": f"{submission.agency}　{submission.round}"}
    yield {"words": f"报送截止：{date_format(due, 'Y年n月j日 H:i')}"}
    for words in HOW:
        yield {"words": words}
