"""What approving asks of a submission beside its own row, read for any number of them at once."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from django.utils import timezone

from accounts.models import RoleGrant, User
from tracker.submissions.models import Adjustment, Figure, Narrative, Signature, Submission


class Contents:
    """Submission id -> what it says, who signed, its agency's people; true of the versions read.

    Each part is read for all of them when it is first asked for.
    """

    def __init__(self, submissions: Sequence[Submission]):
        self.agencies = {one.pk: one.agency_id for one in submissions}
        self.within = {"submission__in": list(self.agencies)}

    @cached_property
    def figures(self) -> dict[int, list[Figure]]:
        # An indicator of two hundred submissions is made once.
        rows = Figure.objects.filter(**self.within).prefetch_related("indicator", "region")
        return _by_submission(rows)

    @cached_property
    def adjustments(self) -> dict[int, list[Adjustment]]:
        rows = Adjustment.objects.filter(**self.within)
        return _by_submission(rows.select_related("indicator", "region", "about"))

    @cached_property
    def texts(self) -> dict[int, list[Narrative]]:
        rows = Narrative.objects.filter(**self.within).select_related("programme")
        return _by_submission(rows.prefetch_related("figures__confirmed_by"))

    @cached_property
    def signatures(self) -> dict[int, list[Signature]]:
        rows = Signature.objects.filter(**self.within).select_related("principal")
        return _by_submission(rows.order_by("pk"))

    @cached_property
    def people(self) -> dict[int, list[User]]:
        """Everybody who reports or signs today."""
        found = people_of(set(self.agencies.values()))
        return {pk: found[agency] for pk, agency in self.agencies.items()}

    def is_questioned(self, pk: int) -> bool:
        return any(one.questioned for one in (*self.figures[pk], *self.texts[pk]))


def _by_submission(rows) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.submission_id].append(row)
    return found


def people_of(agencies: set[int]) -> dict[int, list[User]]:
    """Agency id -> everybody who reports or signs for it today."""
    grants = RoleGrant.objects.current(timezone.localdate()).filter(
        role__in=("reporter", "signer"), appointment__agency__in=agencies
    )
    pairs = set(grants.values_list("appointment__agency", "appointment__user"))
    users = User.objects.in_bulk({user for _, user in pairs})
    found: dict[int, list[User]] = {pk: [] for pk in agencies}
    for agency, user in sorted(pairs):
        found[agency].append(users[user])
    return found
