"""Dates, spans and points in time as words of official texts (GB/T 15835-2011; 截至, never 截止)."""

import calendar
import re
from datetime import date

_SPAN = re.compile(
    r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2])(?:T(?P<ten>[123]))?|-W(?P<week>0[1-9]|[1-4]\d|5[0-3]))?"
)
TENS = {"1": "上旬", "2": "中旬", "3": "下旬"}
HALVES = {"1": "上半年", "2": "下半年"}
QUARTERS = {"1": "第一季度", "2": "第二季度", "3": "第三季度", "4": "第四季度"}


def say_date(day: date) -> str:
    """2021年4月9日: no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def say_month(day: date) -> str:
    """2021年4月."""
    return f"{day.year}年{day.month}月"


def say_span(key: str) -> str:
    """A span's key in words: 2020, 2020H1, 2020Q4, 2020-12, 2020-12T3, 2020-W50 -> 2020年 ... 2020年12月下旬, 2020年第50周."""
    match = _SPAN.fullmatch(key)
    if match is None:
        raise ValueError(f"不认识的期间:{key}")
    return f"{match['year']}年{_part(match)}"


def _part(match: re.Match[str]) -> str:
    if match["month"]:
        return f"{int(match['month'])}月{TENS.get(match['ten'], '')}"
    if match["week"]:
        return f"第{int(match['week'])}周"
    return HALVES.get(match["half"], "") + QUARTERS.get(match["quarter"], "")


def say_point(day: date) -> str:
    """A stored day as a point in time: 2020年底, 2020年6月底, 2021年4月9日."""
    if day.day != calendar.monthrange(day.year, day.month)[1]:
        return say_date(day)
    return f"{day.year}年底" if day.month == 12 else f"{say_month(day)}底"


def say_as_of(day: date | str) -> str:
    """截至2020年底; a stored wording is kept: 截至目前."""
    words = day if isinstance(day, str) else say_point(day)
    return words if words.startswith("截至") else f"截至{words}"


def say_days(first: date, last: date) -> str:
    """2021年9月27日至29日, naming only what changes."""
    if first == last:
        return say_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{say_date(first)}至{last.day}日"
    end = (
        say_date(last).removeprefix(f"{first.year}年")
        if first.year == last.year
        else say_date(last)
    )
    return f"{say_date(first)}至{end}"


def greeting(hour: int) -> str:
    """上午好 or 下午好, by the hour at which the conference begins."""
    return "上午好" if hour < 12 else "下午好" if hour < 18 else "晚上好"
