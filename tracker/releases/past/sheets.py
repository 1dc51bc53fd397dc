"""What the ledger lacks of a published document, as a workbook that can be taken along."""

from collections.abc import Iterator, Sequence

from tracker.language.numerals import write_arabic
from tracker.workbooks.sheets import Column, Kind, Sheet
from tracker.workbooks.writing import write

from .proving import Past, Told

COLUMNS = (
    Column("序号", Kind.INTEGER, width=6),
    Column("文中的数", width=16),
    Column("数值", Kind.NUMBER, width=16),
    Column("单位", width=10),
    Column("限定词", width=10),
    Column("结论", width=12),
    Column("原句", width=70),
    Column("可能的指标", width=30),
    Column("指标编码", width=14),
    Column("台账数", width=16),
    Column("说明", width=40),
)
LACKING = Sheet("台账没有的数", COLUMNS)
DIFFERING = Sheet("与台账不一致的数", COLUMNS)
LONGEST = 2000


def sheets_of(past: Past) -> bytes:
    """An .xlsx of two sheets: what the ledger lacks, and what it has otherwise."""
    return write([(LACKING, _rows(past.lacking)), (DIFFERING, _rows(past.differing))])


def _rows(told: Sequence[Told]) -> Iterator[dict]:
    for number, one in enumerate(told, 1):
        yield _row(number, one)


def _row(number: int, one: Told) -> dict:
    figure, checked = one.checked.figure, one.checked
    source = checked.source or next(iter(checked.rivals), None)
    known = {}
    if source:
        known = {
            "可能的指标": source.name,
            "指标编码": source.code,
            "台账数": f"{source.qualifier}{write_arabic(source.value)}{source.unit}",
        }
    return {
        "序号": number,
        "文中的数": figure.raw,
        "数值": figure.value,
        "单位": figure.unit,
        "限定词": figure.qualifier,
        "结论": checked.verdict.label,
        "原句": one.sentence[:LONGEST],
        "说明": checked.hint,
    } | known
