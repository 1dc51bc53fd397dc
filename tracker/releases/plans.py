"""Release plans: what is compiled by itself, when a round is complete or at its hour."""

import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import RoleGrant, User, lead_office_of
from accounts.rules import require
from tracker.catalogue.duties import agencies_of
from tracker.catalogue.models import Round, Span
from tracker.catalogue.spans import span_of
from tracker.jobs import Hopeless, finishing
from tracker.jobs.models import Job
from tracker.notices.services import notify
from tracker.releases.compiling import compile_release
from tracker.releases.models import Release, ReleasePlan
from tracker.releases.rules import may_run
from tracker.submissions.models import Submission

READERS = ("reviewer", "editor")


def due_plans(round: Round) -> QuerySet[ReleasePlan]:
    """The active plans that wait for this round to be complete."""
    return ReleasePlan.objects.filter(active=True, when_complete=True, cycle=round.cycle_id)


def complete(round: Round) -> bool:
    """Every agency that owes the round has an approved submission."""
    owing = set(agencies_of(round.cycle).values_list("pk", flat=True))
    return bool(owing) and owing <= set(_approved(round).values_list("agency", flat=True))


def _approved(round: Round) -> QuerySet[Submission]:
    return Submission.objects.filter(round=round, status=Submission.Status.APPROVED)


def trigger_of(round: Round) -> str:
    """The same approvals give the same trigger, so that nothing is compiled twice."""
    rows = sorted(_approved(round).values_list("pk", "version"))
    return f"complete:{round.pk}:{hashlib.sha256(str(rows).encode()).hexdigest()[:16]}"


@transaction.atomic
def run_plan(
    plan: ReleasePlan, span: Span, *, by: User | None = None, trigger: str = ""
) -> Release:
    """Compile what the plan says for a span, and tell the lead office's people; once per trigger."""
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
    return release


def tell(release: Release) -> None:
    """The lead office's reviewers and editors learn that a draft is ready."""
    lead = lead_office_of(release.region)
    grants = RoleGrant.objects.current(timezone.localdate()).filter(
        role__in=READERS, appointment__agency=lead
    )
    people = User.objects.filter(appointments__grants__in=grants).distinct()
    link = release.get_absolute_url()
    notify(people, "release-ready", about=release, link=link, release=release.title)


def compile_if_complete(job: Job) -> None:
    """Handler of "compile-if-complete", whose key is a round's id: nothing while it is incomplete."""
    round = Round.objects.select_related("cycle", "span").filter(pk=job.key).first()
    if round is None:
        raise Hopeless("这一期次已不存在。")
    with finishing(job):
        if complete(round):
            for plan in due_plans(round):
                run_plan(plan, round.span, trigger=trigger_of(round))


def compile_plan(job: Job) -> None:
    """Handler of "compile-plan", whose key is a plan's id: its hour has come.

    payload: plan (its id, where the key is the name of its schedule); span (a key; without it the
    latest round of the plan's cycle whose span has begun).
    """
    plans = ReleasePlan.objects.select_related("cycle", "region")
    plan = plans.filter(pk=job.payload.get("plan", job.key)).first()
    if plan is None or not plan.active:
        raise Hopeless("汇编计划已删除或停用。")
    span, round = _span_for(plan, job.payload)
    if round and not complete(round) and plan.on_missing != ReleasePlan.Missing.RUN:
        return
    with finishing(job):
        run_plan(plan, span, trigger=f"hour:{job.pk}")


def _span_for(plan: ReleasePlan, payload: Mapping[str, str]) -> tuple[Span, Round | None]:
    key = payload.get("span") or plan.settings.get("期间", "")
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
