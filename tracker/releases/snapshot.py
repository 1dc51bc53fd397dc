"""Read what is approved for a region and span, once, as plain material."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from accounts.models import Line, Region, lead_office_of
from tracker.catalogue.dictionary import names_kept_whole
from tracker.catalogue.models import City, Span
from tracker.ledger.models import Entry
from tracker.releases.asked import asks, with_asked
from tracker.releases.comparing import Item, compared
from tracker.releases.contributors import Placed, Speakers, contributors
from tracker.releases.dispatching import counted_in, dispatches
from tracker.releases.facts import Unsaid
from tracker.releases.house.style import PLAIN, Style
from tracker.releases.material import Contributor, Material
from tracker.releases.noting import counted_once, made_good, rows_of
from tracker.releases.own_patterns.standing import patterns_of, used_in, worded
from tracker.releases.pictures import pictures
from tracker.releases.reading import entries_of, fact_of, must_say, passages_of
from tracker.releases.summing import summed

WHOLES = {
    "省": "全省", "市": "全市", "州": "全州", "盟": "全盟", "区": "全区", "县": "全县", "旗": "全旗",
    "镇": "全镇", "乡": "全乡", "道": "全街道", "村": "全村",
}  # fmt: skip
AUTHORITIES = {
    "省": "省委、省政府",
    "州": "州委、州政府",
    "区": "区委、区政府",
    "县": "县委、县政府",
    "旗": "旗委、旗政府",
    "镇": "镇党委、镇政府",
    "乡": "乡党委、乡政府",
    "道": "街道党工委、办事处",
}


@dataclass(frozen=True)
class Snapshot:
    """The material, the rows it was made of with their revisions, what must be said, what cannot, and
    the city's own patterns with their versions."""

    material: Material
    entries: tuple[tuple[int, int], ...]
    passages: tuple[tuple[int, int], ...]
    owed: tuple[int, ...]
    unsaid: tuple[Unsaid, ...]
    patterns: tuple[tuple[int, int], ...] = ()


def take(
    region: Region,
    span: Span,
    lines: Sequence[Line],
    settings: Mapping[str, str],
    seed: int,
    on: date,
    *,
    is_public: bool = False,
    at: datetime | None = None,
    finals: bool = False,
    by_county: bool = False,
    style: Style = PLAIN,
    patterns: Sequence[int] | None = None,
    asked: bool = False,
) -> Snapshot:
    """Current entries and passages of the region and span; `on` decides names and speakers.

    `is_public`: without the indicators that are not open. `at`: those of the freeze at that moment.
    `finals`: the annual final wherever there is one. `by_county`: with the lines of the counties.
    `style`: what the city has set for the genre. `patterns`: these versions instead of those that hold.
    `asked`: with what only a pattern says, though none of these does.
    """
    known = (region, span, lines, at)
    entries, passages = entries_of(*known), passages_of(*known)
    speakers, own = Speakers.of(region), patterns_of(region, patterns)
    items, unsaid = _items(entries, region, span, lines, at=at, finals=finals)
    if asked or asks(own.values()):
        items = with_asked(items, region, span, at=at, finals=finals)
    placed = _placed([item for item in items if item.indicator.is_open or not is_public], speakers)
    speaking = contributors(placed, passages, speakers, on, style)
    speaking = worded(speaking, own)
    material = replace(
        _material(region, span, speaking, settings, seed),
        pictures=pictures(region, span, lines, settings.get("图片", "")),
        style=style,
        kept_names=names_kept_whole(),
        **_beside(*known, style=style, is_public=is_public, by_county=by_county),
    )
    return Snapshot(
        material,
        _quoted(placed, material),
        tuple(sorted((passage.pk, passage.revision) for passage in passages)),
        tuple(sorted(pk for one in placed if one.fact.must_say for pk in one.fact.entries)),
        (*unsaid, *_not_applicable(entries)),
        used_in(speaking),
    )


def _beside(*known, style: Style, is_public: bool, by_county: bool) -> dict[str, tuple]:
    """What stands beside the programmes: notes for those inside, and the lines of the counties."""
    notes = {} if is_public else {"made_good": made_good(*known), "shared": counted_once(*known)}
    return notes | ({"dispatches": dispatches(*known, style)} if by_county else {})


def _quoted(placed: Sequence[Placed], material: Material) -> tuple[tuple[int, int], ...]:
    """Every entry that the document may quote, with its revision."""
    used = {pk for one in placed for pk in one.fact.entries} | counted_in(material.dispatches)
    used |= rows_of((*material.made_good, *material.shared))
    return tuple(sorted(Entry.objects.filter(pk__in=used).values_list("pk", "revision")))


def _items(
    entries: Sequence[Entry], region: Region, span: Span, lines: Sequence[Line], **known
) -> tuple[list[Item], list[Unsaid]]:
    """What was reported for the region itself, then what is added up for it."""
    said = [
        Item(entry.indicator, fact_of(entry), entry) for entry in entries if entry.value is not None
    ]
    sums, unsummed = summed(region, span, lines, {entry.indicator_id for entry in entries}, **known)
    items, unsaid = compared([*said, *sums], region, span, **known)
    return items, [*unsummed, *unsaid]


def _placed(items: Sequence[Item], speakers: Speakers) -> list[Placed]:
    """A sum is said by the line's agency at the region; without one it is not said."""
    speaking = [
        (item, speakers.for_agency(item.entry.agency, item.indicator.line_id)
         if item.entry else speakers.by_line.get(item.indicator.line_id))
        for item in items
    ]  # fmt: skip
    return [
        Placed(item.indicator.programme, agency, item.fact) for item, agency in speaking if agency
    ]


def _not_applicable(entries: Sequence[Entry]) -> list[Unsaid]:
    return [
        Unsaid(entry.indicator.name, f"报为不适用（{entry.na_reason}），未写入正文。", (entry.pk,))
        for entry in entries
        if entry.value is None and must_say(entry)
    ]


def _material(
    region: Region,
    span: Span,
    speaking: tuple[Contributor, ...],
    settings: Mapping[str, str],
    seed: int,
) -> Material:
    lead = lead_office_of(region)
    return Material(
        region=region.name,
        whole=WHOLES.get(region.name[-1], "全域"),
        authority=AUTHORITIES.get(region.name[-1], "市委、市政府"),
        span=span.key,
        span_end=span.end,
        contributors=speaking,
        settings=dict(settings),
        seed=seed,
        lead_office=lead.name if lead else "",
        demo=City.objects.filter(is_demo=True).exists(),
    )
