"""D: dates and spans."""

import re
from collections.abc import Iterator
from datetime import date

from .rule import LAYOUT, NUMERALS, PRACTICE, Place, Rule, Severity, mixed, pattern

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION
_DATE = re.compile(
    r"(?<!\d)(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:[(（]?(?:星期|周)(?P<weekday>[一二三四五六日天]))?"
)
_YEARS = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d{2})年?[—－~～至](?P<last>(?:19|20)\d{2})年")
_DAYS = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<first>\d{1,2})日?[—－~～至](?P<last>\d{1,2})日")
_PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_PLAN = re.compile(
    r"[“\"](?P<plan>十[二三四五]五)[”\"](?:时期|期间)?[^。；\n]{0,12}?(?P<year>20\d{2})年"
)


def _impossible(text: str) -> Iterator[Place]:
    for match in _DATE.finditer(text):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            yield match.start(), match.end(), None
            continue
        if (
            match["weekday"]
            and "一二三四五六日".index(match["weekday"].replace("天", "日")) != day.weekday()
        ):
            yield match.start("weekday"), match.end("weekday"), "一二三四五六日"[day.weekday()]


def _reversed(text: str) -> Iterator[Place]:
    for compiled in (_YEARS, _DAYS):
        for match in compiled.finditer(text):
            if int(match["first"]) > int(match["last"]):
                yield match.start(), match.end(), None


def _outside_the_plan(text: str) -> Iterator[Place]:
    for match in _PLAN.finditer(text):
        first = _PLANS[match["plan"]]
        if not first - 1 <= int(match["year"]) <= first + 5:
            yield match.start("year"), match.end("year"), None


RULES = (
    Rule("D01", _E, "时间点用截至，不用截止。", PRACTICE, "截止2020年底", "截至2020年底", pattern(r"截止到?(?=\d{4}年|目前|今年|去年|\d{1,2}月)", "截至")),
    Rule("D02", _W, "年底与年年底前不混用。", PRACTICE, "2024年年底前，2020年底", "2024年底前，2020年底", mixed(r"\d{4}年年[底初末]", r"\d{4}年[底初末]"), default=False),
    Rule("D03", _E, "年鉴写明年份，不用今年、去年、目前。", "地方志书质量规定", "今年完成改造。", "2020年完成改造。", pattern(r"今年|去年|前年|目前|现在"), default=False),
    Rule("D04", _W, "一场会上问候语的时间不一致。", PRACTICE, "大家上午好！谢谢，大家下午好！", "大家上午好！谢谢，大家上午好！", mixed(r"上午好", r"下午好")),
    Rule("D05", _E, "没有这一天，或者星期不对。", PRACTICE, "2021年2月30日", "2021年2月28日", _impossible),
    Rule("D06", _E, "年份写四位。", NUMERALS, "95年建成。", "1995年建成。", pattern(r"(?<![\d.第近续期届满年月长])[4-9]\d年(?=建成|成立|以来|底|初|代?出生)", lambda match: "19" + match[0])),
    Rule("D07", _E, "起止时间颠倒。", PRACTICE, "2023—2021年", "2021—2023年", _reversed),
    Rule("D10", _E, "月、日不编虚位。", LAYOUT, "2021年04月09日", "2021年4月9日", pattern(r"(?P<year>\d{4}年)(?:0(?P<month>\d)月(?:0?(?P<day>\d{1,2})日)?|(?P<month2>1[0-2])月0(?P<day2>\d)日)", lambda match: match["year"] + (match["month"] or match["month2"]) + "月" + (f"{match['day'] or match['day2']}日" if match["day"] or match["day2"] else ""))),
    Rule("D11", _E, "截至与为止重复。", PRACTICE, "截至目前为止", "截至目前", pattern(r"(?P<keep>截至(?:目前|现在|\d{4}年(?:\d{1,2}月)?底?))(?:为止|止)", r"\g<keep>")),
    Rule("D12", _W, "年份不在这个五年规划内。", PRACTICE, "“十四五”时期，2019年", "“十四五”时期，2023年", _outside_the_plan),
    Rule("D13", _W, "纪念成立的年数写周年。", PRACTICE, "庆祝建党100年", "庆祝建党100周年", pattern(r"(?P<head>(?:庆祝|纪念)[一-龥]{0,8}?(?:成立|建党|建国|建团|建军|诞辰)\d{1,3})年", r"\g<head>周年")),
    Rule("D14", _W, "左右不与确切日期连用。", PRACTICE, "2021年4月9日左右", "2021年4月上旬", pattern(r"\d{4}年\d{1,2}月\d{1,2}日(?:左右|前后)")),
    Rule("D15", _E, "年、月不省略。", NUMERALS, "2021.4.9召开", "2021年4月9日召开", pattern(r"(?<![\d.])(?P<y>(?:19|20)\d{2})\.(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.])", lambda match: f"{match['y']}年{int(match['m'])}月{int(match['d'])}日")),
)  # fmt: skip
