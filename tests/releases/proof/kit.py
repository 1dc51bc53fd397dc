"""A small ledger without a database, and what a text is told against it."""

from decimal import Decimal
from itertools import count

from tracker.releases.proof import Checked, Ground, Report, Source, prove_text
from tracker.releases.proof.ground import Aim, Kin

CITY, YEAR = "3701", "2020"
_ids = count(1)


def source(name: str, value, unit: str, **fields) -> Source:
    """An entry of the city and year, of an indicator of its own."""
    number = next(_ids)
    ordinary = {
        "key": f"e{number}", "code": f"I{number}", "span": YEAR, "region": CITY, "place": "济南市",
        "entries": (number,), "indicator": number,
    }  # fmt: skip
    return Source(name=name, value=Decimal(value), unit=unit, **{**ordinary, **fields})


def before(of: Source, value) -> Source:
    """The value from which it was raised or lowered; it stands in the same entry."""
    said = {
        name: getattr(of, name) for name in ("code", "unit", "entries", "indicator", "programme")
    }
    return source(
        f"{of.name}（调整前）", value, said.pop("unit"), key=f"{of.key}_start", op="FROM_TO", **said
    )


def in_other(of: Source, value, **where) -> Source:
    """The same indicator at another span or place."""
    return source(
        of.name,
        value,
        of.unit,
        indicator=of.indicator,
        code=of.code,
        programme=of.programme,
        **where,
    )


def ground(*sources: Source, **fields) -> Ground:
    return Ground(CITY, fields.pop("span", YEAR), sources, **fields)


def aim(of: Source, value, kind: str = "at_least") -> dict:
    return {(of.indicator, CITY): Aim(f"t{of.indicator}", kind, Decimal(value), 2020)}


def part_of(part: Source, whole: Source, **fields) -> dict[int, Kin]:
    return {part.indicator: Kin(wholes=frozenset({whole.indicator}), **fields)}


def proved(text: str, *sources: Source, **fields) -> Report:
    return prove_text(text, ground(*sources, **fields))


def said(text: str, *sources: Source, **fields) -> list[tuple[str, str]]:
    """(raw, verdict) of every figure."""
    return [(one.figure.raw, str(one.verdict)) for one in proved(text, *sources, **fields).figures]


def only(text: str, *sources: Source, **fields) -> Checked:
    """The one figure that is not as it should be, or the last."""
    figures = proved(text, *sources, **fields).figures
    return next((one for one in figures if one.blocks), figures[-1])


def rules(report: Report) -> set[str]:
    return {one.rule for one in report.findings}


def blocking(report: Report) -> set[str]:
    return {one.rule for one in report.findings if one.blocks}
