"""The counties' table of one indicator, and in words who is ahead of the calendar, who behind, who has not reported."""

from collections.abc import Callable
from decimal import Decimal

from tracker.documents.charts import Bar, bars
from tracker.documents.tree import (
    Block,
    Heading,
    Image,
    Inline,
    Inlines,
    Ordinal,
    Paragraph,
    Table,
    Text,
)
from tracker.language.prose import heading as heading_number
from tracker.releases.facts import Fact
from tracker.releases.material import County, Dispatch, Material
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.voice import Voice

MISSING, NONE = "未核定", "—"
FEWEST_BARS = 3


def standings(material: Material, voice: Voice) -> list[Block]:
    """（一）indicator, its table, who is ahead and who behind by name."""
    if not material.dispatches:
        voice.remark("没有分区县的数据，周报未设区县进展表。")
    blocks: list[Block] = []
    for number, one in enumerate(material.dispatches, 1):
        name = voice.words(f"{one.topic.verb}{one.topic.name}")
        blocks.append(Heading(2, merged([Ordinal(heading_number(number, 2)), name])))
        blocks += [_table(one, material.span, voice), *_chart(one), *_said(one)]
    return blocks


def _table(one: Dispatch, span: str, voice: Voice) -> Table:
    """A column that no county can fill is left out; ranks only where the city ranks its counties."""
    columns: list[tuple[str, int, Callable[[County], Inlines]]] = [
        ("区县", 4, lambda county: (Text(county.name),)),
        ("本期", 4, lambda county: _figure(county.now, voice)),
        (f"较{before(span)}", 4, lambda county: _signed(county.change, voice)),
        ("本年累计", 4, lambda county: _figure(county.to_date, voice)),
        ("完成率", 3, lambda county: _figure(county.rate, voice, NONE)),
        ("较序时", 3, lambda county: (Text(pace(county) or NONE),)),
        ("位次", 2, lambda county: (Ordinal(str(county.rank)),) if county.rank else (Text(NONE),)),
    ]
    if not any(county.rate for county in one.counties):
        columns = columns[:4]
    elif not any(county.rank for county in one.counties):
        columns = columns[:6]
    head = tuple((Text(name),) for name, _, _ in columns)
    rows = tuple(tuple(cell(county) for _, _, cell in columns) for county in one.counties)
    return Table((), head, rows, tuple(width for _, width, _ in columns), f"counties{one.topic.id}")


def before(span: str) -> str:
    """上周, 上月 …: what the span before is called."""
    if "W" in span:
        return "上周"
    if "T" in span:
        return "上旬"
    if "Q" in span:
        return "上季"
    return {4: "上年", 7: "上月"}.get(len(span), "上期")


def _figure(fact: Fact | None, voice: Voice, empty: str = MISSING) -> Inlines:
    return (voice.figure(fact),) if fact else (Text(empty),)


def _signed(fact: Fact | None, voice: Voice) -> Inlines:
    """增加3户, 减少2户: a sign is said in a word."""
    if fact is None:
        return (Text(NONE),)
    if fact.value == 0:
        return (Text("持平"),)
    return (Text("增加" if fact.value > 0 else "减少"), voice.figure(fact, abs(fact.value)))


def pace(county: County) -> str:
    if county.ahead is None:
        return ""
    return "快于" if county.ahead > 0 else "慢于" if county.ahead < 0 else "持平"


def _chart(one: Dispatch) -> list[Image]:
    """Completion side by side, the calendar as a line across; the numbers stand in the table."""
    rated = [county for county in one.counties if county.rate and county.ahead is not None]
    if len(rated) < FEWEST_BARS:
        return []
    rows = [Bar(county.name, county.rate.value, county.ahead < 0) for county in rated]
    schedule = rated[0].rate.value - rated[0].ahead * 100
    words = f"{one.topic.verb}{one.topic.name}各地完成率，竖线为序时进度，数值见表"
    return [
        Image(
            bars(rows, max(schedule, Decimal(0))),
            words,
            (Text("图　各地完成率（竖线为序时进度）"),),
        )
    ]


def _said(one: Dispatch) -> list[Paragraph]:
    """Who, by name: ahead, behind, and those without an approved figure."""
    groups = (
        ("快于序时进度", [c.name for c in one.counties if pace(c) == "快于"]),
        ("慢于序时进度", [c.name for c in one.counties if pace(c) == "慢于"]),
        ("本期数据尚未核定", [c.name for c in one.counties if c.now is None]),
    )
    everybody = len(one.counties)
    words: list[Inline] = [
        Text(f"各地均{said}。" if len(names) == everybody else f"{said}的有{'、'.join(names)}。")
        for said, names in groups
        if names
    ]
    return [Paragraph(merged(words), key=f"said{one.topic.id}")] if words else []
