"""Who has something to say: agencies with their programmes, named and represented as of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q

from accounts.models import Agency, AgencyName, Appointment, Region
from accounts.models.places import in_force
from tracker.catalogue import models as catalogue
from tracker.ledger.models import Passage
from tracker.releases.facts import Fact
from tracker.releases.house.roster import Part, in_office
from tracker.releases.house.style import PLAIN, Style
from tracker.releases.material import Contributor, Guest, Programme
from tracker.releases.reading import words_of

UNORDERED = 10**4


@dataclass(frozen=True)
class Placed:
    """A fact with the programme and the id of the agency that speaks of it."""

    programme: catalogue.Programme
    agency: int
    fact: Fact


@dataclass(frozen=True)
class Speakers:
    """Line -> the agency of the region that speaks for it."""

    region: Region
    by_line: Mapping[int, int]

    @classmethod
    def of(cls, region: Region) -> "Speakers":
        """Of several agencies of a line the lead office speaks last."""
        rows = Agency.objects.active().filter(region=region)
        rows = rows.order_by(F("leads").asc(nulls_first=True), "pk").values_list("line", "pk")
        found: dict[int, int] = {}
        for line, agency in rows:
            found.setdefault(line, agency)
        return cls(region, found)

    def for_agency(self, agency: Agency, line: int) -> int:
        """The agency itself at the region, else the one of the line there."""
        if agency.region_id == self.region.pk:
            return agency.pk
        return self.by_line.get(line, agency.pk)


def contributors(
    placed: Sequence[Placed],
    passages: Sequence[Passage],
    speakers: Speakers,
    on: date,
    style: Style = PLAIN,
) -> tuple[Contributor, ...]:
    """Agencies in the city's own order, then of their speakers, then of their lines, each with its programmes."""
    told = [(speakers.for_agency(p.agency, p.programme.line_id), p) for p in passages]
    ids = {one.agency for one in placed} | {agency for agency, _ in told}
    guests = guests_of(speakers.region, ids, on)
    made = []
    for agency in _agencies(ids, on):
        order, guest = guests.get(agency.pk, (UNORDERED, None))
        programmes = _programmes(
            [one for one in placed if one.agency == agency.pk],
            [passage for speaker, passage in told if speaker == agency.pk],
        )
        place = style.place_of(agency.pk), order, agency.line.order, agency.pk
        made.append((place, _named(agency, programmes, guest)))
    return tuple(one for _, one in sorted(made, key=lambda row: row[0]))


def _agencies(ids: Iterable[int], on: date):
    names = AgencyName.objects.filter(in_force(on)).order_by("-valid_from")
    rows = Agency.objects.filter(pk__in=ids).select_related("line").order_by("pk")
    return rows.prefetch_related(Prefetch("names", names, to_attr="names_then"))


def _named(agency: Agency, programmes: tuple[Programme, ...], guest: Guest | None) -> Contributor:
    """Called as on that day; by its present names where no dated one is kept."""
    named = agency.names_then[0] if agency.names_then else agency
    return Contributor(
        agency.pk, named.name, named.short_name, named.spoken_name, programmes, guest
    )


def guests_of(region: Region, agencies: Iterable[int], on: date) -> dict[int, tuple[int, Guest]]:
    """Agency -> order and person of its first speaker on that day; of two alike the one with an account."""
    rows = Appointment.objects.current(on).filter(
        # Who has left was still in office until his last day.
        Q(user__is_active=True) | Q(ends__isnull=False),
        agency__in=agencies,
        speaking_order__isnull=False,
    )
    held = [
        (row.speaking_order, row.agency_id, Guest(row.pk, row.user.name, row.post))
        for row in rows.select_related("user").order_by("speaking_order", "pk")
    ]
    held += [
        (row.order, row.agency_id, Guest(f"r{row.pk}", row.name, row.post))
        for row in in_office(region, on).filter(part=Part.SPEAKER, agency__in=agencies)
    ]
    found: dict[int, tuple[int, Guest]] = {}
    for order, agency, guest in sorted(held, key=lambda row: row[0]):
        found.setdefault(agency, (order, guest))
    return found


def _programmes(placed: Sequence[Placed], passages: Sequence[Passage]) -> tuple[Programme, ...]:
    known = {one.pk: one for one in (row.programme for row in (*placed, *passages))}
    ordered = sorted(known.values(), key=lambda one: (one.line.order, one.order, one.pk))
    return tuple(
        Programme(
            id=one.pk,
            name=one.name,
            facts=_facts([row.fact for row in placed if row.programme.pk == one.pk]),
            words=tuple(words_of(row) for row in passages if row.programme_id == one.pk),
            purpose=one.purpose,
            protected_name=one.protected_name,
        )
        for one in ordered
    )


def _facts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """In the catalogue's order."""
    return tuple(sorted(facts, key=lambda f: (f.topic.order, f.topic.id, f.entries)))
