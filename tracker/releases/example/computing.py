"""One-step computations of a slot on the ground of any period: changes, completion, the target itself."""

from dataclasses import replace
from decimal import Decimal

from tracker.language.reading import FigureInText
from tracker.releases.proof.deriving import holds
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.verdicts import Source

HUNDRED = Decimal(100)
BASED = ("GROWTH", "POINTS", "DIFFERENCE", "MULTIPLE")
GOALS = ("COMPLETION", "OVER_TARGET", "TARGET")
YEAR_AGO, PREVIOUS, START = "year_ago", "previous", "start"


def of_goal(op: str) -> bool:
    return op in GOALS


def known_by(source: Source, ground: Ground) -> bool:
    """Sums up the regions and start values stand in the ground under their own key."""
    return source.key in ground.by_key


def base_of(figure: FigureInText, source: Source, ground: Ground) -> str:
    """The base from which the figure follows; empty when none of the stored ones gives it."""
    plain = fact_of(ground, source.indicator, source.region, source.name, source.span)
    if plain is None:
        return ""
    for base in (YEAR_AGO, PREVIOUS, START):
        made = changed(plain, base, source.op, figure.unit, ground)
        if made is not None and holds(figure, made):
            return base
    return ""


def fact_of(ground: Ground, indicator, region: str, name: str, span: str) -> Source | None:
    """The plain fact of that span, not a computed one."""
    return ground.series.get((indicator, region, name), {}).get(span)


def changed(now: Source, base: str, op: str, unit: str, ground: Ground) -> Source | None:
    """The change of a fact against one of its bases. None where the base is unknown or bears none."""
    before = _before(now, base, ground)
    if before is None or now.qualifier or before.qualifier:
        return None
    if op in ("POINTS", "DIFFERENCE"):
        return replace(
            now, value=now.value - before.value, unit=unit, op=op, entries=_both(now, before)
        )
    if before.value <= 0:
        return None
    times = now.value / before.value
    value = {"GROWTH": (times - 1) * (1 if unit == "倍" else HUNDRED), "MULTIPLE": times}[op]
    return replace(now, value=value, unit=unit, op=op, entries=_both(now, before))


def _before(now: Source, base: str, ground: Ground) -> Source | None:
    if base == START:
        return ground.starts.get(now.entries)
    key = ground.year_ago if base == YEAR_AGO else ground.previous
    return ground.series.get(ground.line_of(now), {}).get(key or "")


def _both(now: Source, before: Source) -> tuple[int, ...]:
    return tuple(dict.fromkeys([*now.entries, *before.entries]))


def against_goal(now: Source, op: str, ground: Ground) -> Source | None:
    """Completion, over-achievement or the target of the ground's year; only for a target to be reached."""
    aim = ground.aims.get((now.indicator, now.region))
    if aim is None or not aim.value:
        return None
    if op == "TARGET":
        return replace(now, value=aim.value, op=op)
    if aim.kind != "at_least" or now.qualifier:
        return None
    done = now.value * HUNDRED / aim.value
    return replace(now, value=done - HUNDRED if op == "OVER_TARGET" else done, unit="%", op=op)
