"""What a decision moves, in words: shown on the page before anybody confirms it."""

from typing import NamedTuple

from tracker.catalogue.models import Indicator
from tracker.language.dates import say_span
from tracker.language.writing import write_figure
from tracker.ledger.moving import Moves
from tracker.ledger.totals import Total
from tracker.review.corrections import moves
from tracker.submissions.models import Status, Submission
from tracker.submissions.saying import written


class Moving(NamedTuple):
    """One line of the table."""

    name: str
    place: str
    period: str
    was: str
    now: str


def moves_shown(submission: Submission) -> dict:
    """For one that waits for the decision; nothing for all others."""
    if submission.status != Status.SUBMITTED:
        return {}
    found = moves(submission)
    return {
        "changed": [*_changed(found)],
        "moved": [*_moved(found)],
        "stays": [f"{one.indicator.label}（{one.span}）{written(one)}" for one in found.stays],
    }


def _changed(found: Moves):
    for one in found.changed:
        name = one.indicator.label + ("（当期调整）" if one.posting.adjusts else "")
        was = written(one.before) if one.before else "—"
        place = one.region.name + one.posting.scope
        yield Moving(name, place, say_span(one.key), was, posted(one.posting))


def posted(posting) -> str:
    """What will stand, in words: 1302万元."""
    if posting.value is None:
        return "不适用"
    unit = posting.indicator.unit.name
    display = posting.entered_unit.removesuffix(unit)
    return write_figure(
        posting.value, unit, decimals=posting.decimals, display=display, qualifier=posting.qualifier
    )


def _moved(found: Moves):
    for one in found.moved:
        period = f"{say_span(one.key)}止本年累计"
        was, now = (said(total, one.indicator) for total in (one.before, one.after))
        yield Moving(one.indicator.label, one.region.name, period, was, now)


def said(total: Total, indicator: Indicator) -> str:
    """A sum in words; a bound or a gap is said as such."""
    if total.value is None:
        return "不全" if not total.complete else "不能合计"
    scale = indicator.scale
    words = {"display": scale, "qualifier": total.qualifier}
    return write_figure(total.value, indicator.unit.name, **words)
