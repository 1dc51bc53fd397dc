"""Every figure of a Chinese official text: where it stands, what it is worth, in which unit, and as what.

Order: mask what is no figure -> fractions and ratios -> single numbers with unit and qualifier -> lists
and ranges -> roles. What cannot be classified is reported as a leftover, never dropped. The time is
linear in the length of the text: every pattern is bounded and looks at a window of fixed size.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from . import composites
from .context import in_column, with_context
from .masks import masks
from .numerals import Unreadable, is_numeric, read_numeral
from .reading import FigureInText, NotFigure, Reading, Role
from .roles import role_of
from .tables import Tables, numbers_rows
from .tokens import NUMBER, Token, Unread, is_bare_size, read_token
from .units import SCALES, UnitClass, unit_class

LONGEST_TEXT = 1_000_000
_RANK = re.compile(r"\d{1,5}|[一二两三四五六七八九十百]{1,4}")
_ONE_COUNTS = re.compile(
    r"(?:为期|连续|提前|历时|缩短|延长|推迟|不少于|至少|翻|了|满|用|近|约|超|增长|提高|减少|增加|下降|百分之|利用|需|每.{1,3})$"
)
_ONE_FOLLOWED = re.compile(r"时间|左右|以上|以内|期限")
_CLAIM = re.compile(
    r"(?:达到?|为|突破|超过?|[增降提升减回]{1,2}[高长加少升至到落]{1,2}|是|约|近|共|仅|得分|合计|总计)$"
)
_LETTER = re.compile(r"[A-Za-z]")
_LETTERED = re.compile(r"[A-Za-z][-‐–_]$")


class TooLong(ValueError):
    """The text is longer than the recogniser takes."""


def recognise(text: str, protected: Sequence[str] = ()) -> Reading:
    """Read `text`; `protected` names may hold numerals that are no figures. Offsets are characters of `text`.

    Raises TooLong above a million characters. Where the ends of a range share a span there are two
    figures with the same raw and the qualifiers 区间下限 and 区间上限.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLong(f"文字太长，最多{LONGEST_TEXT}字")
    return _Scan(_plain(text), text, protected).read()


def _plain(text: str) -> str:
    """The same length with digits of every script as ASCII."""
    if text.isascii():
        return text
    return "".join(
        char if char < "\u0600" or "一" <= char <= "龥" else _plain_char(char) for char in text
    )


def _plain_char(char: str) -> str:
    if char in "．％":
        return {"．": ".", "％": "%"}[char]
    return str(int(char)) if char.isdecimal() else char


