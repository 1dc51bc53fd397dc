"""What the words around a number add: unit of people or money, rates (每公斤, 日均), far qualifiers."""

import re

from .tables import Cell
from .tokens import Token
from .units import UnitClass, normal_unit, split_scale, unit_class

_PEOPLE = (
    "群众|人口|职工|农民工|农民|学生|居民|老人|老年人|游客|移民|党员|干部|儿童|妇女|青年|青少年|市民|村民|师生|教师|残疾人|志愿者|劳动力|"
    "大学生|毕业生|贫困人口|困难群众|新市民|退役军人|医务人员|人员|工人|代表|观众|网友|用户|旅客|乘客|人才|员工|学员|客人|孩子|百姓|儿女|党员干部|就业|"
    "消费者|志愿者|参与者|求职者|经营者|爱好者|患者|网民|牧民|渔民|学子|考生|新生|选手|会员|乡亲|听众|粉丝|官兵|战士|医生|护士|司机|骑手"
)
_NOUN = re.compile(
    rf"(?:名|余)?[一-龥]{{0,6}}?(?P<people>{_PEOPLE})|(?P<household>农户|家庭|贫困户|住户|牧户|商户)"
)
_PEOPLE_BEFORE = re.compile(
    r"(?:人数|人口|就业|游客|参保|旅客|学生|用工|劳动力|党员|毕业生|客流量?|老人|职工|用户|会员|粉丝|志愿者|团员|农民工)[一-龥]{0,8}$"
)
_HEADCOUNT = re.compile(r"人数(?:为|达到?|共|计)?$")
_MONEY_BEFORE = re.compile(
    r"(?:产值|收入|投资|资金|营收|税收|利润|销售额|交易额|成交额|零售额|GDP|增加值|总额|贷款|余额|存款|补贴|补助|支出|预算|进出口|融资|市值|生产总值|经费|善款|捐款|筹款|募款|借款|罚款|货款|税款|债券|损失|赔偿|花费?了?|挣了?|赚了?|捐了|贷了|借了|还了|欠了?)[一-龥]{0,6}$|(?:发放|拨付|支付|投入|筹集|募集|到账)[了共约近超达]{0,2}$"
)
_PER = re.compile(
    r"每(?P<per>平方米|平方公里|立方米|千瓦时|度|公斤|千克|公里|小时|分钟|学期|学年|人次|班次|季度|人|户|村|亩|吨|斤|米|升|件|套|个|家|株|头|只|次|场|周|月|日|天)[一-龥]{0,8}$"
)
_PER_PERSON_TIME = re.compile(
    r"每[人户个名位生][一-龥]{0,4}?每(?P<per>年|月|天|日|学年|学期|次)[一-龥]{0,12}$|每[人户生](?:均)?(?P<per2>年|月)[一-龥]{0,8}$"
)
_DAILY = re.compile(r"(?:日均|平均每[天日]|平均日|每[天日])[一-龥]{0,6}$")
_CLAUSE = re.compile(r"[^，。；！？、,;!?\n：:]{0,40}$")
_FAR = re.compile(
    r"(?P<word>不低于|低于|不少于|不高于|不超过)(?![一-龥]{0,16}(?:平均|上年|同期|去年))[一-龥]{1,16}$"
)
_HIGHEST = re.compile(r"(?P<word>最高|最多|最大)(?:[一-龥]{1,8}(?<!水平)(?<!纪录)(?<!新高))$")
_HEADED = re.compile(
    r"[（(](?P<scale>[百千]?[万亿]|[千百]?)(?P<unit>美元|元|人次|人|名|户|个|家|亩|平方米|公里|吨|公斤|%|件|场次|场|次|台|辆|所|处|张)[)）]"
    r"(?:[:：为]|达到?|合计){0,2}\s?$"
)
_SPENT = re.compile(r"挣|赚|花|卖|收入|工资|交|付|掏|补|多少钱|给")
_CLOSED = re.compile(r"[，。；、！？,;!?”\n左右以多]|$")
_TIMES = ("天", "日", "周", "月", "学期", "学年", "小时", "分钟")


def with_context(text: str, token: Token, floor: int) -> Token:
    """The token with what its surroundings add; `floor` is where the number before it ended."""
    clause = _clause(text, token.start, floor)
    if not token.unit and not token.scale:
        token = _headed(text, token, floor)
    if not token.unit:
        token = token.take(unit=_unit_from_words(text, token, clause))
    if token.unit == "块" and _SPENT.search(clause) and _CLOSED.match(text, token.end):
        token = token.take(unit="元")
    if not token.rate:
        token = token.take(rate=_rate(clause, token))
    return token if token.qualifier else token.take(qualifier=_far(clause, token))


def in_column(token: Token, cell: Cell) -> Token:
    """A bare number of a table counts what its column, row or title says: 120 below 资金（万元）."""
    size, unit = split_scale(cell.unit)
    if not unit:
        return token
    base, slash, rate = normal_unit(unit).partition("/")
    if token.scale:
        return token.take(unit=base, rate=slash + rate)
    scale = cell.unit.removesuffix(unit)
    return token.take(unit=base, rate=slash + rate, scale=scale, value=token.value * size)


def _headed(text: str, token: Token, floor: int) -> Token:
    """投入资金（万元）：120 is 120万元: the unit stands in brackets behind the name."""
    head = _HEADED.search(text[max(floor, token.start - 24) : token.start])
    if not head:
        return token
    size, _ = split_scale(head["scale"] + head["unit"])
    return token.take(unit=head["unit"], scale=head["scale"], value=token.value * size)


def _clause(text: str, position: int, floor: int) -> str:
    window = text[max(floor, position - 40) : position]
    match = _CLAUSE.search(window)
    return match[0] if match else ""


def _unit_from_words(text: str, token: Token, clause: str) -> str:
    """3000余群众 counts people; 参保人数突破5100万 too; 总产值达300亿 is money."""
    noun = (
        None
        if token.chinese and not token.qualifier
        else _NOUN.match(text, token.end, min(len(text), token.end + 14))
    )
    if noun and (token.scale or token.qualifier or noun.start("people") - token.end <= 4):
        return "户" if noun["household"] else "人"
    sized = token.scale or token.qualifier or text.startswith("+", token.end)
    if _PEOPLE_BEFORE.search(clause) and sized or _HEADCOUNT.search(clause):
        return "人"
    return "元" if token.scale and _MONEY_BEFORE.search(clause) else ""


def _rate(clause: str, token: Token) -> str:
    kind, base = unit_class(token.unit), token.unit
    per_person = _PER_PERSON_TIME.search(clause)
    if kind == UnitClass.MONEY and per_person:
        return "/" + (per_person["per"] or per_person["per2"])
    per = _PER.search(clause)
    if kind == UnitClass.MONEY and per:
        return "/" + per["per"]
    if kind == UnitClass.PERCENT or base in ("", "岁", "年", "倍", "成", "番", *_TIMES):
        return ""
    if _DAILY.search(clause):
        return "/日"
    return (
        "/" + per["per"]
        if per and per["per"] in ("周", "月", "季度", "学期", "学年", "小时", "分钟")
        else ""
    )


def _far(clause: str, token: Token) -> str:
    """低于总费用的10%, 最高可补贴5000元: the qualifier stands before the noun."""
    kind = unit_class(token.unit)
    far = _FAR.search(clause) if token.unit == "%" else None
    if far:
        return far["word"]
    highest = _HIGHEST.search(clause) if kind == UnitClass.MONEY else None
    return {"最大": "最高"}.get(highest["word"], highest["word"]) if highest else ""
