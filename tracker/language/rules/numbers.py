"""N: how numbers are written."""

import re
from decimal import Decimal

from ..numerals import narrow, read_numeral, write_arabic
from .rule import HOUSE, NUMERALS, PRACTICE, PUNCTUATION, Rule, Severity, mixed, pattern

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION
_UNITS_OF_THOUSAND = "克米瓦伏卡帕赫焦"


def _plain(match: re.Match[str]) -> str:
    return write_arabic(read_numeral(match["number"])) + (match.groupdict().get("rest") or "")


def _in_hundred_millions(match: re.Match[str]) -> str:
    return write_arabic(read_numeral(match[0]) / 10**8) + "亿"


def _base(match: re.Match[str]) -> str:
    return write_arabic(Decimal(match["number"]) * 10**4) + match["unit"]


def _repeat_scale(match: re.Match[str]) -> str | None:
    return f"{match['low']}{match['unit']}{match['mark']}{match['high']}{match['unit']}"


def _circle_zero(match: re.Match[str]) -> str:
    return match[0].replace("零", "〇").replace("○", "〇")


RULES = (
    Rule("N01", _E, "阿拉伯数字不与千、百连用。", NUMERALS, "培训5千余人。", "培训5000余人。", pattern(rf"(?P<number>\d{{1,6}}(?:\.\d{{1,4}})?[千百])(?P<rest>[余多]?)(?![{_UNITS_OF_THOUSAND}万亿分])", _plain)),
    Rule("N02", _E, "亿和万不在一个数里分两段写。", NUMERALS, "投入5亿3千万元。", "投入5.3亿元。", pattern(r"\d{1,6}亿\d{1,4}[千百]?万", _in_hundred_millions)),
    Rule("N03", _E, "区间两端都要写出万、亿或百分号。", NUMERALS, "奖励3—5万元。", "奖励3万元—5万元。", pattern(r"(?<![\d.万亿%])(?P<low>\d{1,9}(?:\.\d{1,4})?)(?P<mark>[—～~－\-至])(?P<high>\d{1,9}(?:\.\d{1,4})?)(?P<unit>%|％|[万亿](?:元|人次|人|户|吨|亩)?)", _repeat_scale)),
    Rule("N04", _W, "区间号在一篇文稿里要统一。", NUMERALS, "6～16岁，3—5家。", "6—16岁，3—5家。", mixed(r"(?<=\d)[～~](?=\d)", r"(?<=\d)—(?=\d)")),
    Rule("N05", _I, "不足一万的数不用万。", NUMERALS, "惠及0.14万人次。", "惠及1400人次。", pattern(r"(?<![\d.])(?P<number>0\.\d{1,4})万(?P<unit>人次|人|户|名|家|个|件|元|吨|亩)", _base)),
    Rule("N06", _I, "同一段里五位以上的数写法要统一。", HOUSE, "服务18624人次，培训2万人次。", "服务18624人次，培训20000人次。", mixed(r"(?<![\d.])\d{5,9}(?=人次)", r"\d[余多]?万[余多]?(?=人次)"), default=False),
    Rule("N07", _I, "前后对比的两个百分数小数位不同；只能按原始数重算，不能补零。", HOUSE, "由36.5%上升到41.23%。", "由36.50%上升到41.23%。", pattern(r"由\d{1,3}\.(?:\d{1}%(?:[一-龥]{1,6})\d{1,3}\.\d{2,3}%|\d{2,3}%(?:[一-龥]{1,6})\d{1,3}\.\d{1}%)")),
    Rule("N08", _E, "小数点前要写0。", NUMERALS, "增长.5%。", "增长0.5%。", pattern(r"(?<![\d.])\.(?P<part>\d{1,4}[%％万亿])", r"0.\g<part>")),
    Rule("N09", _E, "数字用半角。", NUMERALS, "增长１２％。", "增长12%。", pattern(r"[０-９]{1,20}(?:．[０-９]{1,10})?％?", lambda match: narrow(match[0]))),
    Rule("N10", _E, "年份里的零写作〇。", NUMERALS, "二零二一年", "二〇二一年", pattern(r"[一二][零○〇一二三四五六七八九]{3}(?<=[零○])年|[一二][一二三四五六七八九〇]?[零○][零○〇一二三四五六七八九]{1,2}年", _circle_zero)),
    Rule("N11", _W, "数字两边不空格。", PRACTICE, "占 23.8%。", "占23.8%。", pattern(r"(?<=[一-龥])[ \u00a0]{1,4}(?=\d)|(?<=[\d%])[ \u00a0]{1,4}(?=[一-龥])", "")),
    Rule("N12", _W, "两个阿拉伯数字挨在一起会读错。", PRACTICE, "初33个班", "初三3个班", pattern(r"(?<![年月当])[初高](?P<grade>[123])(?P<rest>\d{1,2}个班)", lambda match: match[0][0] + "一二三"[int(match["grade"]) - 1] + match["rest"])),
    Rule("N13", _E, "概数中间不用顿号。", PUNCTUATION, "用三、四个月。", "用三四个月。", pattern(r"(?<![一二三四五六七八九十第、])(?P<one>[一二三四五六七八])、(?P<two>[二三四五六七八九])(?=个|天|年|次|人|名|家|倍)", r"\g<one>\g<two>")),
    Rule("N14", _W, "并列的数写法要一致。", NUMERALS, "两千余人、3000余人", "2000余人、3000余人", pattern(r"[一二两三四五六七八九][百千万]余?[一-龥]{1,2}、\d{3,6}余?[一-龥]|\d{3,6}余?[一-龥]{1,2}、[一二两三四五六七八九][百千万]余?[一-龥]")),
    Rule("N15", _E, "固定词语里的数用汉字。", NUMERALS, "打通最后1公里", "打通最后一公里", pattern(r"(?P<head>最[后先])1(?P<tail>公里)|(?P<head2>第)1(?P<tail2>书记|时间|责任人)", lambda match: f"{match['head'] or match['head2']}一{match['tail'] or match['tail2']}")),
    Rule("N19", _E, "数字里混进了字母O或l。", PRACTICE, "2O21年", "2021年", pattern(r"\d{1,4}[OoＯ]\d{1,4}|[OoＯ]\d{2,4}(?=年)", lambda match: re.sub("[OoＯ]", "0", match[0]))),
    Rule("N20", _W, "公文里的数不用千分号分节。", HOUSE, "贷款6,688亿元。", "贷款6688亿元。", pattern(r"(?<!\d)\d{1,3}(?:,\d{3}){1,4}(?![\d年月])", lambda match: match[0].replace(",", ""))),
    Rule("N21", _E, "两位小数点的数读不通。", PRACTICE, "增长1.2.3%。", "增长1.23%。", pattern(r"(?<![\d.])\d{1,4}\.\d{1,4}\.\d{1,4}(?=[%％万亿元])")),
)  # fmt: skip