class _Scan:
    """One pass over one text: what is covered, and what has been found."""

    def __init__(self, plain: str, text: str, protected: Sequence[str]):
        self.plain, self.text = plain, text
        self.covered = bytearray(len(text))
        self.others: list[NotFigure] = []
        self.leftovers: list[NotFigure] = []
        self.figures: list[FigureInText] = []
        self.protected = protected
        self.tables = Tables(plain)

    def read(self) -> Reading:
        fractions = list(self._composites(composites.FRACTION))
        self._mask()
        others = self._composites(composites.SLASH, composites.RATIO)
        tokens = sorted([*fractions, *others, *self._numbers()], key=lambda token: token.head)
        for token in composites.join(self.plain, self._in_context(tokens)):
            self._settle(token)
        self._odd_digits()
        self._drop_swallowed()
        return Reading(
            *(
                tuple(sorted(found, key=lambda item: (item.start, item.end)))
                for found in (self.figures, self.others, self.leftovers)
            )
        )

    def _mask(self) -> None:
        for mask in masks(self.plain, self.protected):
            if any(self.covered[mask.start : mask.end]):
                continue
            self._cover(mask.start, mask.end)
            raw = self.text[mask.start : mask.end]
            if mask.reason == "排名":
                self.figures += self._rank(mask, raw)
            else:
                self.others.append(NotFigure(mask.start, mask.end, raw, mask.reason))

    def _cover(self, start: int, end: int) -> None:
        self.covered[start:end] = b"\x01" * (end - start)

    def _rank(self, mask: NotFigure, raw: str) -> Iterator[FigureInText]:
        number = _RANK.search(mask.raw)
        qualifier = "以内" if "前" in mask.raw else ""
        try:
            yield FigureInText(
                mask.start, mask.end, raw, read_numeral(number[0]), "位", qualifier, Role.RANK
            )
        except Unreadable:
            self.others.append(NotFigure(mask.start, mask.end, raw, "排名"))

    def _free(self) -> Iterator[tuple[int, int]]:
        start = self.covered.find(0)
        while start != -1:
            end = self.covered.find(1, start)
            end = len(self.covered) if end == -1 else end
            yield start, end
            start = self.covered.find(0, end)

    def _composites(self, *patterns: re.Pattern[str]) -> Iterator[Token]:
        for pattern in patterns:
            for match in pattern.finditer(self.plain):
                if not any(self.covered[match.start() : match.end()]):
                    tokens = list(composites.read(self.plain, match))
                    self._cover(match.start(), match.end() if tokens else match.start())
                    yield from tokens

    def _numbers(self) -> Iterable[Token]:
        for start, end in list(self._free()):
            for match in NUMBER.finditer(self.plain, start, end):
                token = read_token(self.plain, match)
                if isinstance(token, Token):
                    yield token
                else:
                    self._unread(token)

    def _unread(self, unread: Unread) -> None:
        found = NotFigure(
            unread.start, unread.end, self.text[unread.start : unread.end], unread.reason
        )
        digits = any(is_numeric(char) for char in found.raw)
        (self.leftovers if digits else self.others).append(found)

    def _in_context(self, tokens: Sequence[Token]) -> list[Token]:
        found, floor = [], 0
        for token in tokens:
            # A unit may have swallowed the next number's first character.
            if token.head < floor:
                continue
            token = with_context(self.plain, token, floor)
            if not token.unit and not token.chinese and (cell := self.tables.at(token.head)):
                token = in_column(token, cell)
            found.append(token)
            floor = token.end
        return found

    def _settle(self, token: Token) -> None:
        reason = self._why_not(token)
        raw = self.text[token.start : token.end]
        if reason is None:
            figure = self._figure(token, raw)
            self.figures.append(self._as_listed(figure))
        elif token.chinese or reason != "未识别":
            self.others.append(
                NotFigure(token.head, token.end, self.text[token.head : token.end], reason)
            )
        else:
            self.leftovers.append(NotFigure(token.start, token.end, raw, reason))

    def _why_not(self, token: Token) -> str | None:
        """The reason why a readable number is no figure; None when it is one."""
        if token.chinese:
            return self._why_not_chinese(token)
        if not token.unit and (cell := self.tables.at(token.head)) and numbers_rows(cell):
            return "序号"
        if token.unit or token.scale or "/" in token.number or "分之" in token.number:
            return None
        beside = (
            self.plain[max(0, token.head - 1) : token.head] + self.plain[token.end : token.end + 1]
        )
        lettered = _LETTERED.search(self.plain, max(0, token.head - 2), token.head)
        if lettered or _LETTER.search(beside):
            return "字母编号"
        claimed = _CLAIM.search(self.plain, max(0, token.head - 6), token.head)
        return None if claimed or "." in token.number or token.qualifier else "未识别"

    def _why_not_chinese(self, token: Token) -> str | None:
        if is_bare_size(token):
            return "概称"
        if not token.unit:
            return (
                None
                if token.scale
                or (token.qualifier and token.value >= 10 and token.number[-1] in "万亿")
                else "词语"
            )
        if token.value == 1 and token.number == "一" and not self._one_counts(token):
            return "虚指"
        return None

    def _one_counts(self, token: Token) -> bool:
        if token.unit in ("个月", "倍", "成", "番", "%") and token.qualifier not in (
            "以上",
            "以下",
        ):
            return True
        window = self.plain[max(0, token.head - 6) : token.head]
        timely = token.unit in ("年", "天", "周", "小时", "个小时", "学期") and (
            _ONE_COUNTS.search(window)
            or _ONE_FOLLOWED.match(self.plain, token.end)
            or token.qualifier == "多"
        )
        return bool(timely or (token.start < token.head and token.qualifier))

    def _as_listed(self, figure: FigureInText) -> FigureInText:
        """A later member of a list grows, or is a share, as the first one: 分别增长5%、6%和7%."""
        last = self.figures[-1] if self.figures else None
        listed = (
            last is not None
            and figure.role == Role.ACTUAL
            and last.role in (Role.GROWTH, Role.SHARE, Role.TARGET, Role.STANDARD)
            and last.unit.partition("/")[0] == figure.unit.partition("/")[0]
            and 0 < figure.start - last.end <= 2
            and composites.joins_list(self.plain[last.end : figure.start])
        )
        return replace(figure, role=last.role) if listed else figure

    def _figure(self, token: Token, raw: str) -> FigureInText:
        return FigureInText(
            token.start,
            token.end,
            raw,
            token.value,
            token.unit + token.rate if token.unit != "比" else "",
            token.qualifier,
            role_of(self.plain, token, self.tables.at(token.head)),
            token.place or _shown_place(token),
        )

    def _drop_swallowed(self) -> None:
        """A fixed word within a unit (百分点) is said by its figure already."""
        taken = bytearray(len(self.text))
        for item in self.figures:
            taken[item.start : item.end] = b"\x01" * (item.end - item.start)
        self.others = [item for item in self.others if not taken[item.start]]

    def _odd_digits(self) -> None:
        """Digits of other scripts, ① or ½, that no pattern took."""
        for start, end in _spans(self.figures, self.others, self.leftovers):
            self._cover(start, end)
        for match in re.finditer(r"[^\x00-\x7f一-龥]|\d", self.text):
            if not self.covered[match.start()] and is_numeric(match[0]):
                self.leftovers.append(NotFigure(match.start(), match.end(), match[0], "未识别"))


def _spans(*groups: Sequence[FigureInText | NotFigure]) -> Iterator[tuple[int, int]]:
    for group in groups:
        for item in group:
            yield item.start, item.end


def _shown_place(token: Token) -> Decimal | None:
    """The place of the last digit shown, where rounding is usual: 万, 亿 and percent."""
    if (
        token.chinese
        or token.qualifier
        or not (token.scale or unit_class(token.unit) == UnitClass.PERCENT)
    ):
        return None
    fraction = token.number.rpartition(".")[2] if "." in token.number else ""
    size = Decimal(1)
    for char in token.scale:
        size *= SCALES.get(char, 1)
    return size.scaleb(-len(fraction))
