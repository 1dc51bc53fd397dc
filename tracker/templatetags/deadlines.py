"""A due time in the words of an office."""

import datetime
from typing import NamedTuple

from django.utils import timezone

from tracker.workdays import Workdays, knows

SOON = 2


class Due(NamedTuple):
    """What to say of a due time, and how urgent it is: "", "soon" or "over"."""

    words: str
    urgency: str


def due(at: datetime.datetime, now: datetime.datetime, workdays: Workdays) -> Due:
    """今天 17:00, 明天 17:00, 6月30日（剩 2 个工作日）or 已逾期 3 天; both times are aware."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    days = (local.date() - today).days
    if at < now:
        return Due(f"已逾期 {-days} 天" if days else f"今天 {local:%H:%M} 已截止", "over")
    if days < 2:
        return Due(f"{('今天', '明天')[days]} {local:%H:%M}", "soon")
    left = workdays.between(today, local.date())
    unsure = "" if knows(local.year) else "，该年放假安排未公布，按周末推算"
    words = f"{date_words(local.date(), today)}（剩 {left} 个工作日{unsure}）"
    return Due(words, "soon" if left <= SOON else "")


def date_words(day: datetime.date, today: datetime.date) -> str:
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
