"""The rows of the form's tables, as markup: lines of the list, cells of the table of counties."""

from collections.abc import Iterable

from tracker.catalogue.models import EntryMode
from tracker.templatetags.shiji import icon

from .markup import attributes, escape, field_beside, field_of, opening, says
from .rows import Row

REQUIRED = '<span class="required" title="必填">*</span>'
ASKED = ' <span class="state state-orange">被质询</span>'
CUMULATIVE = '<span class="quiet small"> 累计</span>'


def list_row(row: Row, by_region: bool, folds: bool) -> str:
    """A line of the list and the line under it."""
    hidden = "" if row.has_words else " hidden"
    return (
        f'<tr {opening(row)}>\n<th scope="row">{name_of(row, by_region)}</th>\n'
        f'<td class="nowrap">{escape(row.unit)}{CUMULATIVE if is_cumulative(row) else ""}</td>'
        f'<td class="num quiet" data-last>{escape(row.last) or "—"}</td>'
        f'<td class="num quiet" data-ago>{escape(row.year_ago) or "—"}</td>\n'
        f'<td class="num quiet">{goal_of(row)}</td>\n'
        f'<td class="entry-field">{field_of(row)}</td>\n'
        f'<td class="num entry-total">{total_of(row)}</td>\n'
        f'<td class="entry-marks">{marks_of(row)}</td></tr>\n'
        f'<tr class="entry-more"{hidden}><td colspan="8">{says(row, folds)}</td></tr>\n'
    )


def is_cumulative(row: Row) -> bool:
    return row.cell.indicator.entry_mode == EntryMode.CUMULATIVE


def name_of(row: Row, by_region: bool) -> str:
    asked = ASKED if row.figure and row.figure.questioned else ""
    if row.member:
        return f'<span class="row-part">其中：{escape(row.member)}</span>{asked}'
    cell = row.cell
    place = f'<span class="row-place">{escape(cell.region.name)}</span>' if by_region else ""
    scope = f' <span class="quiet">{escape(cell.scope)}</span>' if cell.scope else ""
    required = REQUIRED if cell.indicator.required else ""
    return f'{place}<span class="row-name">{escape(row.name)}</span>{scope}{required}{asked}'


def goal_of(row: Row) -> str:
    if not row.goal:
        return "—"
    done = f"<br><b data-done>{row.completion}</b>" if row.goal_typed else ""
    return f"<span data-target>{escape(row.target)}</span>{done}"


def total_of(row: Row) -> str:
    """The year so far, and what the period added where a cumulative number is typed."""
    beside, period = field_beside(row), ""
    if row.beside != "cumulative" or row.is_closed:
        shown = escape(row.total_words) or ("" if row.beside else "—")
        beside += f"<output data-total>{shown}</output>"
    if row.since:
        words = escape(row.period_words)
        period = f'<br><output class="quiet small" data-period>{words}</output>'
    return beside + period


def options_of(rows: Iterable[Row], by_region: bool) -> str:
    """A choice for each figure that was said, named as the form names it."""
    return "".join(
        [
            f'<option value="{row.figure.pk}">{escape(row.name)}'
            + (f"（{escape(row.cell.region.name)}）" if by_region else "")
            + "</option>"
            for row in rows
            if row.figure
        ]
    )


def marks_of(row: Row) -> str:
    note = icon("message", "有备注") if row.figure and row.figure.note else ""
    return note + (icon("paperclip", "有佐证材料") if row.evidence else "") + link_of(row, "…")


def link_of(row: Row, shown: str, css: str = "") -> str:
    """To the figure's own page, opened beside the form."""
    spoken = escape(row.speaks)
    return (
        f'<a{css} href="{row.address}" data-drawer tabindex="-1" '
        f'aria-label="{spoken}的口径、说明与历史">{shown}</a>'
    )


def county_cell(row: Row | None, folds: bool) -> str:
    """One cell of the table of counties, with all that the list has in columns of its own."""
    if row is None:
        return '<td class="num entry-field">—</td>'
    known = attributes({"data-last": row.last, "data-ago": row.year_ago, "data-target": row.target})
    shown = opening(row).replace('class="', 'class="num entry-field ', 1)
    hidden = "" if row.has_words else " hidden"
    more = link_of(row, escape(row.last) or "…", ' class="cell-more"')
    return (
        f"<td {shown}{known}>{field_of(row)}{field_beside(row)}{more}"
        f"<div data-more{hidden}>{says(row, folds)}</div></td>"
    )
