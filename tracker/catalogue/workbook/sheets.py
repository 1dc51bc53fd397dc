"""The six sheets of the catalogue; a missing or empty column takes its default."""

from accounts.models import Kind as PersonKind
from accounts.models import Role
from tracker.workbooks.sheets import Column, Kind, Sheet

from ..deadlines import Deadline
from ..models import (
    Cycle,
    Display,
    EntryMode,
    Frequency,
    Indicator,
    Level,
    Measure,
    Subject,
    Target,
)

HISTORY_SHEETS = ("历史数据", "文字材料")
BUSINESS_ROLES = {role.label: role for role in Role if role.kind == PersonKind.BUSINESS}
DISPLAYS = {"原样": Display.AS_IS, "万": Display.WAN, "亿": Display.YI, "汉字": Display.CHINESE}


def _labels(choices) -> dict:
    return {one.label: one for one in choices}


def _deadline(text: str) -> str | None:
    try:
        Deadline.parse(text)
    except ValueError as problem:
        return str(problem)
    return None


def _year(year: int) -> str | None:
    return None if 1990 <= year <= 2100 else f"“{year}”不是年度，请写成2021这样"


def _decimals(count: int) -> str | None:
    return None if 0 <= count <= 4 else "小数位应为0至4"


def _steps(count: int) -> str | None:
    return None if 0 <= count <= 3 else "审签级数应为0至3"


def _order(number: int) -> str | None:
    return None if 0 <= number <= 32767 else "顺序号应为0至32767"


AGENCIES = Sheet(
    "机构",
    (
        Column("条线", key="line", required=True, max_length=40),
        Column("机构全称", key="name", required=True, max_length=100),
        Column("简称", key="short_name", max_length=60, default="", help="空则同全称"),
        Column("称谓", key="spoken_name", max_length=60, default="", help="空则同简称"),
        Column("区划代码", Kind.CODE, key="region", required=True),
        Column(
            "上级", key="superior", default="", help="上级机构全称；空则为上一级区划的同条线机构"
        ),
        Column("牵头", Kind.BOOLEAN, key="leads", default=False),
    ),
)
PEOPLE = Sheet(
    "人员",
    (
        Column("姓名", key="name", required=True, max_length=40),
        Column("机构全称", key="agency", required=True),
        Column("职务", key="post", max_length=60, default="工作人员"),
        Column("角色", Kind.LIST, key="roles", choices=BUSINESS_ROLES, default=()),
        Column("起", Kind.DATE, key="starts"),
        Column("止", Kind.DATE, key="ends"),
        Column("发言顺序", Kind.INTEGER, key="speaking_order", check=_order),
        Column(
            "登录名",
            Kind.CODE,
            key="username",
            default="",
            max_length=60,
            help="可不填，系统按姓名编排；同一人有几个岗位时填同一登录名",
        ),
    ),
)
PROGRAMMES = Sheet(
    "项目",
    (
        Column("条线", key="line", required=True),
        Column("项目名称", key="name", required=True, max_length=100),
        Column("排序", Kind.INTEGER, key="order", default=0, check=_order),
        Column("目的", key="purpose", default=""),
        Column("保护名称", key="protected_name", default="", max_length=100),
    ),
)
INDICATORS = Sheet(
    "指标",
    (
        Column("编码", Kind.CODE, key="code", required=True, max_length=40),
        Column("条线", key="line", required=True),
        Column("项目", key="programme", required=True),
        Column("指标名称", key="name", required=True, max_length=100),
        Column("计量单位", Kind.CODE, key="unit", required=True, max_length=20),
        Column("类型", Kind.CHOICE, key="measure", choices=_labels(Measure), default=Measure.FLOW),
        Column(
            "填报方式",
            Kind.CHOICE,
            key="entry_mode",
            choices=_labels(EntryMode),
            default=EntryMode.PERIOD,
        ),
        Column("小数位", Kind.INTEGER, key="decimals", check=_decimals),
        Column("显示单位", Kind.CODE, key="display", default="", help="原样、万、亿、汉字"),
        Column("动词", key="verb", default="", max_length=20),
        Column(
            "成句写法",
            key="clause",
            default="",
            max_length=100,
            help="数写进句子的一段话，如：{数}农民工获市级以上荣誉称号；空则由动词、名称、数写成",
        ),
        Column("主语", Kind.CHOICE, key="subject", choices=_labels(Subject), default=Subject.USUAL),
        Column("其中所属", Kind.LIST, key="wholes", default=()),
        Column("口径", key="definition", default=""),
        Column("别名", Kind.LIST, key="aliases", default=()),
        Column("必填", Kind.BOOLEAN, key="required", default=True),
        Column("必写", Kind.BOOLEAN, key="must_say", default=False),
        Column("分子", Kind.CODE, key="numerator", default=""),
        Column("分母", Kind.CODE, key="denominator", default=""),
        Column("填报层级", Kind.CHOICE, key="level", choices=_labels(Level), default=Level.CITY),
        Column("公开", Kind.BOOLEAN, key="is_open", default=True),
        Column("数源单位", key="source", default=""),
        Column("不大于", Kind.LIST, key="not_above", default=()),
        Column("其中完整", Kind.BOOLEAN, key="parts_complete", default=False),
        Column(
            "措辞",
            Kind.CHOICE,
            key="wording",
            choices=_labels(Indicator.Wording),
            default=Indicator.Wording.EXACT,
        ),
        Column("跨区可加", Kind.BOOLEAN, key="adds_over_regions", default=False),
    ),
)
TARGETS = Sheet(
    "目标",
    (
        Column("编码", Kind.CODE, key="code", required=True),
        Column("区划代码", Kind.CODE, key="region", required=True),
        Column("年度", Kind.INTEGER, key="year", required=True, check=_year),
        Column("目标值", Kind.QUANTITY, key="value"),
        Column(
            "类型",
            Kind.CHOICE,
            key="kind",
            choices=_labels(Target.Kind),
            default=Target.Kind.AT_LEAST,
        ),
        Column("依据", key="basis", default="", max_length=200),
    ),
)
CYCLES = Sheet(
    "周期",
    (
        Column("名称", key="name", required=True, max_length=100),
        Column(
            "频率",
            Kind.CHOICE,
            key="frequency",
            choices=_labels(Frequency),
            default=Frequency.MONTH,
        ),
        Column("条线", Kind.LIST, key="lines", default=(), help="空则为全部有项目的条线"),
        Column("开放", key="opens", default="期后1日", max_length=40, check=_deadline),
        Column("截止", key="due", default="期后第5个工作日", max_length=40, check=_deadline),
        Column("审签级数", Kind.INTEGER, key="sign_steps", default=1, check=_steps),
        Column("条线审核", Kind.BOOLEAN, key="line_review", default=False),
        Column(
            "填报方式",
            Kind.CHOICE,
            key="filing",
            choices=_labels(Cycle.Filing),
            default=Cycle.Filing.OWN,
        ),
    ),
)
SHEETS = (AGENCIES, PEOPLE, PROGRAMMES, INDICATORS, TARGETS, CYCLES)
