"""Agencies: found, rename, move under another, make a lead office, close."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, AgencyLink, AgencyName, Line, Region, User
from accounts.rules import Refused, may_manage_agencies_in, may_manage_agency, require

FOUNDED = date(1949, 10, 1)


def default_superior(line: Line, region: Region) -> Agency | None:
    """The nearest agency of the line in the regions above; None at the top."""
    above = Region.objects.above(region).exclude(pk=region.pk)
    found = Agency.objects.active().filter(line=line, region__in=above, is_guest=False)
    return found.order_by("-region__path", "id").first()


@transaction.atomic
def create_agency(
    *,
    line: Line,
    region: Region,
    name: str,
    by: User,
    short_name: str = "",
    spoken_name: str = "",
    superior: Agency | None = None,
    leads: Region | None = None,
    is_guest: bool = False,
    since: date = FOUNDED,
) -> Agency:
    """An agency with its first name and link; without a superior, the default one."""
    require(may_manage_agencies_in(by, region))
    require(may_manage_agencies_in(by, leads or region))
    agency = found_agency(
        line=line,
        region=region,
        name=name,
        short_name=short_name,
        spoken_name=spoken_name,
        superior=superior or default_superior(line, region),
        leads=leads,
        is_guest=is_guest,
        since=since,
    )
    audit.record(by, "agency.create", agency, name=name, region=region.code)
    return agency


def found_agency(*, since: date, **fields) -> Agency:
    """The rows themselves, without rule or record; Refused when name or lead are taken."""
    fields["short_name"] = fields.get("short_name") or fields["name"]
    fields["spoken_name"] = fields.get("spoken_name") or fields["short_name"]
    _refuse_taken_name(fields["name"])
    _refuse_taken_lead(fields.get("leads"))
    agency = Agency.objects.create(**fields)
    _name_from(agency, since)
    AgencyLink.objects.create(agency=agency, superior=agency.superior, valid_from=since)
    return agency


def _name_from(agency: Agency, day: date) -> None:
    AgencyName.objects.create(
        agency=agency,
        name=agency.name,
        short_name=agency.short_name,
        spoken_name=agency.spoken_name,
        valid_from=day,
    )


def _refuse_taken_name(name: str, agency: Agency | None = None) -> None:
    others = Agency.objects.active().filter(name=name).exclude(pk=agency and agency.pk)
    if others.exists():
        raise Refused(f"已有名为“{name}”的机构。")


def _refuse_taken_lead(region: Region | None, agency: Agency | None = None) -> None:
    office = region and Agency.objects.filter(leads=region).exclude(pk=agency and agency.pk).first()
    if office:
        raise Refused(f"{region}已有牵头单位：{office}。")


@transaction.atomic
def rename_agency(
    agency: Agency, *, name: str, short_name: str, spoken_name: str, since: date, by: User
) -> Agency:
    """New names from that day on; documents of earlier days keep the earlier ones."""
    require(may_manage_agency(by, agency))
    _refuse_taken_name(name, agency)
    before = agency.name
    _close(agency.names, since)
    agency.name, agency.short_name, agency.spoken_name = name, short_name, spoken_name
    agency.save(update_fields=["name", "short_name", "spoken_name"])
    _name_from(agency, since)
    audit.record(by, "agency.rename", agency, before=before, after=name, since=since)
    return agency


@transaction.atomic
def move_agency(agency: Agency, superior: Agency | None, *, since: date, by: User) -> Agency:
    """Under another superior (or none) from that day on."""
    require(may_manage_agency(by, agency))
    if superior and Agency.objects.under([agency.pk]).filter(pk=superior.pk).exists():
        raise Refused(f"{superior}是{agency}自身或其下级，不能作为上级。")
    before = agency.superior
    _close(agency.links, since)
    agency.superior = superior
    agency.save(update_fields=["superior"])
    AgencyLink.objects.create(agency=agency, superior=superior, valid_from=since)
    audit.record(by, "agency.move", agency, before=str(before), after=str(superior), since=since)
    return agency


def _close(history, since: date) -> None:
    """End the current row of a dated history the day before; one of the same day is replaced."""
    if since > timezone.localdate():
        raise Refused("生效日期不能晚于今天。")
    current = history.get(valid_to__isnull=True)
    if since < current.valid_from:
        raise Refused(f"生效日期不能早于现行记录的启用日期{current.valid_from:%Y-%m-%d}。")
    if since == current.valid_from:
        current.delete()
    else:
        current.valid_to = since - timedelta(days=1)
        current.save(update_fields=["valid_to"])


@transaction.atomic
def set_lead(agency: Agency, region: Region | None, *, by: User) -> Agency:
    """Make it the lead office of a region, or of none."""
    require(may_manage_agency(by, agency))
    require(may_manage_agencies_in(by, region or agency.leads or agency.region))
    _refuse_taken_lead(region, agency)
    if region and not region.contains(agency.region):
        raise Refused(f"{agency}不在{region}范围内，不能作为其牵头单位。")
    before = agency.leads
    agency.leads = region
    agency.save(update_fields=["leads"])
    audit.record(by, "agency.lead", agency, before=str(before), after=str(region))
    return agency


@transaction.atomic
def edit_agency(agency: Agency, *, line: Line, is_guest: bool, by: User) -> Agency:
    require(may_manage_agency(by, agency))
    agency.line, agency.is_guest = line, is_guest
    agency.save(update_fields=["line", "is_guest"])
    audit.record(by, "agency.edit", agency, line=line.name, is_guest=is_guest)
    return agency


@transaction.atomic
def close_agency(agency: Agency, *, by: User, reason: str) -> Agency:
    """No longer in use: it owes nothing and its roles count no more; what it reported stays."""
    require(may_manage_agency(by, agency))
    below = agency.subordinates.active().count()
    if below:
        raise Refused(f"{agency}还有{below}个下级机构在用，请先调整其上级。")
    if agency.leads_id:
        raise Refused(f"{agency}是{agency.leads}的牵头单位，请先另定牵头单位。")
    agency.active = False
    agency.save(update_fields=["active"])
    audit.record(by, "agency.close", agency, reason=reason)
    return agency


@transaction.atomic
def reopen_agency(agency: Agency, *, by: User) -> Agency:
    require(may_manage_agency(by, agency))
    _refuse_taken_name(agency.name, agency)
    agency.active = True
    agency.save(update_fields=["active"])
    audit.record(by, "agency.reopen", agency)
    return agency
