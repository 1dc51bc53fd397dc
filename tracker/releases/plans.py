"""Release plans: what is compiled by itself, when what it needs is approved or at its hour."""

import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rules import Refused, require
from tracker.catalogue.duties import agencies_of
from tracker.catalogue.models import Round, Span
from tracker.catalogue.spans import span_of
from tracker.jobs import Hopeless, Lost, finishing, keep
from tracker.jobs.models import Job
from tracker.notices.services import notify
from tracker.releases import mailing, running, waits
from tracker.releases.compiling import compile_release
from tracker.releases.models import PlanRun, Release, ReleasePlan
from tracker.releases.required import approved_in, lacking, owing_agencies, wanted_agencies
from tracker.releases.rules import COMPILERS, may_run
from tracker.releases.telling import lead_people

WAITING = PlanRun.State.WAITING


def due_plans(round: Round) -> QuerySet[ReleasePlan]:
    """The active plans that are compiled as soon as what they need of this round is there: those that
    say so, and those whose hour has come and that were put off."""
    waiting = PlanRun.objects.filter(plan=OuterRef("pk"), span=round.span_id, state=WAITING)
    return ReleasePlan.objects.filter(
        Q(when_complete=True) | Exists(waiting), active=True, cycle=round.cycle_id
    )


def complete(round: Round) -> bool:
    """Every agency that owes the round has an approved submission."""
    owing = set(agencies_of(round.cycle).values_list("pk", flat=True))
    return bool(owing) and owing <= set(approved_in(round).values_list("agency", flat=True))


def trigger_of(round: Round, plan: ReleasePlan | None = None) -> str:
    """The same approvals give the same trigger, so that nothing is compiled twice.

    Of a plan that does not need everybody: the approvals of those whom it needs.
    """
    rows = approved_in(round)
    if plan is not None and plan.required != ReleasePlan.Required.ALL:
        rows = rows.filter(agency__in=_needed(plan, round))
    told = sorted(rows.values_list("pk", "version"))
    return f"complete:{round.pk}:{hashlib.sha256(str(told).encode()).hexdigest()[:16]}"


def _needed(plan: ReleasePlan, round: Round) -> set[int]:
    """Agencies whose approval may bring a new draft: those named, and those that owe a named indicator."""
    named = {one.pk for one in wanted_agencies(plan, round)}
    indicators = list(plan.required_indicators.all())
    if plan.required != ReleasePlan.Required.CHOSEN or not indicators:
        return named
    return named | set(owing_agencies(indicators, round).values_list("pk", flat=True))


@transaction.atomic
def run_plan(
    plan: ReleasePlan, span: Span, *, by: User | None = None, trigger: str = ""
) -> Release:
    """Compile what the plan says for a span, tell the lead office's people, and put the file down for
    the plan's readers; once per trigger."""
    if by is not None:
        require(may_run(by, plan))
    release = compile_release(
        plan.genre,
        plan.region,
        span,
        lines=list(plan.lines.all()),
        settings=plan.settings,
        by=by,
        plan=plan,
        trigger=trigger,
    )
    tell(release)
    mailing.put_down(release)
    return release


def tell(release: Release) -> None:
    """The lead office's reviewers and editors learn that a draft is ready."""
    people, link = lead_people(release.region, COMPILERS), release.get_absolute_url()
    notify(people, "release-ready", about=release, link=link, release=release.title)


def compile_if_complete(job: Job) -> None:
    """Handler of "compile-if-complete", whose key is a round's id: each plan that has what it needs."""
    round = Round.objects.select_related("cycle", "span").filter(pk=job.key).first()
    if round is None:
        raise Hopeless("这一期次已不存在。")
    with finishing(job):
        for plan in due_plans(round):
            if not lacking(plan, round):
                _complete(plan, round)


def _complete(plan: ReleasePlan, round: Round) -> None:
    """Compile it; what stands against one plan does not hold up the others, and is in its log."""
    trigger = trigger_of(round, plan)
    about = {"plan": plan, "span": round.span}
    run = PlanRun.objects.filter(state=WAITING, **about).first()
    if run is None:
        if Release.objects.filter(trigger=trigger, **about).exists():
            return
        run = PlanRun.objects.create(cause=PlanRun.Cause.COMPLETE, **about)
    try:
        running.done(run, run_plan(plan, round.span, by=run.asked_by, trigger=trigger))
        waits.over(run)
    except Refused as reason:
        running.failed(run, str(reason))


def compile_plan(job: Job) -> None:
    """Handler of "compile-plan": its hour has come, or somebody asked for it.

    payload: plan (its id, where the key is the name of its schedule); run (the log of who asked);
    span (a key; without it the latest round of the plan's cycle whose span has begun).
    """
    plans = ReleasePlan.objects.select_related("cycle", "region")
    plan = plans.filter(pk=job.payload.get("plan", job.key)).first()
    if plan is None or not plan.active:
        raise Hopeless("汇编计划已删除或停用。")
    run = running.begun(job, plan)
    try:
        _run(job, plan, run)
    except Lost:
        # Another worker does it, and writes the log.
        raise
    except (Hopeless, Refused) as reason:
        running.failed(run, str(reason))
        raise
    except Exception as error:
        # The log is read by others than the system administrator, and holds no figure either.
        running.failed(run, f"程序出错（{type(error).__name__}），系统会再试。")
        raise


def _run(job: Job, plan: ReleasePlan, run: PlanRun) -> None:
    """What the plan says about what is missing is done; else it is compiled."""
    keep(job, progress=10, note="正在核对是否报齐")
    run.span, round = _span_for(plan, run, job.payload)
    missing = lacking(plan, round) if round else []
    if missing and not run.anyway and plan.on_missing != ReleasePlan.Missing.RUN:
        with finishing(job):
            if plan.on_missing == ReleasePlan.Missing.WAIT:
                waits.put_off(run, round, missing)
            else:
                running.skipped(run, missing)
        return
    keep(job, progress=40, note="正在汇编")
    with finishing(job):
        release = run_plan(plan, run.span, by=run.asked_by, trigger=f"hour:{job.pk}")
        running.done(run, release, missing)
        waits.over(run)


def _span_for(
    plan: ReleasePlan, run: PlanRun, payload: Mapping[str, str]
) -> tuple[Span, Round | None]:
    key = payload.get("span") or (run.span.key if run.span else plan.settings.get("期间", ""))
    rounds = Round.objects.filter(cycle=plan.cycle_id).select_related("cycle", "span")
    if key:
        try:
            span = span_of(key)
        except ValueError as error:
            raise Hopeless(str(error)) from error
        return span, rounds.filter(span=span).first() if plan.cycle_id else None
    begun = rounds.filter(opens_at__lte=timezone.now()).order_by("-span__end", "-pk").first()
    if plan.cycle_id is None or begun is None:
        raise Hopeless(f"计划“{plan}”没有已开始的期次，也没有设定期间。")
    return begun.span, begun
