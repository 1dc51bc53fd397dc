"""Who may compile, edit, issue and withdraw, and when."""

from accounts.models import Region, User
from accounts.rules import ALLOWED, Verdict, refused
from tracker.releases.chain.state import pending
from tracker.releases.models import Release, ReleasePlan, Status
from tracker.releases.openslots import say_open, slots_in
from tracker.releases.proof import stops_issuing
from tracker.releases.quoting import outdated
from tracker.releases.recording import document_of

COMPILERS = ("reviewer", "editor")
SHOWN = 10  # quoted entries named in a refusal
STOPS = 3  # findings of the proof named in it


def may_compile(user: User, region: Region) -> Verdict:
    """Reviewers and editors of the region's lead office."""
    if user.reach.leads_region(region, *COMPILERS):
        return ALLOWED
    return refused("只有牵头单位的主管和编辑可以汇编文稿。")


def may_edit(user: User, release: Release) -> Verdict:
    """Editors of the lead office (and its reviewers), while the release is a draft."""
    if not user.reach.leads_region(release.region, *COMPILERS):
        return refused("只有牵头单位的编辑和主管可以修改文稿。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不能再修改。")
    return ALLOWED


def may_issue(user: User, release: Release) -> Verdict:
    """An issuer of the lead office who did not edit last, when all before him in the chain have agreed,
    every quoted entry stands, nothing is left open, and the proof finds nothing that stops the text.
    """
    if not user.reach.leads_region(release.region, "issuer"):
        return refused("只有牵头单位的签发人可以签发文稿。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不能签发。")
    last = release.versions.order_by("number").last()
    if last.by_id == user.pk:
        return refused("最后修改文稿的人不能签发同一文稿，请由另一名签发人签发。")
    if gone := outdated(last):
        listed = "、".join(gone[:SHOWN]) + ("等" if len(gone) > SHOWN else "")
        return refused(f"文稿引用的数据或文字已被更正、停用或作废：{listed}。请重新汇编后再签发。")
    if slots := slots_in(document_of(last)):
        return refused(f"文稿里还有{len(slots)}处待补：{say_open(slots)}。请在编辑页补齐或删去。")
    if waiting := pending(release):
        return refused(waiting)
    if stops := stops_issuing(last):
        more = f"等{len(stops)}处" if len(stops) > STOPS else ""
        return refused(f"校验没有通过：{'；'.join(stops[:STOPS])}{more}。")
    return ALLOWED


def may_withdraw(user: User, release: Release) -> Verdict:
    """An issuer takes back what was issued; a draft may also be dropped by those who compile."""
    roles = ("issuer",) if release.status == Status.ISSUED else ("issuer", *COMPILERS)
    if not user.reach.leads_region(release.region, *roles):
        return refused("只有牵头单位的签发人可以撤回已印发的文稿。")
    if release.status == Status.WITHDRAWN:
        return refused("文稿已经撤回。")
    return ALLOWED


def may_lift_embargo(user: User, release: Release) -> Verdict:
    if not user.reach.leads_region(release.region, "issuer"):
        return refused("只有牵头单位的签发人可以提前解除下载限制。")
    if release.embargo_until is None:
        return refused("这份文稿没有设下载限制。")
    return ALLOWED


def may_plan(user: User, region: Region) -> Verdict:
    """Reviewers and editors of the lead office keep the release plans."""
    return may_compile(user, region)


def may_run(user: User, plan: ReleasePlan) -> Verdict:
    if not plan.active:
        return refused("该汇编计划已停用。")
    return may_compile(user, plan.region)
