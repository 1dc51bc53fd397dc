"""C: arithmetic that the text itself claims and that can be recomputed from what it shows."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from ..numerals import read_numeral, round_half_up, write_arabic
from .rule import PRACTICE, Place, Rule, Severity, pattern

_E, _W = Severity.ERROR, Severity.WARNING
_N = r"\d{1,12}(?:\.\d{1,6})?[万亿]?"
_UNIT = r"(?:元/月|元/年|人次|万元|亿元|元|人|户|家|个|项|件|亩|吨|张|所)"
_FROM_TO = rf"(?:由|从)(?:\d{{4}}年的)?(?P<a>{_N})(?P<unit>{_UNIT})[一-龥]{{2,4}}?[到至为](?P<b>{_N})(?P=unit)(?:[(（][^()（）\n]{{1,16}}[)）])?[，,]"
_RATE = re.compile(
    _FROM_TO + r"(?P<verb>增长|提高|上升|增加|下降|减少|降低)了?(?P<p>\d{1,6}(?:\.\d{1,4})?)%"
)
_TIMES = re.compile(_FROM_TO + r"(?:增长|提高|增加|扩大)了?(?P<p>\d{1,4}(?:\.\d{1,2})?)倍")
_DOUBLINGS = re.compile(_FROM_TO + r"翻了?(?P<p>[一两二三四])番")
_OF_WHICH = re.compile(
    r"(?<![\d.])(?P<a>\d{1,9})(?P<unit>人次|名|人|户|家|个|所|项|件)[^\d。；\n]{0,12}其中[^\d。；\n]{0,12}(?P<b>\d{1,9})(?P=unit)"
)


def _claims(
    compiled: re.Pattern[str], expected: Callable[[Decimal, Decimal, str], str | None]
) -> Callable[[str], Iterator[Place]]:
    """A finder for claims whose value differs from the one that follows from the two ends."""

    def find(text: str) -> Iterator[Place]:
        for match in compiled.finditer(text):
            before, after = read_numeral(match["a"]), read_numeral(match["b"])
            right = expected(before, after, match["p"]) if before else None
            if right is not None and right != match["p"]:
                yield match.start("p"), match.end("p"), right

    return find


def _growth(before: Decimal, after: Decimal, claimed: str) -> str:
    decimals = len(claimed.partition(".")[2])
    return write_arabic(round_half_up(abs(after - before) / before * 100, decimals), decimals)


def _added_times(before: Decimal, after: Decimal, claimed: str) -> str | None:
    """增长3倍 for a threefold is wrong by one; other differences are left to the proof."""
    decimals = len(claimed.partition(".")[2])
    threefold = round_half_up(after / before, decimals) == Decimal(claimed)
    return (
        write_arabic(round_half_up(after / before - 1, decimals), decimals) if threefold else None
    )


def _doublings(before: Decimal, after: Decimal, claimed: str) -> str | None:
    right = {Decimal(2): "一", Decimal(4): "两", Decimal(8): "三", Decimal(16): "四"}
    said = {"一": 2, "两": 4, "二": 4, "三": 8, "四": 16}[claimed]
    return None if after >= before * said else right.get(after / before, "")


def _part_above_whole(text: str) -> Iterator[Place]:
    for match in _OF_WHICH.finditer(text):
        if int(match["b"]) > int(match["a"]):
            yield (
                match.start("b"),
                match.end("unit") if match.end("unit") > match.end("b") else match.end(),
                None,
            )


RULES = (
    Rule("C01", _E, "增长率与前后两个数不符。", PRACTICE, "由300元/月提高到676元/月，增长225.33%。", "由300元/月提高到676元/月，增长125.33%。", _claims(_RATE, _growth)),
    Rule("C02", _E, "百分数之差用百分点。", PRACTICE, "由50%提高到53%，提高3%。", "由50%提高到53%，提高3个百分点。", pattern(r"(?P<head>(?:由|从)\d{1,3}(?:\.\d{1,4})?%[一-龥]{2,4}[到至](?P<b>\d{1,3}(?:\.\d{1,4})?)%[，,](?:提高|增加|上升|提升|下降|降低)了?)(?P<p>\d{1,2}(?:\.\d{1,4})?)%", r"\g<head>\g<p>个百分点")),
    Rule("C03", _E, "增加到与增加了不能连用。", PRACTICE, "人数增加到了5000人。", "人数增加到5000人。", pattern(r"(?P<verb>增加|增长|提高|减少|下降|降低)到了(?=\d)", r"\g<verb>到")),
    Rule("C04", _E, "增长几倍不含原数：三倍于前是增长两倍。", PRACTICE, "由100户增加到300户，增长3倍。", "由100户增加到300户，增长2倍。", _claims(_TIMES, _added_times)),
    Rule("C05", _E, "减少不能用倍，也不会超过100%。", PRACTICE, "成本减少1倍。", "成本减少一半。", pattern(r"(?:减少|下降|降低|缩短|缩小)了?(?:\d{1,3}(?:\.\d{1,2})?|[一两二三四五])倍|(?:减少|下降|降低)了?(?:1\d{2}|[2-9]\d{2})(?:\.\d{1,2})?%")),
    Rule("C06", _E, "翻一番是原来的两倍，翻两番是四倍。", PRACTICE, "由100家增加到300家，翻了两番。", "由100家增加到400家，翻了两番。", _claims(_DOUBLINGS, _doublings)),
    Rule("C07", _E, "其中数大于总数。", PRACTICE, "创建示范村154个，其中贫困村512个。", "创建示范村512个，其中贫困村154个。", _part_above_whole),
    Rule("C21", _E, "增长后面不写负数。", PRACTICE, "收入增长-3%。", "收入下降3%。", pattern(r"增长了?[-－−](?P<rest>\d{1,3}(?:\.\d{1,4})?[%％])", r"下降\g<rest>")),
    Rule("C26", _E, "下降后面不写负数。", PRACTICE, "收入下降-3%。", "收入下降3%。", pattern(r"(?P<verb>下降|减少|降低)了?[-－−](?=\d)", r"\g<verb>")),
    Rule("C25", _W, "同比与环比的对象重复。", PRACTICE, "同比去年增长3%。", "同比增长3%。", pattern(r"(?P<word>同比|环比)(?:去年|上年|上月|上季度|上年同期)(?:同期)?", r"\g<word>")),
)  # fmt: skip
