"""Who may take which step, with the reason when not."""

from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.rules import ALLOWED, Verdict, refused
from tracker.releases.models import Countersign, CountersignAnswer, Release, Status, Step, Waiver

from .state import COUNTERSIGN, Stage, State, state_of

PEOPLE = ("reviewer", "editor", "issuer")
# Stage -> the roles that may say it, and how they are called in a refusal.
DOERS = {
    Step.Kind.READING: (PEOPLE, "主管、编辑和签发人"),
    Step.Kind.SECRECY: (("reviewer", "issuer"), "主管和签发人"),
    Step.Kind.SIGN: (("issuer",), "签发人"),
}


def may_take(user: User, release: Release, stage: Stage, state: State) -> Verdict:
    """The word of a person on line: of the right role, on a text that is not their own."""
    verdict = may_record(user, release, stage, state)
    if not verdict:
        return verdict
    roles, words = DOERS[stage.kind]
    if not user.reach.leads_region(release.region, *roles):
        return refused(f"只有牵头单位的{words}可以办理{stage.name}。")
    if state.version.by_id == user.pk:
        return refused(f"最后修改文稿的人不能办理{stage.name}，请由另一人办理。")
    if stage.kind == Step.Kind.READING and user in state.drafters:
        return refused("文稿由您汇编，核稿请由另一人办理。")
    readers = [one.step for one in state.stages if one.kind == Step.Kind.READING and one.step]
    if stage.kind == Step.Kind.READING and any(
        step.signer_id == user.pk and step.ordinal != stage.ordinal for step in readers
    ):
        return refused("您已核过一次，请由另一人核稿。")
    return ALLOWED


def may_record(user: User, release: Release, stage: Stage, state: State) -> Verdict:
    """The lead office's people record what was written on paper, when it is that stage's turn."""
    if not user.reach.leads_region(release.region, *PEOPLE):
        return refused("只有牵头单位的主管、编辑和签发人可以办理。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不再办理流程。")
    current = state.next
    if current is None or (current.kind, current.ordinal) != (stage.kind, stage.ordinal):
        turn = current.name if current else "印发"
        return refused(f"现在轮到{turn}，还不能办理{stage.name}。")
    return ALLOWED


def may_ask(user: User, release: Release, state: State | None = None) -> Verdict:
    """Ask the supplying agencies, once the readings are done; `state` where it is known already."""
    if not user.reach.leads_region(release.region, *PEOPLE):
        return refused("只有牵头单位的主管、编辑和签发人可以发送会签。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不再会签。")
    current = (state or state_of(release)).next
    if current is None or current.kind != COUNTERSIGN:
        turn = current.name if current else "印发"
        return refused(f"现在轮到{turn}，不是会签。")
    return ALLOWED


def standing(countersign: Countersign) -> Verdict:
    """It is the last that the agency was asked, and nothing was settled since."""
    release = countersign.release
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不再会签。")
    later = Countersign.objects.filter(
        release=release, agency=countersign.agency_id, pk__gt=countersign.pk
    )
    if later.exists():
        return refused("这部分内容已经改动并重新发送会签，请办理新的一次。")
    outcomes = CountersignAnswer.Outcome
    settled = countersign.answers.filter(outcome__in=[outcomes.AGREED, outcomes.DECIDED])
    if settled.exists():
        return refused("会签已经办结。")
    return ALLOWED


def may_answer(user: User, countersign: Countersign) -> Verdict:
    """The agency's signer; a reporter where nobody signs for the agency."""
    if not user.reach.has("signer", countersign.agency_id) and not (
        user.reach.has("reporter", countersign.agency_id) and not has_signer(countersign)
    ):
        return refused("只有本单位的审签人可以会签。")
    return standing(countersign)


def has_signer(countersign: Countersign) -> bool:
    grants = RoleGrant.objects.current(timezone.localdate())
    return grants.filter(role="signer", appointment__agency=countersign.agency_id).exists()


def may_record_answer(user: User, countersign: Countersign) -> Verdict:
    """A signature on paper is recorded by the agency's reporter, or by the lead office."""
    own = user.reach.has("reporter", countersign.agency_id)
    if not own and not user.reach.leads_region(countersign.release.region, *PEOPLE):
        return refused("只有本单位的填报员和牵头单位可以登记纸质会签。")
    return standing(countersign)


def may_decide(user: User, countersign: Countersign) -> Verdict:
    """The lead office decides where an agency differs, or has let its time pass."""
    if not user.reach.leads_region(countersign.release.region, "reviewer", "issuer"):
        return refused("只有牵头单位的主管和签发人可以裁定会签。")
    verdict = standing(countersign)
    if not verdict:
        return verdict
    if not countersign.answers.exists() and countersign.due_at >= timezone.now():
        return refused("会签期限未到，对方也没有提出不同意见，还不能裁定。")
    return ALLOWED


def may_ask_waiver(user: User, release: Release) -> Verdict:
    if not user.reach.leads_region(release.region, *PEOPLE):
        return refused("只有牵头单位的主管、编辑和签发人可以提出校验例外。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不能再提出校验例外。")
    return ALLOWED


def may_decide_waiver(user: User, waiver: Waiver) -> Verdict:
    """A reviewer or issuer other than who asked."""
    if not user.reach.leads_region(waiver.release.region, "reviewer", "issuer"):
        return refused("只有牵头单位的主管和签发人可以同意校验例外。")
    if waiver.asked_by_id == user.pk:
        return refused("不能同意本人提出的校验例外，请由另一人办理。")
    if waiver.release.status != Status.DRAFT:
        return refused(f"文稿“{waiver.release.get_status_display()}”，不能再办理校验例外。")
    if waiver.state != Waiver.State.ASKED:
        return refused(f"这项校验例外{waiver.get_state_display()}。")
    return ALLOWED
