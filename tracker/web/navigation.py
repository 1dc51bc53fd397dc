"""The entries at the left: at most seven, those of the person's roles only."""

from typing import NamedTuple

from django.urls import reverse

LIMIT = 7
LEAD = {"reviewer", "editor", "issuer"}
CONFIRM = {"reporter", "signer"}
AGENCY = {"reporter", "signer", "line_reviewer", "supervisor"}


class Entry(NamedTuple):
    """One entry: its words, the name of its address, its icon, and the roles that see it."""

    title: str
    page: str
    icon: str
    roles: frozenset[str]


class Link(NamedTuple):
    title: str
    url: str
    icon: str
    current: bool


def entry(title: str, page: str, icon: str, *roles: str) -> Entry:
    return Entry(title, page, icon, frozenset(roles))


# In the order of the day's work; the first that a person has is their desk. What finds things
# stands last: the jump box reaches it too, should somebody hold so many roles that it falls off.
ENTRIES = (
    entry("填报工作台", "submission-desk", "edit", "reporter"),
    entry("审签", "signing-queue", "signature", "signer"),
    entry("审核", "review-queue", "clipboard-check", "line_reviewer", "reviewer"),
    entry("报送进度", "completeness", "layout-grid", "line_reviewer", "reviewer", "supervisor"),
    entry("文稿", "release-list", "file-text", *LEAD, *AGENCY),
    entry("调度表", "dispatch", "table", "editor", "issuer"),
    entry("会签", "countersign-list", "checklist", *CONFIRM),
    entry("目录", "catalogue", "list-details", "reviewer"),
    entry("取数", "figure-search", "search", *LEAD, *AGENCY),
    entry("角色确认", "grant-list", "shield-lock", "security_admin"),
    entry("机构", "agency-list", "building", "system_admin", "reviewer"),
    entry("人员", "user-list", "users", "system_admin", "security_admin", "reviewer"),
    entry("区划", "region-list", "map-pin", "system_admin"),
    entry("定时计划", "schedule-list", "calendar-event", "system_admin"),
    entry("后台任务", "job-list", "robot", "system_admin"),
    entry("通知渠道", "channel-list", "send", "system_admin"),
    entry("审计记录", "audit-log", "history", "auditor"),
)


def of(user) -> list[Entry]:
    """The entries of this person's roles."""
    return [item for item in ENTRIES if item.roles & user.reach.roles][:LIMIT]


def links(user, path: str) -> list[Link]:
    """The entries as links; current is the one whose address begins the path of the page."""
    found = [(item, reverse(item.page)) for item in of(user)]
    here = max((url for _, url in found if path.startswith(url)), key=len, default=None)
    return [Link(item.title, url, item.icon, url == here) for item, url in found]
