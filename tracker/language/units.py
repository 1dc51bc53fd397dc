"""Units and measure words of official texts: which class they count in, and what they are in base units."""

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}


class UnitClass(StrEnum):
    """What a unit counts; the rate suffix (/月) does not matter."""

    PERSON = "person"
    ATTENDANCE = "attendance"
    HOUSEHOLD = "household"
    ORGANISATION = "organisation"
    MONEY = "money"
    PERCENT = "percent"
    OTHER = "other"


_CLASSES = {
    UnitClass.PERSON: "人 名 位 口 员",
    UnitClass.ATTENDANCE: "人次 人天 人日 人时",
    UnitClass.HOUSEHOLD: "户 户次",
    UnitClass.ORGANISATION: "家 个单位 所",
    UnitClass.MONEY: "元 美元 欧元 港元 港币 日元 英镑 人民币 元人民币 块钱 角 分钱",
    UnitClass.PERCENT: "% ％ ‰ 百分点 个百分点",
}
_CLASS_OF = {word: kind for kind, words in _CLASSES.items() for word in words.split()}
ALIASES = {
    "平米": "平方米", "㎡": "平方米", "m²": "平方米", "m2": "平方米", "平方": "平方米", "km²": "平方公里", "㎢": "平方公里",
    "m³": "立方米", "m3": "立方米", "方": "立方米", "％": "%", "个百分点": "百分点", "km": "公里", "kg": "公斤", "GW": "吉瓦",
    "MW": "兆瓦", "kW": "千瓦", "kWh": "千瓦时", "度电": "千瓦时", "°C": "℃", "摄氏度": "℃", "块钱": "元",
    "元人民币": "元", "mm": "毫米", "cm": "厘米", "t": "吨", "个小时": "小时", "μg": "微克", "千瓦小时": "千瓦时", "亩地": "亩", "人口": "人", "人(次)": "人次", "人（次）": "人次",
}  # fmt: skip


_NARROW = str.maketrans("（）", "()")


@lru_cache(2048)
def spelling(unit: str) -> str:
    """The catalogue's word for a unit, its brackets as they were written: 平米 -> 平方米, 个百分点 -> 百分点."""
    base, slash, rate = unit.partition("/")
    return ALIASES.get(base, base) + slash + rate


def normal_unit(unit: str) -> str:
    """The same for comparing, whatever the width of its brackets: 人（户） -> 人(户)."""
    return spelling(unit.translate(_NARROW))


@lru_cache(2048)
def unit_class(unit: str) -> UnitClass:
    """The class of a unit, whatever it is per: 元/月 -> money, 人次/日 -> attendance."""
    base = unit.partition("/")[0].partition("（")[0].partition("(")[0]
    return _CLASS_OF.get(base, UnitClass.OTHER)


def split_scale(unit: str) -> tuple[Decimal, str]:
    """A column's unit as (factor, base unit): 万元 -> (10000, 元), 亿元 -> (10⁸, 元), 人 -> (1, 人)."""
    for prefix, size in (
        ("万亿", Decimal(10**12)),
        ("千万", Decimal(10**7)),
        ("百万", Decimal(10**6)),
        ("亿", SCALES["亿"]),
        ("万", SCALES["万"]),
    ):
        if unit.startswith(prefix) and len(unit) > len(prefix):
            return size, unit[len(prefix) :]
    return (Decimal(1000), unit[1:]) if unit.startswith("千元") else (Decimal(1), unit)
