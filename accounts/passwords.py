"""One-time passwords, and how long they are good for."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import MinimumLengthValidator

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GOOD_FOR = timedelta(days=7)


def one_time_password() -> str:
    """Three groups of four, without letters that look alike; 59 bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def is_stale(user, now: datetime) -> bool:
    """Was the one-time password given out too long ago to be used?"""
    return user.must_change_password and now - user.password_set_at > GOOD_FOR


class LongEnough(MinimumLengthValidator):
    """Django's own, in words that its Chinese translation lacks."""

    def get_error_message(self):
        return f"密码太短，至少需要{self.min_length}个字符。"

    def get_help_text(self):
        return f"密码至少需要{self.min_length}个字符。"
