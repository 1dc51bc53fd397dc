"""The dated roster: who speaks, who is in the chair, to whom a paper goes, by the day of the document."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import Appointment, Region, User
from accounts.models.places import in_force
from accounts.rules import require
from tracker import workflow
from tracker.releases.models import RosterPerson

from .keeping import may_set_house

FIELDS = ("part", "agency", "body", "name", "post", "order", "starts", "ends")
Part = RosterPerson.Part


@transaction.atomic
def enter(region: Region, *, by: User, **fields) -> RosterPerson:
    """A person of the roster; `fields` as in FIELDS. ValidationError names the field."""
    require(may_set_house(by, region))
    person = RosterPerson(region=region, by=by, **cleaned(region, None, fields))
    person.save()
    audit.record(by, "roster.enter", person, **told(person))
    return person


@transaction.atomic
def change(person: RosterPerson, *, by: User, version: int, **fields) -> RosterPerson:
    """Another post, order or day; the audit keeps how it was."""
    person = workflow.fresh(person, version)
    require(may_set_house(by, person.region))
    before = told(person)
    for name, value in cleaned(person.region, person, fields).items():
        setattr(person, name, value)
    person.by, person.version = by, person.version + 1
    person.save()
    audit.record(by, "roster.change", person, before=before, after=told(person))
    return person


@transaction.atomic
def strike(person: RosterPerson, *, by: User, version: int) -> RosterPerson:
    """It was never so: for nobody's document, whatever its day. Who left has a last day instead."""
    person = workflow.fresh(person, version)
    require(may_set_house(by, person.region))
    person.active, person.by, person.version = False, by, person.version + 1
    person.save()
    audit.record(by, "roster.strike", person, **told(person))
    return person


def cleaned(region: Region, person: RosterPerson | None, fields: dict) -> dict:
    """The columns; ValidationError where they contradict each other or another row."""
    fields = {name: fields[name] for name in FIELDS}
    if fields["ends"] and fields["ends"] < fields["starts"]:
        raise ValidationError({"ends": f"止期{fields['ends']}早于起期{fields['starts']}，请改正。"})
    if fields["part"] == Part.SPEAKER and not fields["agency"]:
        raise ValidationError({"agency": "发布人须选所在单位。"})
    if fields["agency"]:
        if not region.contains(fields["agency"].region):
            raise ValidationError({"agency": f"{fields['agency']}不在{region}。"})
        fields["body"] = ""
    same = RosterPerson.objects.active().filter(
        region=region, **{name: fields[name] for name in ("part", "agency", "name", "post")}
    )
    overlapping = same.filter(Q(ends__isnull=True) | Q(ends__gte=fields["starts"]))
    if fields["ends"]:
        overlapping = overlapping.filter(starts__lte=fields["ends"])
    if overlapping.exclude(pk=person.pk if person else None).exists():
        raise ValidationError({"name": "名册里已有这个人的同一职务，日期重叠。"})
    return fields


def told(person: RosterPerson) -> dict:
    """The row as the audit keeps it."""
    plain = {name: getattr(person, name) for name in FIELDS if name != "agency"}
    return plain | {"agency": str(person.agency or "")}


def in_office(region: Region, day: date):
    """The roster's people of that day, in their order; of the region and those above it."""
    rows = RosterPerson.objects.active().filter(in_force(day, "starts", "ends"))
    above = Region.objects.above(region).values("pk")
    return rows.filter(region__in=above).select_related("agency").order_by("order", "pk")


def first_in(region: Region, day: date, part: str) -> str:
    """市委宣传部副部长李某: who does this on that day; empty where the roster names nobody."""
    row = in_office(region, day).filter(part=part).first()
    return f"{row.place}{row.post}{row.name}" if row else ""


def posts_ever(region: Region) -> Iterable[tuple[str, str]]:
    """(name, post) of everybody, accounts first, whatever the day: an old document names an old post."""
    held = Appointment.objects.filter(agency__region__path__startswith=region.path)
    yield from held.order_by("pk").values_list("user__name", "post")
    rows = RosterPerson.objects.active().filter(region__path__startswith=region.path)
    yield from rows.order_by("pk").values_list("name", "post")
