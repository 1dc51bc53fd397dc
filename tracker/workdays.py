"""China's working days: the State Council's calendar, and what a city declares against it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import chinese_calendar

KNOWN_YEARS = frozenset(day.year for day in chinese_calendar.holidays)
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Workdays:
    """Callable: is this day worked? `declared` days (True: worked) win over the calendar."""

    declared: Mapping[datetime.date, bool] = field(default_factory=dict)

    def __call__(self, day: datetime.date) -> bool:
        if day in self.declared:
            return self.declared[day]
        if knows(day.year):
            return chinese_calendar.is_workday(day)
        return day.weekday() < 5

    def following(self, day: datetime.date) -> datetime.date:
        """The day itself when it is worked, else the next one that is (顺延)."""
        return self._seek(day, ONE_DAY)

    def preceding(self, day: datetime.date) -> datetime.date:
        """The day itself when it is worked, else the last one before it (提前)."""
        return self._seek(day, -ONE_DAY)

    def nth_after(self, day: datetime.date, count: int) -> datetime.date:
        """The `count`-th working day after a day; the day itself does not count."""
        for _ in range(count):
            day = self.following(day + ONE_DAY)
        return day

    def between(self, first: datetime.date, last: datetime.date) -> int:
        """How many working days lie after `first`, up to and with `last`; never below 0."""
        days = range(1, (last - first).days + 1)
        return sum(self(first + datetime.timedelta(days=number)) for number in days)

    def _seek(self, day: datetime.date, step: datetime.timedelta) -> datetime.date:
        while not self(day):
            day += step
        return day


def knows(year: int) -> bool:
    """Has the State Council's calendar of that year been published to this installation?

    For a year that is not known, plain weekends are taken; pages say so.
    """
    return year in KNOWN_YEARS
