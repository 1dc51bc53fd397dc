"""The copied kind of a grant is the kind of its user, and stays so: in the database.

Whoever holds a role cannot become another kind, so no account ever holds the roles of two
administrators, or of one and of the business (GB/T 22239-2019 8.1.5, separation of duties).
"""

from accounts import triggers
from accounts.triggers import Trigger


def guard(users: str, posts: str, grants: str) -> None:
    """Register the triggers, given the names of the three tables."""
    kind = (
        f"(SELECT u.kind FROM {users} u JOIN {posts} p ON p.user_id = u.id "  # noqa: S608
        "WHERE p.id = NEW.appointment_id) {differs} NEW.user_kind"
    )
    holds = (
        f"EXISTS (SELECT 1 FROM {grants} g JOIN {posts} p ON p.id = g.appointment_id "  # noqa: S608
        "WHERE p.user_id = OLD.id)"
    )
    wrong = "a grant is of the kind of its user"
    triggers.register(
        Trigger(grants, "INSERT", wrong, kind),
        Trigger(grants, "UPDATE", wrong, kind),
        Trigger(
            users,
            "UPDATE",
            "kind is fixed by the roles held",
            f"NEW.kind {{differs}} OLD.kind AND {holds}",
        ),
        Trigger(posts, "UPDATE", "a post stays with its user", "NEW.user_id {differs} OLD.user_id"),
    )
