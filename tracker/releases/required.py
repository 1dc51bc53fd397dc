"""What must be approved before a plan is compiled: everybody of the round, some lines, or what was named."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Agency
from tracker.catalogue.duties import agencies_of, cells_of
from tracker.catalogue.models import Duty, Indicator, Round
from tracker.ledger.models import Entry
from tracker.releases.missing import NO_SUBMISSION
from tracker.releases.models import ReleasePlan
from tracker.submissions.models import Submission

Required = ReleasePlan.Required
NOBODY = "本期没有下达填报任务。"


def lacking(plan: ReleasePlan, round: Round) -> list[str]:
    """In words, each agency and indicator that the plan needs of the round and that is not approved yet."""
    agencies = wanted_agencies(plan, round)
    if plan.required == Required.CHOSEN:
        return [*_agencies(agencies, round), *_indicators(plan, round)]
    return _agencies(agencies, round) if agencies else [NOBODY]


def wanted_agencies(plan: ReleasePlan, round: Round) -> list[Agency]:
    """The agencies whose approved submission the plan needs, in order."""
    if plan.required == Required.CHOSEN:
        return list(plan.required_agencies.select_related("region"))
    owing = agencies_of(round.cycle)
    lines = list(plan.lines.all()) if plan.required == Required.LINES else []
    return list(owing.filter(line__in=lines) if lines else owing)


def lacking_agencies(plan: ReleasePlan, round: Round) -> list[Agency]:
    """Whose approved submission the plan waits for: those it needs, and those that owe an indicator it needs."""
    wanted = {one.pk: one for one in wanted_agencies(plan, round)}
    if plan.required == Required.CHOSEN:
        wanted |= {one.pk: one for one in owing_agencies(plan.required_indicators.all(), round)}
    approved = set(approved_in(round).values_list("agency", flat=True))
    return [one for pk, one in wanted.items() if pk not in approved]


def owing_agencies(indicators: Iterable[Indicator], round: Round) -> QuerySet[Agency]:
    """The agencies of the round that owe one of these indicators for some place."""
    indicators = list(indicators)
    places = {region for found in owed_places(indicators, round).values() for region in found}
    lines = {one.line_id for one in indicators}
    return agencies_of(round.cycle).filter(region__in=places, line__in=lines)


def approved_in(round: Round) -> QuerySet[Submission]:
    return Submission.objects.filter(round=round, status=Submission.Status.APPROVED)


def _agencies(wanted: Iterable[Agency], round: Round) -> list[str]:
    rows = Submission.objects.filter(round=round, agency__in=wanted).order_by("pk")
    states = {row.agency_id: row for row in rows}
    return [
        f"{one.short_name}：{states[one.pk].get_status_display() if one.pk in states else NO_SUBMISSION}。"
        for one in wanted
        if one.pk not in states or states[one.pk].status != Submission.Status.APPROVED
    ]


def _indicators(plan: ReleasePlan, round: Round) -> list[str]:
    """Each named indicator with the places that owe it and have no figure in the ledger."""
    wanted = list(plan.required_indicators.all())
    owed = owed_places(wanted, round) if wanted else {}
    known = set(
        Entry.objects.current()
        .filter(indicator__in=wanted, span=round.span)
        .values_list("indicator", "region")
    )
    told = []
    for one in wanted:
        places = owed.get(one.pk, {})
        without = [name for region, name in places.items() if (one.pk, region) not in known]
        if without or not places:
            who = "、".join(without) + "未核定" if places else "本期没有单位填报"
            told.append(f"“{one.name}”：{who}。")
    return told


def owed_places(wanted: Iterable[Indicator], round: Round) -> dict[int, dict[int, str]]:
    """Indicator id -> region id -> its name, as the duties of the round owe them."""
    ids = {one.pk for one in wanted}
    duties = Duty.objects.filter(cycle=round.cycle_id, active=True)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for cells in cells_of(duties).values():
        for cell in cells:
            if cell.indicator.pk in ids:
                found[cell.indicator.pk][cell.region.pk] = cell.region.name
    return found
