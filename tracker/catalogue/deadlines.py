"""When a round opens and is due, in the words in which offices say it.

期后第5个工作日 · 期后10日 · 期后10日顺延 · 当月25日 · 次月10日提前 · 每月25日 · 每周五 · 4月14日17:00 ·
2021年4月14日17:00 · 今天17:00 · 明天12:00. 顺延 moves a day off to the next working day, 提前 to the
one before. A form without a year or month means the first such day on or after the span's end.
"""

import calendar
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from tracker.workdays import Workdays

ONE_DAY = datetime.timedelta(days=1)
WEEKDAYS = "一二三四五六日"
FORMS = "期后第5个工作日、期后10日顺延、次月10日、每周五、4月14日17:00、今天17:00"
_TIME = r"(?:(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d)|[时点](?:(?P<minute2>[0-5]?\d)分)?))?"
_TEXT = re.compile(
    r"(?:期后第(?P<workday>\d{1,2})个工作日"
    r"|期后(?P<after>\d{1,3})[日天]"
    r"|(?P<which>每月|当月|次月)(?P<monthday>\d{1,2})日"
    r"|每周(?P<weekday>[一二三四五六日天])"
    r"|(?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    r"|(?P<near>今天|当天|明天|次日))"
    r"(?P<shift>顺延|提前)?" + _TIME + "前?"
)
_NARROW = str.maketrans("０１２３４５６７８９：", "0123456789:")


class Form(StrEnum):
    WORKDAY = "期后第{n}个工作日"
    AFTER = "期后{n}日"
    EVERY_MONTH = "每月{n}日"
    THIS_MONTH = "当月{n}日"
    NEXT_MONTH = "次月{n}日"
    WEEKDAY = "每周{weekday}"
    DATE = "{month}月{n}日"
    FULL_DATE = "{year}年{month}月{n}日"
    TODAY = "今天"
    TOMORROW = "明天"


class Shift(StrEnum):
    NONE = ""
    LATER = "顺延"
    EARLIER = "提前"


_OF_MONTH = {"每月": Form.EVERY_MONTH, "当月": Form.THIS_MONTH, "次月": Form.NEXT_MONTH}


@dataclass(frozen=True)
class Deadline:
    """A form with its numbers; `n` counts days, or is the day of the month or week (Monday 1)."""

    form: Form
    n: int = 0
    month: int = 0
    year: int = 0
    shift: Shift = Shift.NONE
    clock: datetime.time | None = None
    midnight: bool = False

    @classmethod
    def parse(cls, text: str) -> "Deadline":
        """ValueError, in Chinese, when the text is no such form or names no possible day."""
        match = _TEXT.fullmatch("".join(text.translate(_NARROW).split()))
        if match is None:
            raise ValueError(f"“{text}”看不懂，请写成{FORMS}这样")
        deadline = cls(**_form_of(match), shift=Shift(match["shift"] or ""), **_clock_of(match))
        if problem := deadline._impossible():
            raise ValueError(f"“{text}”{problem}，请核对")
        return deadline

    def _impossible(self) -> str:
        if self.form in _OF_MONTH.values() and not 1 <= self.n <= 31:
            return "不是存在的日期"
        if self.form in (Form.WORKDAY, Form.AFTER) and self.n < 1:
            return "应从第1日起"
        if self.form in (Form.DATE, Form.FULL_DATE):
            # 29 February is a day of some years.
            return "" if _is_day(self.year or 2024, self.month, self.n) else "不是存在的日期"
        return ""

    def say(self) -> str:
        """The text that parses to this deadline."""
        weekday = WEEKDAYS[self.n - 1] if self.form is Form.WEEKDAY else ""
        day = self.form.format(n=self.n, month=self.month, year=self.year, weekday=weekday)
        clock = "24:00" if self.midnight else f"{self.clock:%H:%M}" if self.clock else ""
        return f"{day}{self.shift}{clock}"

    def day(self, span_end: datetime.date, workdays: Workdays) -> datetime.date:
        """The day that is meant for a span that ends on `span_end`."""
        if self.form is Form.WORKDAY:
            return workdays.nth_after(span_end, self.n)
        day = _FINDERS[self.form](self, span_end)
        if self.shift is Shift.LATER:
            return workdays.following(day)
        return workdays.preceding(day) if self.shift is Shift.EARLIER else day

    def moment(
        self, span_end: datetime.date, workdays: Workdays, *, opening: bool = False
    ) -> datetime.datetime:
        """The moment: without a clock time the day's last minute, or its first one for an opening."""
        day = self.day(span_end, workdays)
        clock = self.clock or (datetime.time(0) if opening else datetime.time(23, 59))
        if self.midnight:
            day, clock = day + ONE_DAY, datetime.time(0)
        return timezone.make_aware(datetime.datetime.combine(day, clock))


