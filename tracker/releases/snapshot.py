"""Read what is approved for a region and span, once, as plain material."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Agency, Appointment, Line, Region, lead_office_of
from tracker.catalogue import models as catalogue
from tracker.catalogue.models import City, Span
from tracker.ledger.models import Entry, Passage
from tracker.releases.comparing import compared
from tracker.releases.facts import Fact, Unsaid
from tracker.releases.material import Contributor, Guest, Material, Programme
from tracker.releases.reading import entries_of, fact_of, must_say, passages_of, words_of
from tracker.releases.summing import Sum, summed

WHOLES = {
    "省": "全省", "市": "全市", "州": "全州", "盟": "全盟", "区": "全区", "县": "全县", "旗": "全旗",
    "镇": "全镇", "乡": "全乡", "道": "全街道", "村": "全村",
}  # fmt: skip
AUTHORITIES = {
    "省": "省委、省政府",
    "区": "区委、区政府",
    "县": "县委、县政府",
    "镇": "镇党委、镇政府",
}
UNORDERED = 10**4


@dataclass(frozen=True)
class Snapshot:
    """The material, the rows it was made of with their revisions, what must be said, what cannot."""

    material: Material
    entries: tuple[tuple[int, int], ...]
    passages: tuple[tuple[int, int], ...]
    owed: tuple[int, ...]
    unsaid: tuple[Unsaid, ...]


@dataclass(frozen=True)
class Placed:
    """A fact with the programme and the agency that speaks of it."""

    programme: catalogue.Programme
    agency: Agency
    fact: Fact


def take(
    region: Region,
    span: Span,
    lines: Sequence[Line],
    settings: Mapping[str, str],
    seed: int,
    on: date,
) -> Snapshot:
    """Current entries and passages of the region and span; `on` decides names and speakers."""
    entries, passages = entries_of(region, span, lines), passages_of(region, span, lines)
    valued = [entry for entry in entries if entry.value is not None]
    speakers = _speakers(region)
    said, unsaid = compared(valued, {e.pk: fact_of(e) for e in valued}, region, span)
    sums, unsummed = summed(region, span, lines, {entry.indicator_id for entry in entries})
    placed = [
        *(Placed(e.indicator.programme, _speaks(e.agency, e.indicator.line_id, region, speakers), said[e.pk]) for e in valued),
        *_placed_sums(sums, speakers),
    ]  # fmt: skip
    quoted = Entry.objects.filter(pk__in={pk for one in placed for pk in one.fact.entries})
    return Snapshot(
        _material(
            region, span, _contributors(placed, passages, region, speakers, on), settings, seed
        ),
        tuple(sorted(quoted.values_list("pk", "revision"))),
        tuple(sorted((passage.pk, passage.revision) for passage in passages)),
        tuple(sorted(pk for one in placed if one.fact.must_say for pk in one.fact.entries)),
        (*unsummed, *unsaid, *_not_applicable(entries)),
    )


def _speakers(region: Region) -> dict[int, Agency]:
    """Line -> the agency of the region that speaks for it."""
    agencies = Agency.objects.active().filter(region=region).select_related("line")
    found: dict[int, Agency] = {}
    for agency in agencies.order_by("leads", "pk"):
        found.setdefault(agency.line_id, agency)
    return found


def _speaks(agency: Agency, line: int, region: Region, speakers: Mapping[int, Agency]) -> Agency:
    """The agency itself at the region, else the one of the line there."""
    return agency if agency.region_id == region.pk else speakers.get(line, agency)


def _placed_sums(sums: Sequence[Sum], speakers: Mapping[int, Agency]) -> list[Placed]:
    return [
        Placed(one.indicator.programme, speakers[one.indicator.line_id], one.fact)
        for one in sums
        if one.indicator.line_id in speakers
    ]


def _not_applicable(entries: Sequence[Entry]) -> list[Unsaid]:
    return [
        Unsaid(entry.indicator.name, f"报为不适用（{entry.na_reason}），未写入正文。", (entry.pk,))
        for entry in entries
        if entry.value is None and must_say(entry)
    ]


def _contributors(
    placed: Sequence[Placed],
    passages: Sequence[Passage],
    region: Region,
    speakers: Mapping[int, Agency],
    on: date,
) -> list[Contributor]:
    """Agencies in the order of their speakers, each with its programmes in order."""
    told = [(p, _speaks(p.agency, p.programme.line_id, region, speakers)) for p in passages]
    agencies = {a.pk: a for a in [*(one.agency for one in placed), *(a for _, a in told)]}
    guests = _guests(agencies, on)
    made = []
    for agency in agencies.values():
        own = [one for one in placed if one.agency.pk == agency.pk]
        words = [passage for passage, speaker in told if speaker.pk == agency.pk]
        order, guest = guests.get(agency.pk, (UNORDERED, None))
        programmes = _programmes(own, words)
        made.append(
            (order, agency.line.order, agency.pk, _contributor(agency, programmes, guest, on))
        )
    return [contributor for *_, contributor in sorted(made, key=lambda row: row[:3])]


def _contributor(
    agency: Agency, programmes: tuple[Programme, ...], guest: Guest | None, on: date
) -> Contributor:
    """Named as it was called on that day; by its present names where no dated one is kept."""
    named = next(
        (
            n
            for n in agency.names.all()
            if n.valid_from <= on and (n.valid_to is None or on <= n.valid_to)
        ),
        agency,
    )
    return Contributor(
        agency.pk, named.name, named.short_name, named.spoken_name, programmes, guest
    )


def _guests(agencies: Mapping[int, Agency], on: date) -> dict[int, tuple[int, Guest]]:
    """Agency -> order and person of its first speaker on that day."""
    rows = Appointment.objects.current(on).filter(
        agency__in=agencies, speaking_order__isnull=False, user__is_active=True
    )
    found: dict[int, tuple[int, Guest]] = {}
    for row in rows.select_related("user").order_by("speaking_order", "pk"):
        guest = Guest(row.pk, row.user.name, row.post)
        found.setdefault(row.agency_id, (row.speaking_order, guest))
    return found


def _programmes(placed: Sequence[Placed], passages: Sequence[Passage]) -> tuple[Programme, ...]:
    known = {
        p.pk: p for p in [*(one.programme for one in placed), *(p.programme for p in passages)]
    }
    ordered = sorted(known.values(), key=lambda p: (p.line.order, p.order, p.pk))
    return tuple(
        Programme(
            id=one.pk,
            name=one.name,
            facts=tuple(placed.fact for placed in placed_of(placed, one.pk)),
            words=tuple(
                words_of(passage) for passage in passages if passage.programme_id == one.pk
            ),
            purpose=one.purpose,
            protected_name=one.protected_name,
        )
        for one in ordered
    )


def placed_of(placed: Sequence[Placed], programme: int) -> list[Placed]:
    """The facts of one programme in the catalogue's order."""
    mine = [one for one in placed if one.programme.pk == programme]
    return sorted(mine, key=lambda one: (one.fact.topic.order, one.fact.topic.id, one.fact.entries))


def _material(
    region: Region,
    span: Span,
    contributors: Sequence[Contributor],
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
        contributors=tuple(contributors),
        settings=dict(settings),
        seed=seed,
        lead_office=lead.name if lead else "",
        demo=City.objects.filter(is_demo=True).exists(),
    )
