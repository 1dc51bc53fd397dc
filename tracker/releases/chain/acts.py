"""The verbs of the chain: take a step, ask the agencies, answer, decide."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require
from tracker import workflow
from tracker.catalogue.working import city_workdays
from tracker.notices.models import Kind
from tracker.notices.services import settle
from tracker.releases import telling
from tracker.releases.models import Countersign, CountersignAnswer, Release, Step

from .rules import may_answer, may_ask, may_decide, may_record, may_record_answer, may_take
from .signing import Paper, signature
from .state import COUNTERSIGN, State, state_of

ANSWERED = (Kind.COUNTERSIGN, Kind.COUNTERSIGN_DUE)
END_OF_DAY = datetime.time(17)


@transaction.atomic
def take_step(
    release: Release,
    kind: str,
    *,
    by: User,
    version: int,
    outcome: str = Step.Outcome.AGREED,
    opinion: str = "",
    openness: str = "",
    paper: Paper | None = None,
) -> Step:
    """Say that the text was read, cleared or signed, or send it back; on line, or recorded from paper.

    `kind` is the stage that the person saw as the next one. Stale when the release has moved on,
    Refused by the rule, ValidationError for a return without a reason.
    """
    release = workflow.fresh(release, version)
    state = state_of(release)
    stage = state.next
    if stage is None or stage.kind != kind:
        stage = state.stage(kind) if kind != COUNTERSIGN else None
        require(
            refused("没有这个步骤。") if stage is None else may_record(by, release, stage, state)
        )
    require((may_record if paper else may_take)(by, release, stage, state))
    if paper and kind == Step.Kind.READING and paper.signer_name.strip() in drafted_by(state):
        raise ValidationError("核稿人不能是拟稿人本人。", "signer_name")
    opinion = opinion.strip()
    if outcome == Step.Outcome.RETURNED and not opinion:
        raise ValidationError("请写明退回修改的原因。", "opinion")
    if kind == Step.Kind.SECRECY and outcome == Step.Outcome.AGREED and not openness:
        raise ValidationError("请选择公开属性。", "openness")
    step = Step.objects.create(
        release=release,
        version=state.version,
        digest=state.digest,
        kind=kind,
        ordinal=stage.ordinal,
        outcome=outcome,
        opinion=opinion,
        openness=openness if kind == Step.Kind.SECRECY else "",
        **signature(release, paper, by=by, at=release.region),
    )
    Release.objects.filter(pk=release.pk).update(version=F("version") + 1)
    audit.record(
        by, "release.step", release, step=kind, number=stage.ordinal, said=outcome,
        signer=step.signer_name, paper=step.on_paper, digest=state.digest,
    )  # fmt: skip
    telling.after_step(release, step, state_of(release))
    return step


def drafted_by(state: State) -> set[str]:
    """The names of those who may not read what they wrote."""
    return {one.name for one in state.drafters}


def due_after(days: int) -> datetime.datetime:
    """The end of the working day so many days from now."""
    day = city_workdays().nth_after(timezone.localdate(), days)
    return timezone.make_aware(datetime.datetime.combine(day, END_OF_DAY))


@transaction.atomic
def ask_agencies(
    release: Release, *, by: User, version: int, due_at: datetime.datetime | None = None
) -> list[Countersign]:
    """Ask each supplying agency for its word on what it has in the text; not those whose word holds."""
    release = workflow.fresh(release, version)
    require(may_ask(by, release))
    state = state_of(release)
    due_at = due_at or due_after(state.chain.countersign_days)
    if due_at <= timezone.now():
        raise ValidationError("会签期限要在现在以后。", "due_at")
    waiting = [word for word in state.stage(COUNTERSIGN).words if not word.asked]
    if not waiting:
        require(refused("各单位都已发送会签，没有新的内容要会签。"))
    asked = Countersign.objects.bulk_create(
        Countersign(
            release=release,
            agency=word.agency,
            version=state.version,
            digest=word.part.digest,
            due_at=due_at,
            asked_by=by,
        )
        for word in waiting
    )
    Release.objects.filter(pk=release.pk).update(version=F("version") + 1)
    names = [word.agency.short_name for word in waiting]
    audit.record(by, "countersign.ask", release, agencies=names, due_at=due_at)
    telling.asked(asked)
    return asked


@transaction.atomic
def answer(
    countersign: Countersign,
    *,
    by: User,
    agrees: bool,
    opinion: str = "",
    paper: Paper | None = None,
) -> CountersignAnswer:
    """The agency's word on what it was shown; a differing one says why, and is kept whatever follows."""
    _hold(countersign)
    require((may_record_answer if paper else may_answer)(by, countersign))
    opinion = opinion.strip()
    if not agrees and not opinion:
        raise ValidationError("不同意请写明意见。", "opinion")
    outcomes = CountersignAnswer.Outcome
    made = CountersignAnswer.objects.create(
        countersign=countersign,
        outcome=outcomes.AGREED if agrees else outcomes.DIFFERS,
        opinion=opinion,
        **signature(countersign.release, paper, by=by, at=countersign.agency),
    )
    _answered(made, "countersign.answer", by=by)
    return made


@transaction.atomic
def decide(countersign: Countersign, *, by: User, reason: str) -> CountersignAnswer:
    """The lead office goes on without the agency's consent, and says why; what the agency said stays."""
    _hold(countersign)
    require(may_decide(by, countersign))
    if not reason.strip():
        raise ValidationError("请写明裁定的理由。")
    made = CountersignAnswer.objects.create(
        countersign=countersign,
        outcome=CountersignAnswer.Outcome.DECIDED,
        opinion=reason.strip(),
        **signature(countersign.release, None, by=by, at=countersign.release.region),
    )
    _answered(made, "countersign.decide", by=by)
    return made


def _hold(countersign: Countersign) -> None:
    """Of two answers at once the second sees the first."""
    countersign.release = Release.objects.select_for_update().get(pk=countersign.release_id)


def _answered(made: CountersignAnswer, act: str, *, by: User) -> None:
    countersign = made.countersign
    release = countersign.release
    settle(countersign, ANSWERED)
    Release.objects.filter(pk=release.pk).update(version=F("version") + 1)
    audit.record(
        by, act, countersign, said=made.outcome, signer=made.signer_name, paper=made.on_paper,
        opinion=made.opinion, digest=countersign.digest,
    )  # fmt: skip
    telling.after_answer(release, made, state_of(release))
