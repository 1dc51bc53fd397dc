"""Ledger rows as facts and passages."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accounts.models import Line, Region
from tracker.catalogue.models import EntryMode, Frequency, Level, Measure, Said, Span, Subject
from tracker.language.dates import say_point, say_span
from tracker.ledger.models import Entry, Nature, Passage
from tracker.releases.facts import Fact, Topic
from tracker.releases.material import Number, Words
from tracker.releases.wording.voice import scale_of

NATURES = {Nature.QUICK: 0, Nature.DECIDED: 1, Nature.FINAL: 2}
WANTED = (
    "indicator__unit",
    "indicator__programme__line",
    "definition",
    "agency__region",
    "span",
)

IN_ORDER = (
    "indicator__programme__line__order",
    "indicator__programme__order",
    "indicator__programme",
    "indicator__order",
    "indicator",
    "pk",
)


def entries_of(
    region: Region, span: Span, lines: Sequence[Line], at: datetime | None = None
) -> list[Entry]:
    """Current entries of the region itself (those of a freeze at `at`), the most final of each, in
    the catalogue's order.

    What has something made good for an earlier period beside it (当期调整) is a sum, not one entry.
    """
    rows = Entry.objects.quotable(at).filter(region=region, span=span, is_control=False)
    made_good = rows.exclude(adjusts="").values("indicator")
    rows = rows.filter(adjusts="").exclude(indicator__in=made_good)
    if lines:
        rows = rows.filter(indicator__line__in=lines)
    rows = rows.select_related(*WANTED).prefetch_related("indicator__wholes")
    return most_final(rows.order_by(*IN_ORDER))


def most_final(rows: Iterable[Entry]) -> list[Entry]:
    """Of quick, decided and final figures for one place, the most final one."""
    best: dict[tuple, Entry] = {}
    for row in rows:
        key = place_of(row)
        if key not in best or NATURES[row.nature] > NATURES[best[key].nature]:
            best[key] = row
    return list(best.values())


def place_of(entry: Entry) -> tuple:
    """What an entry is about, its nature and span apart."""
    return (
        entry.indicator_id,
        entry.agency_id,
        entry.region_id,
        entry.member,
        entry.scope,
        entry.accumulates,
    )


def passages_of(
    region: Region, span: Span, lines: Sequence[Line], at: datetime | None = None
) -> list[Passage]:
    """Current passages of the region and span with their confirmed figures."""
    rows = Passage.objects.quotable(at).filter(region=region, span=span)
    if lines:
        rows = rows.filter(programme__line__in=lines)
    rows = rows.select_related("programme__line", "agency__region").prefetch_related("figures")
    return list(rows.order_by("programme__line__order", "programme__order", "pk"))


def must_say(entry: Entry) -> bool:
    """The reviewer's word for this entry, else the indicator's."""
    return entry.indicator.must_say if entry.must_say is None else entry.must_say


def topic_of(indicator) -> Topic:
    """An indicator as words need it; its unit, wholes and programme are fetched already."""
    return Topic(
        id=indicator.pk,
        name=indicator.name,
        unit=indicator.unit.name,
        verb=indicator.verb,
        measure=indicator.measure,
        display=indicator.display,
        order=indicator.order,
        wholes=frozenset(whole.pk for whole in indicator.wholes.all()),
        clause=indicator.clause,
        subject=indicator.subject or _usual_subject(indicator),
    )


def _usual_subject(indicator) -> Subject:
    """What the city's own agencies did is theirs; standards, and what counties report, are the city's."""
    own = indicator.level == Level.CITY and indicator.measure in (Measure.FLOW, Measure.DISTINCT)
    return Subject.AGENCY if own else Subject.WHOLE


def fact_of(entry: Entry) -> Fact:
    """An approved entry as a fact: value in base units, form as entered, words of time as stored."""
    return Fact(
        key=f"e{entry.pk}",
        topic=topic_of(entry.indicator),
        value=entry.value,
        entries=(entry.pk,),
        unit=entry.indicator.unit.name,
        scale=scale_of(entry.entered_unit),
        decimals=entry.decimals if entry.entered_unit else None,
        qualifier=entry.qualifier,
        cumulative=entry.accumulates == EntryMode.CUMULATIVE,
        zero=entry.kind == Said.ZERO,
        base=_moment(entry.base_text, entry.base_date, "以来") or _period(entry),
        as_of=entry.as_of_text or (say_point(entry.as_of_date) if entry.as_of_date else ""),
        start_words=_moment(entry.start_text, entry.start_date, ""),
        member=entry.member,
        scope=entry.scope,
        must_say=must_say(entry),
    )


def _moment(text: str, day, after: str) -> str:
    if text or day is None:
        return text
    return f"{say_point(day)}{after}"


def _period(entry: Entry) -> str:
    """What is counted per period belongs to its span; a cumulative figure to a base nobody may guess."""
    period = entry.accumulates == EntryMode.PERIOD
    return said_of(entry.span) if period and adds_up(entry.indicator) else ""


def adds_up(indicator) -> bool:
    return indicator.measure in (Measure.FLOW, Measure.DISTINCT)


def said_of(span: Span) -> str:
    """2020年; a day on which something was asked for is no period."""
    return "" if span.kind == Frequency.ONCE else say_span(span.key)


def timeless(facts: Iterable[Fact]) -> list[str]:
    """For the editor: cumulative figures of which neither beginning nor end is known."""
    names = [f.topic.name for f in facts if f.cumulative and not (f.base or f.as_of)]
    if not names:
        return []
    shown = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    return [f"{len(names)}项累计数没有起算和截至时间，正文未写时点：{shown}。"]


def words_of(passage: Passage) -> Words:
    numbers = tuple(
        Number(n.pk, n.start, n.end, n.raw, n.value, n.unit, n.qualifier, n.role)
        for n in sorted(passage.figures.all(), key=lambda n: n.start)
    )
    return Words(passage.pk, passage.kind, passage.text, numbers, passage.speaker, passage.question)
