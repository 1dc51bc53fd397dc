"""In which other forms a figure may be written without saying anything else: 万元 or 元, 余, rounded."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from tracker.documents.tree import Figure
from tracker.language.figures import recognise
from tracker.language.numerals import round_half_up
from tracker.language.qualifiers import Agreement, agrees, single
from tracker.language.reading import FigureInText
from tracker.language.units import SCALES, UnitClass, normal_unit, unit_class
from tracker.language.writing import CHINESE, write_figure

TRUE = frozenset({Agreement.WRITTEN, Agreement.HOLDS})
LONGEST = 60
MOST_DECIMALS = 4
_WORDS = {"余": ROUND_FLOOR, "超": ROUND_FLOOR, "近": ROUND_CEILING, "约": ROUND_HALF_UP}
COARSEST = Decimal("0.02")  # what rounding may leave unsaid


@dataclass(frozen=True)
class Form:
    """A way to write the figure, with what is different about it."""

    surface: str
    label: str


def says(words: str, figure: Figure) -> FigureInText | None:
    """The words read as one figure, if they say this figure; None if they say anything else."""
    if not words or len(words) > LONGEST:
        return None
    found = recognise(words).figures
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(words)):
        return None
    written = found[0]
    if normal_unit(written.unit) != normal_unit(figure.unit):
        return None
    if figure.qualifier:
        # What was reported as 余 or 约 is known no better than it was said.
        alike = single(written.qualifier) == single(figure.qualifier)
        return written if alike and written.value == figure.value else None
    true = agrees(written.value, written.qualifier, figure.value, written.place) in TRUE
    return written if true else None


def forms(figure: Figure) -> tuple[Form, ...]:
    """The figure as it stands, then every other form that is true and usual; no two alike."""
    found = {figure.surface: "现在的写法"}
    for surface, label in _candidates(figure):
        if surface not in found and says(surface, figure):
            found[surface] = label
    return tuple(Form(surface, label) for surface, label in found.items())


def _candidates(figure: Figure) -> Iterator[tuple[str, str]]:
    unit = normal_unit(figure.unit)
    if not unit and not figure.surface[-1:].isdigit():
        return
    for display in _displays(figure):
        place = f"以{display}{unit}计" if display else f"以{unit}计" if unit else "不用万、亿"
        for decimals, label in _precisions(figure, display):
            yield from _written(figure, display, decimals, place + label)
    if not figure.qualifier and "/" not in figure.unit:
        yield from _loosely(figure)


def _displays(figure: Figure) -> list[str]:
    if unit_class(figure.unit) == UnitClass.PERCENT:
        return [""]
    shown = [name for name in ("", "万", "亿") if abs(figure.value) >= SCALES[name]]
    return [*shown, CHINESE] if figure.value in range(2, 11) else shown


def _precisions(figure: Figure, display: str) -> Iterator[tuple[int | None, str]]:
    """Exactly, where that is short enough; rounded only with 万, 亿 and %, as the table has it."""
    if display == CHINESE:
        yield None, "，写汉字"
        return
    digits = max(0, -(figure.value / SCALES[display]).normalize().as_tuple().exponent)
    if digits <= MOST_DECIMALS:
        yield None, ""
    if display or unit_class(figure.unit) == UnitClass.PERCENT:
        names = ("保留整数", "保留一位小数", "保留两位小数")
        for decimals, name in enumerate(names):
            shown = round_half_up(figure.value / SCALES[display], decimals) * SCALES[display]
            near = abs(shown - figure.value) <= abs(figure.value) * COARSEST
            if decimals < digits and near and not figure.qualifier:
                yield decimals, f"，{name}"


def _written(
    figure: Figure, display: str, decimals: int | None, label: str
) -> Iterator[tuple[str, str]]:
    try:
        yield (
            write_figure(
                figure.value,
                figure.unit,
                decimals=decimals,
                display=display,
                qualifier=figure.qualifier,
            ),
            label.replace("以汉字", "").removeprefix(f"{normal_unit(figure.unit)}计，"),
        )
    except ValueError:
        return


def _loosely(figure: Figure) -> Iterator[tuple[str, str]]:
    """余 and 超 above a round value, 近 below one, 约 beside one; only where little is left unsaid."""
    percent = unit_class(figure.unit) == UnitClass.PERCENT
    if figure.value < (1 if percent else 10):
        return
    large = "亿" if "亿" in figure.surface else "万"
    display = large if figure.value >= SCALES[large] and not percent else ""
    for word, rounding in _WORDS.items():
        if percent and word == "余":
            continue
        for value in _round_values(figure.value, rounding):
            if value != figure.value and _close(figure.value, value, word):
                surface = write_figure(value, figure.unit, display=display, qualifier=word)
                yield surface, f"约略写，用“{word}”"


def _round_values(value: Decimal, rounding: str) -> Iterator[Decimal]:
    """To two digits and to one, whole."""
    for digits in (2, 1):
        rounded = _round(value, digits, rounding)
        if rounded == rounded.to_integral_value():
            yield rounded


def _round(value: Decimal, digits: int, rounding: str) -> Decimal:
    place = Decimal(1).scaleb(value.adjusted() - digits + 1)
    return (value / place).to_integral_value(rounding) * place


def _close(value: Decimal, shown: Decimal, word: str) -> bool:
    """Close enough that we would write it so; 约 is judged by the table alone."""
    if word == "约":
        return True
    if word == "近":
        return shown * Decimal("0.95") <= value
    return value - shown <= shown * Decimal("0.1")
