"""The grammar of units and measure words, the longest first.

A measure word is told from the beginning of a longer word by what follows it: 3家企业, but not 3家庭.
The words and what may not follow them are data: words/measures.txt.
"""

import re
from pathlib import Path

# Too ambiguous behind a Chinese numeral (五角, 三面, 一方, 十分), or never counted (二手, 三代).
_ARABIC_ONLY = frozenset(
    "通毛晚金银铜里角集样方首面根包副双单分度日周字席只把起头站股块克升米斤本口所车眼孔具卷束"
)
# Clear behind 十, 百, 千 and 万: 一百只, 五百斤, 八千块.
_CLEAR_IF_LARGE = frozenset("头只块斤米克升本把双根")
_NEVER = frozenset(("代", "届", "手", "级", "线", "里程", "步"))


def _words() -> dict[str, str]:
    lines = (Path(__file__).parent / "words" / "measures.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return {word: forbidden for word, _, forbidden in pairs if word not in _NEVER}


def _alternatives(words: dict[str, str]) -> str:
    return "|".join(_guarded(word, words[word]) for word in sorted(words, key=len, reverse=True))


def _guarded(word: str, forbidden: str) -> str:
    return re.escape(word) + (f"(?!{forbidden})" if forbidden else "")


def _unit(words: dict[str, str]) -> re.Pattern[str]:
    one = _alternatives(words)
    return re.compile(f"(?P<unit>{one})(?:[(（](?:{one})[)）])?(?P<rate>{RATE})?")


RATE = (
    r"(?:/|每)(?:平方米|平方公里|立方米|千瓦时|公斤|千克|公里|小时|分钟|学期|学年|人次|人·[年月天日]|人[年月天]"
    r"|[人户亩吨斤米升年月日天周次件个套家吨株头只辆度])"
)
_ALL = _words()
UNIT = _unit(_ALL)
COUNTER = _unit({word: forbidden for word, forbidden in _ALL.items() if word not in _ARABIC_ONLY})
LARGE_COUNTER = _unit(
    {
        word: forbidden
        for word, forbidden in _ALL.items()
        if word not in _ARABIC_ONLY - _CLEAR_IF_LARGE
    }
)
