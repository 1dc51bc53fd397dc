"""A plan that waits for what is missing: who is told, once for the whole wait, and that it is over."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import Agency
from tracker.catalogue.models import Round
from tracker.notices.models import Kind
from tracker.notices.services import notify, settle
from tracker.submissions.chasing.people import People
from tracker.submissions.models import Submission

from . import running
from .models import PlanRun
from .required import lacking_agencies
from .rules import COMPILERS
from .telling import lead_people

TOLD = (Kind.PLAN_WAITS, Kind.PLAN_LACKS)
ASKED = ("reporter", "signer")
NAMED = 5


@transaction.atomic
def put_off(run: PlanRun, round: Round, missing: Sequence[str]) -> PlanRun:
    """Put off until everything is there. The first time its keepers and the agencies that are missing are told."""
    told = run.waited or _waiting(run).exclude(pk=run.pk).exists()
    run = running.put_off(run, missing)
    if not told:
        agencies = lacking_agencies(run.plan, round)
        _tell_keepers(run, round, agencies)
        _tell_agencies(run, round, agencies)
        said = {"run": run.pk, "span": round.span.key, "agencies": [one.pk for one in agencies]}
        audit.record(None, "release_plan.wait", run.plan, **said)
    return run


def over(run: PlanRun) -> None:
    """It was compiled: what was said about the wait is settled, unless another run of the span still waits."""
    if _waiting(run).exists():
        return
    for one in PlanRun.objects.filter(plan=run.plan, span=run.span, waited=True):
        settle(one, TOLD)


def _waiting(run: PlanRun):
    return PlanRun.objects.waiting().filter(plan=run.plan, span=run.span)


def _tell_keepers(run: PlanRun, round: Round, agencies: Sequence[Agency]) -> None:
    """Those who compile, with the log of the run."""
    notify(
        lead_people(run.plan.region, COMPILERS),
        Kind.PLAN_WAITS,
        about=run,
        link=reverse("plan-log", args=[run.plan_id, run.pk]),
        plan=run.plan.name,
        round=round,
        agency=_together([one.short_name for one in agencies]),
    )


def _together(names: Sequence[str]) -> str:
    more = f"等{len(names)}个单位" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more or "有关单位"


def _tell_agencies(run: PlanRun, round: Round, agencies: Sequence[Agency]) -> None:
    """The people of each who fill in and sign, with what they have to hand in."""
    people = People([one.pk for one in agencies], ASKED)
    rows = Submission.objects.filter(round=round, agency__in=agencies)
    submissions = {row.agency_id: row.get_absolute_url() for row in rows}
    for agency in agencies:
        notify(
            people.of(agency.pk, *ASKED),
            Kind.PLAN_LACKS,
            about=run,
            link=submissions.get(agency.pk, reverse("home")),
            occasion=agency.pk,
            plan=run.plan.name,
            round=round,
            agency=agency,
        )
