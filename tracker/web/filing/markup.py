"""The markup of one field of the form: a template takes too long for two hundred of them."""

import html

from django.utils.safestring import SafeString

from tracker.submissions.checks import Finding
from tracker.templatetags.shiji import icon

from .rows import LONE, Row

BESIDE = {
    "cumulative": ("本年累计", "去重数不能逐期相加：填年初到本期末不重复的数"),
    "opening": ("期初累计", "本年以前各期在这里没有数据：填到上期为止的累计，没有填0"),
}
FIELD = '<input class="form-control num" data-cell autocomplete="off" maxlength="{}"{}>'
CLOSED = "本次只退回了被质询的数据，这一项不能修改"
SUMMED = "各分项之和，不用填"


def escape(text: str) -> str:
    """As html.escape; letters and digits alone, which nearly all of them are, are known at once."""
    return text if text.isalnum() else html.escape(text)


def attributes(values: dict[str, str | None]) -> str:
    """Attributes of an element, each value escaped; None is left out."""
    return "".join(
        [f' {name}="{escape(text)}"' for name, text in values.items() if text is not None]
    )


def css(row: Row) -> str:
    classes = "entry-row"
    if row.problem or row.errors:
        classes += " row-bad"
    if row.figure and row.figure.questioned:
        classes += " row-asked"
    return classes + " row-member" if row.member else classes


def opening(row: Row) -> str:
    """What the sums before one's eyes are made of, as attributes, with the row's name and class."""
    indicator, key = row.cell.indicator, row.key
    values = {
        "data-before": row.before_typed if row.adds else None,
        "data-lone": "" if indicator.measure in LONE else None,
        "data-goal": row.goal_typed or None,
        "data-since": row.since or None,
    }
    return (
        f'class="{css(row)}" id="{key}" data-row="{key}" data-scale="{indicator.entry_scale}" '
        f'data-unit="{escape(indicator.unit.name)}" data-column="{row.cell.place[0]}"{attributes(values)}'
    )


def field_of(row: Row) -> SafeString:
    """The field, or what stands in its place where nothing may be typed."""
    return SafeString(open_field(row) if row.is_open else closed_field(row))


def open_field(row: Row) -> str:
    key, typed = row.key, row.typed
    wrong = ' aria-invalid="true"' if row.problem else ""
    named = (
        f' name="{key}-text" value="{escape(typed["text"])}" id="{key}-text" '
        f'aria-label="{escape(row.speaks)}，{escape(row.unit)}" aria-describedby="{key}-says"{wrong}'
    )
    seen = f'<input type="hidden" name="{key}-seen" value="{escape(typed["seen"])}">'
    return seen + FIELD.format(220, named)


def closed_field(row: Row) -> str:
    why = CLOSED if row.is_closed else SUMMED
    shown = escape(row.typed["text"]) or "—"
    return (
        f'<output class="closed" id="{row.key}-text" data-shown="{row.key}" title="{why}">'
        f"{shown}</output>"
    )


def field_beside(row: Row) -> str:
    """The field of the second column, where something is typed there."""
    if not row.beside or not row.is_open:
        return ""
    word, title = BESIDE[row.beside]
    values = {
        "name": f"{row.key}-{row.beside}",
        "value": row.typed[row.beside],
        "id": f"{row.key}-{row.beside}",
        "placeholder": word,
        "title": title,
        "aria-label": f"{row.speaks}{word}，{row.unit}",
    }
    return FIELD.format(60, attributes(values))


def error(words: str) -> str:
    return f'<p class="field-error">{icon("alert-circle")}<span>{escape(words)}</span></p>'


def says(row: Row, folds: bool = False) -> SafeString:
    """What stands under the field; `folds`: warnings are closed while there are errors to mend."""
    inside = "".join(words_under(row, folds)) if row.has_words else ""
    return SafeString(
        f'<div class="entry-says" id="{row.key}-says" data-says="{row.key}">{inside}</div>'
    )


def words_under(row: Row, folds: bool):
    if row.problem:
        yield error(row.problem)
    if row.theirs:
        yield error(f"同事刚保存为：{row.theirs}。再次保存将以您填写的为准。")
    for one in row.errors:
        yield error(one.message + ("（已说明）" if one.explained else ""))
    if row.warnings:
        yield warned(row.warnings, folds)
    if row.explainable and not row.is_closed:
        value = escape(row.typed["explanation"])
        yield (
            '<label class="explain">情况属实说明<input class="form-control" '
            f'name="{row.key}-explanation" value="{value}" maxlength="300"></label>'
        )


def warned(warnings: list[Finding], folds: bool) -> str:
    said = "".join(f"<p>{escape(one.message)}</p>" for one in warnings)
    shown = "" if folds else " open"
    return (
        f'<details class="field-warning"{shown}><summary>提示{len(warnings)}条</summary>'
        f"{said}</details>"
    )
