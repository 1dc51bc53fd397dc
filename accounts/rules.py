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
