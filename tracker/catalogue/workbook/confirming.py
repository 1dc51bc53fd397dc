"""Carrying out what a person has seen, and nothing else."""

import hashlib

from django.db import transaction

from accounts.models import User

from .plan import Plan, carry_out


class Changed(Exception):
    """The catalogue moved on after the preview: `plan` is what the file would do now."""

    def __init__(self, plan: Plan):
        super().__init__("the plan is not the one that was seen")
        self.plan = plan


def digest_of(plan: Plan) -> str:
    """Equal for two plans that do the same."""
    return hashlib.sha256(repr(plan.steps).encode()).hexdigest()


@transaction.atomic
def carry_out_as_seen(plan: Plan, seen: str, *, by: User) -> Plan:
    """As `carry_out`; raises Changed, with nothing written, when its steps are not those seen."""
    done = carry_out(plan, by=by)
    if digest_of(done) != seen:
        raise Changed(done)
    return done
