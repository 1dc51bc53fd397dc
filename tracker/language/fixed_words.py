"""Words in which a numeral counts nothing: the closed list of the guard, and a mask of the recogniser.

A word stands only when its numeral is not part of a longer one (二十一是 is no 一是), and only in
exactly this form. What is missing here is refused or reported, never passed over.
"""

import re
from collections.abc import Iterable
from pathlib import Path

WORDS = tuple((Path(__file__).parent / "words" / "fixed.txt").read_text("utf-8").split())
ENUMERATORS = (
    *(f"{number}是" for number in "一二三四五六七八九十"),
    *(f"{number}要" for number in "一二三四五六七八"),
    *(f"其{number}" for number in "一二三四五六"),
    *("一则", "二则", "再一"),
)

# Claims of size that hold no numeral at all.
DISGUISED = ("翻番", "翻倍", "成倍", "倍增", "过半", "半数", "减半", "大半", "对半", "几倍", "数倍")


# What makes a count of the word: 十分钟, 两节课, 一起案件, 一对夫妻.
_COUNTS_BEFORE = {
    "十分": "钟|之",
    "两节": "课",
    "一起": "案|事故",
    "一对": "夫|新",
    "一套": "房",
    "两级": "台",
    "三公": "里|斤|顷|分",
    "有一": "年多|个多月|成|倍|亿|万|千|百",
    "一笔": "钱|资",
}


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of these words, the longest first, unless what follows makes it a count."""
    return re.compile("|".join(map(_guarded, sorted(set(words), key=len, reverse=True))))


def _guarded(word: str) -> str:
    after = _COUNTS_BEFORE.get(word)
    return re.escape(word) + (f"(?!{after})" if after else "")
