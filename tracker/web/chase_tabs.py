"""The row of tabs above progress, dispatch, ladder and channels: those that the person may open."""

from tracker.notices.rules import may_keep_notices
from tracker.submissions.chasing.rules import may_keep_ladder

# Who reads the dispatch table: the people of a lead office.
READERS = ("reviewer", "editor", "issuer", "supervisor")


def tabs(user) -> dict:
    """What `chase/_tabs.html` needs to know of the person."""
    roles = user.reach.roles
    return {
        "sees_board": not user.reach.administers,
        "sees_dispatch": not roles.isdisjoint(READERS),
        "may_keep": may_keep_ladder(user),
        "keeps_notices": may_keep_notices(user),
    }
