"""What a person types into a field, as a value: 1302, 1,302, ３００, 7000多, 500余万元, 21.2%."""

import re
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from tracker.catalogue.models import Indicator, Said
from tracker.exact import to_scaled
from tracker.language.numerals import narrow
from tracker.language.qualifiers import AFTER_NUMBER, AFTER_UNIT, BEFORE, SYNONYMS

SCALES = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}


def _any(words) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BEFORE_WORDS = _any([*BEFORE, *SYNONYMS])
AFTER_WORDS = _any([*AFTER_NUMBER, *AFTER_UNIT, "及以上", "及以下", "之内"])
FIELD = re.compile(
    rf"(?P<before>{BEFORE_WORDS})?"
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{1,10})?)"
    rf"(?P<inside>{_any(AFTER_NUMBER)})?(?P<scale>[万亿])?(?P<behind>{_any(AFTER_NUMBER)})?"
    r"(?P<unit>[^\d\s+.-]{1,12}?)?"
    rf"(?P<after>{AFTER_WORDS})?"
)


class Typed(NamedTuple):
    """A typed field: value in base units, and how it was entered; `reason` why it does not apply."""

    kind: str
    value: Decimal | None = None
    entered: str = ""
    entered_unit: str = ""
    decimals: int = 0
    qualifier: str = ""
    reason: str = ""


BLANK = Typed(kind="")
ZERO_WORDS = {"零报告", "零", "无"}
NOT_APPLICABLE = re.compile(r"不适用[\s:：,，(（]*(?P<reason>.*?)[)）]?", re.DOTALL)


def read_said(text: str) -> tuple[str, str]:
    """What a field says beside a number: 零报告, 不适用：尚未开展; and the reason of the latter."""
    plain = text.strip()
    if plain in ZERO_WORDS:
        return Said.ZERO, ""
    if match := NOT_APPLICABLE.fullmatch(plain):
        return Said.NOT_APPLICABLE, match["reason"].strip()
    return Said.VALUE, ""


def read_typed(text: str, indicator: Indicator) -> Typed:
    """The text of a field -> Typed; ValidationError in Chinese when it is no value of the indicator.

    Without a unit the number is in the indicator's entry unit; with one (万元, 元) it is taken as
    written, and a unit that is not the indicator's is refused.
    """
    if not text:
        return BLANK
    plain = "".join(narrow(text).replace("，", ",").replace("．", ".").split())
    if not plain:
        return BLANK
    match = FIELD.fullmatch(plain)
    if not match:
        raise ValidationError(
            f"“{text.strip()[:30]}”不是可以识别的数值。请只填数字，如 1302 或 500余。"
        )
    scale, unit = _unit_of(match, indicator)
    number = Decimal(match["number"].replace(",", ""))
    value = number * SCALES[scale]
    to_scaled(value)
    decimals = len(match["number"].partition(".")[2])
    _check_decimals(decimals, indicator, scale)
    return Typed(
        kind=Said.VALUE,
        value=value,
        entered=match["number"].replace(",", ""),
        entered_unit=f"{scale}{unit}",
        decimals=decimals,
        qualifier=_qualifier(match),
    )


def _unit_of(match: re.Match, indicator: Indicator) -> tuple[str, str]:
    unit, scale = match["unit"] or "", match["scale"] or ""
    own = indicator.unit.name
    if unit and unit != own:
        raise ValidationError(
            f"单位“{scale}{unit}”与本指标的单位“{indicator.entry_unit}”不符，请核对后填写。"
        )
    if not unit and not scale:
        return indicator.entry_scale, own
    return scale, own


def _check_decimals(decimals: int, indicator: Indicator, scale: str) -> None:
    allowed = indicator.decimals
    if allowed is not None and scale == indicator.entry_scale and decimals > allowed:
        said = f"最多{allowed}位小数" if allowed else "应为整数"
        raise ValidationError(f"本指标{said}，请核对后填写。")


def _qualifier(match: re.Match) -> str:
    """The qualifiers as reported, doubled ones joined by +: 约+余."""
    parts = match.group("before", "inside", "behind", "after")
    words = [part for part in parts if part]
    return "+".join(SYNONYMS.get(word, word) for word in words)
