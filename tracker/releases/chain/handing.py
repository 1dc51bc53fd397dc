"""送核稿: who drafted says that the words are ready, and whose turn it is hears of it once."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker import workflow
from tracker.notices.models import Kind, Notice
from tracker.releases import telling
from tracker.releases.models import Release, Status

from .rules import PEOPLE
from .state import COUNTERSIGN, State, state_of


def may_hand_in(user: User, release: Release, state: State) -> Verdict:
    """The lead office's people, while somebody else's step is next and those people do not know it yet."""
    if not user.reach.leads_region(release.region, *PEOPLE):
        return refused("只有牵头单位的主管、编辑和签发人可以送办文稿。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不再办理流程。")
    if state.next is None:
        return refused("各步都已办理，只差印发。")
    if state.next.kind == COUNTERSIGN:
        return refused("现在轮到会签，请发送会签。")
    if known := informed(release, state):
        return refused(f"已告知{'、'.join(known)}，文字没有再改，不用再送。")
    return ALLOWED


def informed(release: Release, state: State) -> list[str]:
    """The names of those who have been told that these very words wait for the next step."""
    rows = Notice.objects.about(release).filter(
        kind=Kind.RELEASE_TURN, occasion=telling.turn(state)
    )
    return sorted(rows.values_list("recipient__name", flat=True))


@transaction.atomic
def hand_in(release: Release, *, by: User, version: int) -> list[str]:
    """Tell the people whose step is next; their names. Stale when the release has moved on."""
    release = workflow.fresh(release, version)
    state = state_of(release)
    require(may_hand_in(by, release, state))
    people = telling.whose_turn(release, state, apart=state.drafters | {by})
    if not people:
        require(refused(f"牵头单位没有别人可以办理{state.next.name}，请系统管理员增加人员角色。"))
    names = sorted(one.name for one in people)
    audit.record(by, "release.hand_in", release, step=state.next.kind, told=names, digest=state.digest)  # fmt: skip
    return names
