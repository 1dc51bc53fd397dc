"""The answer of a rule: yes, or no with a reason that a person can read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: str) -> Verdict:
    return Verdict(False, reason)


class Refused(Exception):
    """An act that its rule does not allow; `verdict.reason` says why, in Chinese."""

    def __init__(self, verdict: Verdict | str):
        self.verdict = refused(verdict) if isinstance(verdict, str) else verdict
        super().__init__(self.verdict.reason)


def require(verdict: Verdict) -> None:
    """Go on when the verdict allows it, else raise Refused."""
    if not verdict:
        raise Refused(verdict)


def _holds(user, role: str, words: str) -> Verdict:
    return ALLOWED if user.reach.has(role) else refused(f"只有{words}可以进行此操作。")


def may_manage_accounts(user) -> Verdict:
    """Open, disable and list accounts: the system administrator's work."""
    return _holds(user, "system_admin", "系统管理员")


def may_manage_roles(user) -> Verdict:
    """Confirm and revoke roles: the security administrator's work."""
    return _holds(user, "security_admin", "安全管理员")


def may_read_audit(user) -> Verdict:
    return _holds(user, "auditor", "审计员")


def may_manage_regions(user) -> Verdict:
    return _holds(user, "system_admin", "系统管理员")


def may_manage_agencies_in(user, region) -> Verdict:
    """The system administrator anywhere, a reviewer of the lead office in what it leads."""
    if user.reach.has("system_admin") or user.reach.leads_region(region, "reviewer"):
        return ALLOWED
    return refused("只有系统管理员和牵头单位的主管可以管理这一区划的机构。")


def may_manage_agency(user, agency) -> Verdict:
    return may_manage_agencies_in(user, agency.region)


def may_reset_password(user, account) -> Verdict:
    """Neither administrator can take over the other's account by a new password."""
    if account == user:
        return refused("本人的密码请在“个人资料”中修改。")
    keeper, words = {
        "security": ("security_admin", "安全管理员"),
        "audit": ("security_admin", "安全管理员"),
    }.get(account.kind, ("system_admin", "系统管理员"))
    return _holds(user, keeper, words)


def may_disable(user, account) -> Verdict:
    if account == user:
        return refused("不能停用本人的账号。")
    if user.reach.has("system_admin") or user.reach.has("security_admin"):
        return ALLOWED
    return refused("只有系统管理员和安全管理员可以停用账号。")


def may_enable(user, account) -> Verdict:
    return may_manage_accounts(user) and may_not_be_self(user, account)


def may_not_be_self(user, account) -> Verdict:
    return ALLOWED if account != user else refused("本人的账号须由他人办理。")


def may_appoint(user, account, agency) -> Verdict:
    """As for the agency; but only the system administrator appoints administrators."""
    if account.kind != "business":
        return may_manage_accounts(user)
    return may_manage_agency(user, agency)


def may_propose_role(user, appointment, role) -> Verdict:
    """Who may appoint may propose; the role must fit the person and the agency."""
    account, agency = appointment.user, appointment.agency
    if role.kind != account.kind:
        return refused(
            f"{account.name}的账号类别是“{account.get_kind_display()}”，不能承担“{role.label}”角色。"
        )
    if role in role.lead_only and agency.leads_id is None:
        return refused(f"“{role.label}”角色只能由牵头单位的人员承担，{agency}不是牵头单位。")
    return may_appoint(user, account, agency)


def may_confirm_role(user, grant) -> Verdict:
    """A second person confirms, and nobody confirms their own."""
    if grant.appointment.user_id == user.pk:
        return refused("不能确认授予本人的角色。")
    if grant.proposed_by_id == user.pk:
        return refused("不能确认本人提请的角色。")
    if grant.confirmed_at or grant.revoked_at:
        return refused(f"{grant}已经处理过。")
    return may_manage_roles(user)


def may_revoke_role(user, grant) -> Verdict:
    if grant.revoked_at:
        return refused(f"{grant}已经撤销。")
    if grant.confirmed_at is None and grant.proposed_by_id == user.pk:
        return ALLOWED
    return may_manage_roles(user)


def may_manage_lines(user) -> Verdict:
    if user.reach.has("system_admin") or user.reach.leads("reviewer"):
        return ALLOWED
    return refused("只有系统管理员和牵头单位的主管可以管理条线。")


TOKENS_AT_ONCE = 10


def may_issue_token(user) -> Verdict:
    """Anybody, for their own programs, up to a few at once."""
    if user.tokens.live().count() >= TOKENS_AT_ONCE:
        return refused(f"有效的接口令牌最多{TOKENS_AT_ONCE}个，请先撤销不用的。")
    return ALLOWED


def may_revoke_token(user, token) -> Verdict:
    if token.user_id != user.pk:
        return refused("只能撤销本人的接口令牌。")
    if token.revoked_at:
        return refused(f"“{token}”已经撤销。")
    return ALLOWED
