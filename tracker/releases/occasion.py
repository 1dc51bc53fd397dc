"""When a conference or an issue takes place, from what a person typed."""

import re
from dataclasses import dataclass
from datetime import date

from tracker.language.dates import greeting, say_date, say_span

_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_HOUR = re.compile(r"(上午|下午|晚上)?\s*(\d{1,2})\s*[:：时点]\s*(\d{2})?")


@dataclass(frozen=True)
class Occasion:
    """`words` as printed; `greeting` is 上午好 …, 大家好 where no hour is known."""

    day: date | None
    words: str
    greeting: str = "大家好"


def occasion(text: str) -> Occasion:
    """2021-04-16 9:30 or 2021年4月16日上午; ValueError when it holds no real date."""
    text = text.strip()
    if not text:
        return Occasion(None, "")
    match = _DAY.search(text)
    if match is None:
        raise ValueError(f"“{text}”不是日期，请写成2021年4月16日或2021-04-16。")
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        raise ValueError(f"“{text}”不是实际存在的日期。") from None
    hour, words = _hour(text[match.end() :])
    polite = f"大家{greeting(hour)}" if hour is not None else "大家好"
    return Occasion(day, say_date(day) + words, polite)


def _hour(rest: str) -> tuple[int | None, str]:
    match = _HOUR.search(rest)
    if match:
        hour = int(match[2]) + (12 if match[1] in ("下午", "晚上") and int(match[2]) < 12 else 0)
        if hour > 23 or int(match[3] or 0) > 59:
            raise ValueError(f"“{rest.strip()}”不是实际存在的时间。")
        return hour, f"{hour}:{match[3] or '00'}"
    for word, hour in (("上午", 9), ("下午", 15), ("晚上", 19)):
        if word in rest:
            return hour, word
    return None, ""


def span_words(key: str) -> str:
    """A span in words: 2020年, 2020年12月; a day asked for once is a date."""
    try:
        return say_span(key)
    except ValueError:
        return say_date(date.fromisoformat(key))
