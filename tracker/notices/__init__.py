"""What people are told: `notices.notify(...)` as a line of the verb that changed something."""

from .services import mark_all_read, mark_read, notify, settle, unread

__all__ = ["mark_all_read", "mark_read", "notify", "settle", "unread"]
