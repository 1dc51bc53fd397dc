"""What can be done with people, posts, roles, agencies and regions."""

from accounts.services.agencies import (
    close_agency,
    create_agency,
    default_superior,
    edit_agency,
    move_agency,
    rename_agency,
    reopen_agency,
    set_lead,
)
from accounts.services.lines import save_line
from accounts.services.people import (
    change_own_password,
    disable,
    edit_account,
    edit_profile,
    enable,
    enroll,
    issue_passwords,
    open_account,
    reset_password,
    without_password,
)
from accounts.services.posts import (
    appoint,
    appoint_with_roles,
    change_appointment,
    end_appointment,
    hand_over,
    settle,
)
from accounts.services.regions import add_area, end_overlap, manage_for, retire_region
from accounts.services.roles import confirm_roles, propose_role, revoke_role
from accounts.services.tokens import issue_token, revoke_token

__all__ = [
    "add_area",
    "appoint",
    "appoint_with_roles",
    "change_appointment",
    "change_own_password",
    "close_agency",
    "confirm_roles",
    "create_agency",
    "default_superior",
    "disable",
    "edit_account",
    "edit_agency",
    "edit_profile",
    "enable",
    "end_appointment",
    "end_overlap",
    "enroll",
    "hand_over",
    "issue_passwords",
    "issue_token",
    "manage_for",
    "move_agency",
    "open_account",
    "propose_role",
    "rename_agency",
    "reopen_agency",
    "reset_password",
    "retire_region",
    "revoke_role",
    "revoke_token",
    "save_line",
    "set_lead",
    "settle",
    "without_password",
]
