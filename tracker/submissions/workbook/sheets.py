"""The sheet of a submission: one row a figure, what is typed between what is locked."""

from tracker.catalogue.models import Said
from tracker.workbooks.sheets import Column, Kind, Sheet

SAID = {"数值": Said.VALUE, "零报告": Said.ZERO, "不适用": Said.NOT_APPLICABLE}


def _locked(heading: str, key: str, kind: Kind = Kind.TEXT, **more) -> Column:
    return Column(heading, kind, key=key, default="", locked=True, **more)


def _typed(heading: str, key: str, longest: int, **more) -> Column:
    return Column(heading, key=key, default="", max_length=longest, **more)


FIGURES = Sheet(
    "填报数据",
    (
        _locked("指标编码", "code", Kind.CODE, aliases=("编码",)),
        _locked("项目", "programme"),
        _locked("指标", "indicator", aliases=("指标名称",), width=30),
        _locked("区划代码", "region_code", Kind.CODE),
        _locked("地区", "region", aliases=("县区", "区县", "单位名称")),
        _locked("统计范围", "scope"),
        _locked("分项", "member"),
        _locked("单位", "unit", aliases=("计量单位",)),
        _locked("上年同期", "year_ago", width=14),
        _locked("上期", "last", width=14),
        Column(
            "本期", Kind.FIGURE, key="text", default="", aliases=("本期数", "数值", "本月"),
            help="填数字即可，单位见“单位”列；可以写 7000多、1,302、21.2%、零报告、不适用：原因",
            width=14, max_length=60,
        ),
        Column("填报情况", Kind.CHOICE, key="said", default="", choices=SAID,
               help="没有发生选“零报告”，不适用选“不适用”并写明原因；填了数可以不选"),
        _typed("不适用原因", "na_reason", 200),
        _typed("情况说明", "explanation", 300, help="校验提示不符但情况属实时填写"),
        Column("本年累计", Kind.FIGURE, key="cumulative", default="", max_length=60,
               help="只有去重数（人、户、家、村）填写"),
        Column("期初累计", Kind.FIGURE, key="opening", default="", max_length=60),
        _typed("截至", "as_of_text", 40),
        _typed("起算", "base_text", 40),
        Column("起始值", Kind.FIGURE, key="start", default="", max_length=40,
               help="标准类指标：由多少提高（降低）到现在的数"),
        _typed("起始时间", "start_text", 40),
        _typed("备注", "note", 500, width=24),
        _locked("核对码", "mark", Kind.CODE, help="系统据此认出哪些行改过，请勿改动"),
    ),
)  # fmt: skip
NOTES = Sheet("填表说明", (_locked("说明", "words", width=100),))
HEADINGS = {column.key: column.heading for column in FIGURES.columns}
TYPED = (
    "text", "said", "na_reason", "explanation", "cumulative", "opening", "as_of_text", "base_text",
    "start", "start_text", "note",
)  # fmt: skip
