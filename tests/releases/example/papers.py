"""An example and its ledger without a database."""

from decimal import Decimal
from io import BytesIO

import docx

from tracker.releases.example.filling import fill
from tracker.releases.example.slots import bind
from tracker.releases.proof import prove_text
from tracker.releases.proof.ground import Aim, Ground
from tracker.releases.proof.verdicts import Source

CITY = "3701"
NAMES = {
    1: ("培训农民工", "名"),
    2: ("挽回经济损失", "元"),
    3: ("农村低保标准", "元/月"),
    4: ("法律援助案件", "件"),
}


def source(indicator: int, span: str, value, qualifier="", **fields) -> Source:
    name, unit = NAMES[indicator]
    entry = indicator * 1000 + int(span[:4]) - 2000
    return Source(
        f"e{entry}", f"D{indicator}", name, Decimal(value), unit, span, CITY,
        entries=(entry,), qualifier=qualifier, indicator=indicator, programme="民生服务", **fields,
    )  # fmt: skip


def start(of: Source, value) -> Source:
    """From how much a standard was raised: in the same entry."""
    return Source(
        f"{of.key}_start", of.code, f"{of.name}（调整前）", Decimal(value), of.unit, of.span, CITY,
        entries=of.entries, indicator=of.indicator, op="FROM_TO", programme=of.programme,
    )  # fmt: skip


def ground(span: str, *sources: Source, aims=()) -> Ground:
    goals = {
        (i, CITY): Aim(f"t{i}", "at_least", Decimal(value), int(span[:4])) for i, value in aims
    }
    return Ground(CITY, span, sources, aims=goals)


def bound(text: str, *sources: Source, span="2020", aims=()):
    known = ground(span, *sources, aims=aims)
    return bind(prove_text(text, known), known)


def told(text: str, before: tuple, after: tuple, aims=((), ()), spans=("2020", "2021")):
    """The text of 2020 told of 2021."""
    slots, _ = bound(text, *before, span=spans[0], aims=aims[0])
    return fill(text, slots, spans[0], ground(spans[1], *after, aims=aims[1]))


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def table(*rows: tuple[str, ...]) -> bytes:
    document = docx.Document()
    made = document.add_table(len(rows), len(rows[0]))
    for place, row in enumerate(rows):
        for column, words in enumerate(row):
            made.cell(place, column).text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()
