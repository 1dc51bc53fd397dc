"""The two sheets of history; numbers are in the indicator's unit of entry."""

from tracker.catalogue.spans import parse_key
from tracker.language.qualifiers import CLOSED, fold
from tracker.workbooks.sheets import Column, Kind, Sheet

from ..models import PassageKind


def _span(key: str) -> str | None:
    try:
        parse_key(key)
    except ValueError as problem:
        return str(problem)
    return None


def _qualifier(word: str) -> str | None:
    try:
        fold(word)
    except ValueError:
        return f"不认识限定词“{word}”，可用：{'、'.join(CLOSED)}，叠用时写成约+余"
    return None


ENTRIES = Sheet(
    "历史数据",
    (
        Column("编码", Kind.CODE, key="code", required=True),
        Column("区划代码", Kind.CODE, key="region", required=True),
        Column("分项", key="member", default="", max_length=60),
        Column("期间", Kind.PERIOD, key="span", required=True, check=_span),
        Column("数值", Kind.QUANTITY, key="value", required=True),
        Column("限定词", Kind.CODE, key="qualifier", default="", check=_qualifier),
        Column("起始值", Kind.QUANTITY, key="start_value"),
        Column("起始时间", Kind.DATE_OR_TEXT, key="start", default="", max_length=40),
        Column("起算", Kind.DATE_OR_TEXT, key="base", default="", max_length=40),
        Column("截至", Kind.DATE_OR_TEXT, key="as_of", default="", max_length=40),
        Column("统计范围", key="scope", default="", max_length=60),
        Column("备注", key="note", default=""),
    ),
)
PASSAGES = Sheet(
    "文字材料",
    (
        Column("条线", key="line", required=True),
        Column("项目", key="programme", required=True),
        Column("区划代码", Kind.CODE, key="region", required=True),
        Column("期间", Kind.PERIOD, key="span", required=True, check=_span),
        Column(
            "类型",
            Kind.CHOICE,
            key="kind",
            choices={kind.label: kind for kind in PassageKind},
            default=PassageKind.PRACTICE,
        ),
        Column("发言人", key="speaker", default="", max_length=60),
        Column("问题", key="question", default=""),
        Column("文字", key="text", required=True),
    ),
)
SHEETS = (ENTRIES, PASSAGES)
