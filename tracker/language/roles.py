"""What a figure is in its sentence: actual, target, standard, criterion, duration ... (closed list)."""

import re

from .reading import Role
from .tables import Cell
from .tokens import Token
from .units import UnitClass, unit_class

_STRUCTURAL_UNITS = frozenset(["个", "项", "种", "类", "条", "点", "大", "件", "方面"])
_STRUCTURAL = re.compile(
    r"(?:重点|主要|关键|基本|具体|重大|重要|突出|核心|配套|工作)?"
    r"(?:方面|特点|亮点|重点|措施|举措|任务|工作(?![组站队室者日点台人])|原则|问题|阶段|步骤|环节|转变|坚持|层面|领域|维度|关键|关系|优势|抓手|强化|突出|字诀|统筹|聚焦|关口|要求|建议|意见|体系|目标|群体|制度(?:有效|有机)?衔接|方向|板块|维护|意识|行动|机制)"
)
_GROWTH = re.compile(
    r"(?:增长|增加|提高|提升|上升|增幅|增速|下降|降低|减少|降幅|回落|上涨|下跌|扩大|缩小|收窄|压减|提速|改善|好转|高于|低于|快于|超过|增|降)(?:了|约|近|超过?|幅(?:度)?(?:均|分别)?(?:为|达到?)?|均为|分别为?)?$|(?:增幅|增速|降幅|涨幅)(?:均|分别)?(?:为|达到?)$"
)
_SHARE = re.compile(r"(?:占|占比|比重|份额|占到)[一-龥“”]{0,16}$|的$")
_PART = re.compile(r"占(?:到|了)?[一-龥“”]{0,16}的$")
_PLAN = re.compile(
    r"力争|计划(?!完成率|单列|[，,。；、”》的])|(?<!完成)(?<!完成年度)(?<!完成全年)(?<!达到)(?<!实现)(?<!超过)目标(?!任务?完成|任务完成|完成)|预期(?!寿命)|预计|争取(?!到|了|资金|项目|各|省|市|中央|上级|专项|社会|爱心|企业)|拟(?!定)|确保|到20[2-9]\d年(?!的)|任务(?:数|为)"
    r"|(?:将|要)(?=达到?|增|新|建|实现|完成|投入|超过|突破|开展|继续|进一步|打造|培育|选树)|今年.{0,6}(?:打造|新增|实施|选树|建设|建成)"
)
_STANDARD = re.compile(
    r"标准|每人|每月|每年|每户|人均补|补贴|补助|限额|封顶|起付|最低工资|单价|售价|票价|定价|收费|工资"
)
_TIME_UNITS = frozenset((
    "年", "个月", "周", "天", "日", "星期", "个星期", "工作日", "个工作日", "学期", "个学期", "学年", "个季度", "小时", "分钟", "秒", "周岁",
))  # fmt: skip
_LARGEST_STANDARD = 10**6
_BOUNDS = frozenset(["以上", "以下", "以内", "区间下限", "区间上限", "不满", "不足"])


def role_of(text: str, token: Token, cell: Cell | None = None) -> Role:
    """The role by unit first, then by the words before the figure in its sentence, or by what names
    the row and the column of its cell."""
    before = _sentence_before(text, token.start)
    if cell:
        before = "".join((cell.names, cell.head, text[cell.start : token.start]))
    return _by_shape(text, token) or _by_words(before, token)


def _sentence_before(text: str, position: int) -> str:
    window = text[max(0, position - 60) : position]
    return re.split(r"[。！？；\n]", window)[-1]


def is_structural(text: str, token: Token) -> bool:
    """三项工作, 五个方面: a count of the text's own parts."""
    if token.unit not in _STRUCTURAL_UNITS or token.scale or token.value > 60:
        return False
    return _STRUCTURAL.match(text, token.end, min(len(text), token.end + 12)) is not None or (
        token.chinese and token.unit in ("类", "种", "点", "条")
    )


def _by_shape(text: str, token: Token) -> Role | None:
    if is_structural(text, token):
        return Role.STRUCTURAL
    if token.unit in ("岁", "周岁"):
        return Role.CRITERION if token.qualifier in _BOUNDS else Role.ACTUAL
    if token.unit in _TIME_UNITS and not token.scale and token.value < 1000:
        return Role.DURATION
    if token.unit in ("倍", "番"):
        return Role.MULTIPLE
    if token.qualifier.startswith("区间"):
        return Role.RANGE
    return None


def _by_words(before: str, token: Token) -> Role:
    clause = re.split(r"[，,]", before)[-1]
    if unit_class(token.unit) == UnitClass.PERCENT or token.unit in ("成", "比"):
        return _of_percent(before, clause, token)
    money = unit_class(token.unit) == UnitClass.MONEY
    if money and (token.rate or (token.value < _LARGEST_STANDARD and _STANDARD.search(clause))):
        return Role.STANDARD
    if _PLAN.search(before):
        return Role.TARGET
    return Role.ACTUAL


def _of_percent(before: str, clause: str, token: Token) -> Role:
    if token.unit == "百分点" or _GROWTH.search(clause):
        return Role.TARGET if _PLAN.search(before) and token.unit != "百分点" else Role.GROWTH
    if _PART.search(clause):
        return Role.SHARE
    if _PLAN.search(before):
        return Role.TARGET
    return Role.SHARE if _SHARE.search(clause) or token.unit in ("成", "比") else Role.ACTUAL
