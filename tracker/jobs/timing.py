"""When a schedule fires, as a person says it: 每5分钟, 每天 09:00, 每周一 08:30, 每月25日 17:00."""

import datetime
import re
from dataclasses import dataclass, replace
from enum import StrEnum

WEEKDAYS = "日一二三四五六"
EVERY = re.compile(r"(?:\*|\*/(?P<n>\d{1,2}))")


class Rhythm(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    DAY = "day"
    WORKING_WEEK = "working_week"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Timing:
    """A rhythm with its numbers: `n` minutes or hours, `weekday` (Sunday 0) or `day` of the month.

    `minute` counts for hours; the clock time for days, weeks and months is hour and minute.
    """

    rhythm: Rhythm
    n: int = 1
    weekday: int = 1
    day: int = 1
    hour: int = 0
    minute: int = 0

    @classmethod
    def of(cls, crontab: str) -> "Timing | None":
        """From minute, hour, day of month, month and weekday; None for what has no such words."""
        minute, hour, day, month, weekday = crontab.split()
        if month != "*" or (day != "*" and weekday != "*"):
            return None
        each = EVERY.fullmatch(minute)
        if each:
            plain = (hour, day, weekday) == ("*", "*", "*")
            return cls(Rhythm.MINUTES, n=int(each["n"] or 1)) if plain else None
        if not minute.isdigit():
            return None
        return cls(Rhythm.DAY, minute=int(minute))._at(hour, day, weekday)

    def _at(self, hour: str, day: str, weekday: str) -> "Timing | None":
        each = EVERY.fullmatch(hour)
        if each:
            found = replace(self, rhythm=Rhythm.HOURS, n=int(each["n"] or 1))
            return found if (day, weekday) == ("*", "*") else None
        if not hour.isdigit():
            return None
        found = replace(self, hour=int(hour))
        if day.isdigit():
            return replace(found, rhythm=Rhythm.MONTH, day=int(day))
        if weekday == "1-5" and day == "*":
            return replace(found, rhythm=Rhythm.WORKING_WEEK)
        if weekday.isdigit() and day == "*":
            return replace(found, rhythm=Rhythm.WEEK, weekday=int(weekday) % 7)
        return found if (day, weekday) == ("*", "*") else None

    def crontab(self) -> str:
        """The five fields that fire at these times."""
        every = "*" if self.n == 1 else f"*/{self.n}"
        clock = f"{self.minute} {self.hour}"
        return {
            Rhythm.MINUTES: f"{every} * * * *",
            Rhythm.HOURS: f"{self.minute} {every} * * *",
            Rhythm.DAY: f"{clock} * * *",
            Rhythm.WORKING_WEEK: f"{clock} * * 1-5",
            Rhythm.WEEK: f"{clock} * * {self.weekday}",
            Rhythm.MONTH: f"{clock} {self.day} * *",
        }[self.rhythm]

    def say(self) -> str:
        """In Chinese."""
        clock = f"{datetime.time(self.hour, self.minute):%H:%M}"
        hours = "每小时" if self.n == 1 else f"每{self.n}小时"
        return {
            Rhythm.MINUTES: "每分钟" if self.n == 1 else f"每{self.n}分钟",
            Rhythm.HOURS: f"{hours}的第{self.minute}分",
            Rhythm.DAY: f"每天 {clock}",
            Rhythm.WORKING_WEEK: f"周一至周五 {clock}",
            Rhythm.WEEK: f"每周{WEEKDAYS[self.weekday]} {clock}",
            Rhythm.MONTH: f"每月{self.day}日 {clock}",
        }[self.rhythm]
