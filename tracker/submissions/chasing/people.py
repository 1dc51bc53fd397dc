"""Whom a reminder is for: the people of many agencies in one query."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import Agency, RoleGrant, User
from tracker.submissions.models import Delegation, Status, Submission

SUPERIORS = ("line_reviewer", "reviewer", "supervisor")


class People:
    """Who holds which role at some agencies today."""

    def __init__(self, agencies: Iterable[int], roles: Iterable[str]):
        roles = list(roles)
        grants = RoleGrant.objects.current(timezone.localdate()).filter(
            role__in=roles, appointment__agency__in=list(agencies)
        )
        self._found: dict[tuple[int, str], list[User]] = {}
        for grant in grants.select_related("appointment__user"):
            key = (grant.appointment.agency_id, grant.role)
            self._found.setdefault(key, []).append(grant.appointment.user)
        if "signer" in roles:
            self._with_deputies()

    def _with_deputies(self) -> None:
        """Whoever stands in for a signer is told as one."""
        signers = {key: found for key, found in self._found.items() if key[1] == "signer"}
        rows = Delegation.objects.current(timezone.localdate()).select_related("giver", "deputy")
        for row in rows.filter(agency__in=[agency for agency, _ in signers]):
            found = signers.get((row.agency_id, "signer"), [])
            if row.giver in found:
                found.append(row.deputy)

    def of(self, agency: int | None, *roles: str) -> list[User]:
        """Each person once, in a settled order."""
        found = {one.pk: one for role in roles for one in self._found.get((agency, role), [])}
        return [found[pk] for pk in sorted(found)]

    def whose_turn(self, submission: Submission) -> list[User]:
        """Signers where it waits for a signature, else those who fill it in."""
        role = "signer" if submission.status == Status.SIGNING else "reporter"
        return self.of(submission.agency_id, role)


def superiors_of(submissions: Iterable[Submission]) -> dict[int, int | None]:
    """Agency id -> the agency above it: its superior, else the nearest other lead office."""
    leads = list(Agency.objects.active().filter(leads__isnull=False).select_related("leads"))
    return {one.agency_id: _above(one.agency, leads) for one in submissions}


def _above(agency: Agency, leads: list[Agency]) -> int | None:
    if agency.superior_id:
        return agency.superior_id
    over = [one for one in leads if agency.region.path.startswith(one.leads.path)]
    over = [one for one in over if one.pk != agency.pk]
    return max(over, key=lambda one: len(one.leads.path)).pk if over else None