def _form_of(match: re.Match[str]) -> dict:
    if match["workday"]:
        return {"form": Form.WORKDAY, "n": int(match["workday"])}
    if match["after"]:
        return {"form": Form.AFTER, "n": int(match["after"])}
    if match["which"]:
        return {"form": _OF_MONTH[match["which"]], "n": int(match["monthday"])}
    if match["weekday"]:
        return {"form": Form.WEEKDAY, "n": WEEKDAYS.index(match["weekday"].replace("天", "日")) + 1}
    if match["near"]:
        return {"form": Form.TODAY if match["near"] in ("今天", "当天") else Form.TOMORROW}
    form = Form.FULL_DATE if match["year"] else Form.DATE
    numbers = {"n": int(match["day"]), "month": int(match["month"])}
    return {"form": form, **numbers, "year": int(match["year"] or 0)}


def _clock_of(match: re.Match[str]) -> dict:
    if not match["hour"]:
        return {}
    hour, minute = int(match["hour"]), int(match["minute"] or match["minute2"] or 0)
    if hour == 24:
        return {"midnight": True} if minute == 0 else _no_such_time(match)
    return {"clock": datetime.time(hour, minute)}


def _no_such_time(match: re.Match[str]) -> dict:
    raise ValueError(f"“{match[0]}”的时刻不存在，请核对")


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _in_month(year: int, month: int, day: int) -> datetime.date:
    """The day of the month, or its last one where the month is shorter."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _every_month(deadline: Deadline, end: datetime.date) -> datetime.date:
    this = _in_month(end.year, end.month, deadline.n)
    # A whole month ends on its last day: the 31st of it belongs to the next round.
    return this if this > end else _in_month(end.year, end.month + 1, deadline.n)


def _weekday(deadline: Deadline, end: datetime.date) -> datetime.date:
    return end + ONE_DAY * ((deadline.n - end.isoweekday() - 1) % 7 + 1)


def _date(deadline: Deadline, end: datetime.date) -> datetime.date:
    year = end.year
    while not _is_day(year, deadline.month, deadline.n) or (
        datetime.date(year, deadline.month, deadline.n) < end
    ):
        year += 1
    return datetime.date(year, deadline.month, deadline.n)


_FINDERS: dict[Form, Callable[[Deadline, datetime.date], datetime.date]] = {
    Form.AFTER: lambda deadline, end: end + ONE_DAY * deadline.n,
    Form.EVERY_MONTH: _every_month,
    Form.THIS_MONTH: lambda deadline, end: _in_month(end.year, end.month, deadline.n),
    Form.NEXT_MONTH: lambda deadline, end: _in_month(end.year, end.month + 1, deadline.n),
    Form.WEEKDAY: _weekday,
    Form.DATE: _date,
    Form.FULL_DATE: lambda deadline, end: datetime.date(deadline.year, deadline.month, deadline.n),
    Form.TODAY: lambda deadline, end: end,
    Form.TOMORROW: lambda deadline, end: end + ONE_DAY,
}
