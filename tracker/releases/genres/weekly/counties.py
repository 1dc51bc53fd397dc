"""The counties' table of one indicator, and in words who is ahead of the calendar, who behind, who has not reported."""

from collections.abc import Callable, Sequence

from tracker.documents.charts import Bar, bars
from tracker.documents.tree import (
    Block,
    Date,
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
from tracker.language.units import SCALES
from tracker.releases.facts import Fact
from tracker.releases.material import County, Dispatch, Material
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.voice import Voice, form_of

MISSING, NONE = "未核定", "—"
PACES = {"快于": "快于序时进度", "慢于": "慢于序时进度", "持平": "与序时进度持平"}
FEWEST_BARS = 3


def standings(material: Material, voice: Voice) -> list[Block]:
    """（一）indicator, its table, who is ahead and who behind by name."""
    if not material.dispatches:
        voice.remark("没有分区县的数据，周报未设区县进展表。")
    blocks: list[Block] = []
    for number, one in enumerate(material.dispatches, 1):
        name = voice.words(f"{one.topic.verb}{one.topic.name}")
        blocks.append(Heading(2, merged([Ordinal(heading_number(number, 2)), name])))
        blocks += [_table(one, material.span, voice), *_chart(one, voice), *_said(one, voice)]
    return blocks


def _table(one: Dispatch, span: str, voice: Voice) -> Table:
    """A column that no county can fill is left out; ranks only where the city ranks its counties."""
    now, change, to_date = (
        _unit_of([getattr(county, name) for county in one.counties])
        for name in ("now", "change", "to_date")
    )
    columns: list[tuple[str, int, Callable[[County], Inlines]]] = [
        ("区县", 4, lambda county: (Text(county.name),)),
        ("本期", 4, lambda county: _figure(county.now, voice, now)),
        (f"较{before(span)}", 4, lambda county: _signed(county.change, voice, change)),
        ("本年累计", 4, lambda county: _figure(county.to_date, voice, to_date)),
        ("完成率", 3, lambda county: _figure(county.rate, voice, empty=NONE)),
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


def _unit_of(facts: Sequence[Fact | None]) -> str | None:
    """万 where every number of a column bears it, else the unit itself; None where nobody has to choose."""
    shown = {_scale(fact) for fact in facts if fact and fact.value}
    return min(shown, key=lambda name: SCALES.get(name, 1)) if len(shown) > 1 else None


def _scale(fact: Fact) -> str:
    """万, 亿 or nothing: a number below one 万 is written in the unit itself."""
    display = form_of(fact)["display"]
    return display if display in SCALES and abs(fact.value) >= SCALES[display] else ""


def before(span: str) -> str:
    """上周, 上月 …: what the span before is called."""
    if "W" in span:
        return "上周"
    if "T" in span:
        return "上旬"
    if "Q" in span:
        return "上季"
    return {4: "上年", 7: "上月"}.get(len(span), "上期")


def _figure(
    fact: Fact | None, voice: Voice, unit: str | None = None, empty: str = MISSING
) -> Inlines:
    return (voice.figure(fact, display=unit),) if fact else (Text(empty),)


def _signed(fact: Fact | None, voice: Voice, unit: str | None) -> Inlines:
    """增加3户, 减少2户: a sign is said in a word."""
    if fact is None:
        return (Text(NONE),)
    if fact.value == 0:
        return (Text("持平"),)
    said = voice.figure(fact, abs(fact.value), unit)
    return (Text("增加" if fact.value > 0 else "减少"), said)


def pace(county: County) -> str:
    if county.ahead is None:
        return ""
    return "快于" if county.ahead > 0 else "慢于" if county.ahead < 0 else "持平"


def _chart(one: Dispatch, voice: Voice) -> list[Image]:
    """Completion side by side, each with the number of the table; the calendar as a line across."""
    rated = [county for county in one.counties if county.rate and county.ahead is not None]
    if len(rated) < FEWEST_BARS or one.schedule is None:
        return []
    rows = [
        Bar(county.name, county.rate.value, county.ahead < 0, voice.surface(county.rate))
        for county in rated
    ]
    said = f"序时{voice.surface(one.schedule)}"
    words = f"{one.topic.verb}{one.topic.name}各地完成率，竖线为序时进度，数值见表"
    picture = bars(rows, one.schedule.value, said)
    return [Image(picture, words, (Text("图　各地完成率（竖线为序时进度）"),))]


def _said(one: Dispatch, voice: Voice) -> list[Paragraph]:
    """Who, by name: ahead, behind, first and last with their numbers, and those without an approved figure."""
    inlines = [*_paces(one), *_ends(one, voice), *_missing(one)]
    return [Paragraph(merged(inlines), key=f"said{one.topic.id}")] if inlines else []


def _paces(one: Dispatch) -> list[Inline]:
    rated = [county for county in one.counties if pace(county)]
    groups = [
        (said, [c.name for c in rated if pace(c) == said]) for said in ("快于", "持平", "慢于")
    ]
    said = [(PACES[word], names) for word, names in groups if names]
    if len(said) == 1 and len(rated) > 1:
        (word, _), everybody = said[0], len(rated) == len(one.counties)
        return [Text(f"{'各区县' if everybody else '有完成率的区县'}均{word}。")]
    return [Text(f"{'、'.join(names)}{word}。") for word, names in said]


def _ends(one: Dispatch, voice: Voice) -> list[Inline]:
    """完成率历下区最高，为70.47%；长清区最低，为60.92%。"""
    rated = [county for county in one.counties if county.rate]
    best = max(rated, key=lambda county: county.rate.value, default=None)
    last = min(rated, key=lambda county: county.rate.value, default=None)
    if best is None or best.rate.value == last.rate.value:
        return []
    return [
        Text(f"完成率{_equals(rated, best)}最高，为"),
        voice.figure(best.rate),
        Text(f"；{_equals(rated, last)}最低，为"),
        voice.figure(last.rate),
        Text("。"),
    ]


def _equals(rated: Sequence[County], one: County) -> str:
    return "、".join(other.name for other in rated if other.rate.value == one.rate.value)


def _missing(one: Dispatch) -> list[Inline]:
    names = [county.name for county in one.counties if county.now is None]
    if not names:
        return []
    who = "各区县" if len(names) == len(one.counties) else "、".join(names)
    return [Text(f"{who}本期数据尚未核定。")]


def so_far(material: Material, voice: Voice) -> list[Paragraph]:
    """截至2026年9月底，序时进度为75%。全市累计…，完成年度目标的…；…。 Two indicators a sentence."""
    known = [
        one for one in material.dispatches if one.whole and one.whole.to_date and one.whole.rate
    ]
    if not known:
        return []
    schedule = known[0].schedule
    inlines: list[Inline] = [Date(f"截至{span_words(material.span)}底"), Text("，")]
    inlines += [Text("序时进度为"), voice.figure(schedule), Text("。")] if schedule else []
    for number, one in enumerate(known):
        before = f"{'' if number else f'{material.whole}本年'}{'' if number % 2 else '累计'}"
        inlines += [Text(before), *clauses([one.whole.to_date], voice, framed=True)[0].inlines]
        inlines += [Text("，完成年度目标的"), voice.figure(one.whole.rate)]
        inlines.append(Text("。" if number % 2 or one is known[-1] else "；"))
    return [Paragraph(merged(inlines), key="sofar")]
