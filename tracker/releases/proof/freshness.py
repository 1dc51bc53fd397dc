"""What a kept proof depends on: while this does not change, nothing that it could quote has changed."""

from functools import reduce
from operator import or_

from django.db.models import Max, Q

from accounts.models import AuditEntry
from tracker.catalogue.models import Target
from tracker.ledger.models import Entry, Passage, Standing
from tracker.releases.proof import wordlists

# What these acts change can be quoted by nothing: it is not yet in the ledger, or it is about the
# work itself. They are by far the most frequent; every other act, an unknown one too, counts.
IDLE = (
    "session", "token", "audit", "notice", "channel", "chase", "delegation", "job", "evidence",
    "narrative", "figure", "figure_request", "submission", "past", "waiver",
)  # fmt: skip
IDLE_ACTS = (
    "release.keep", "release.discard", "release.remark", "release.settle_remark", "release.mail",
    "release.mail_again",
)  # fmt: skip
_IDLE = reduce(or_, (Q(act__startswith=f"{what}.") for what in IDLE)) | Q(act__in=IDLE_ACTS)


def state_of_ledger() -> tuple:
    """Changes with every row of the ledger, every act that can change what is quoted, and the city's word lists.

    Refused and failed acts were rolled back. The search goes back from the newest entry and stops at
    the first that counts.
    """
    newest = (model.objects.aggregate(Max("pk"))["pk__max"] for model in (Entry, Passage, Standing, Target))  # fmt: skip
    acts = AuditEntry.objects.filter(outcome=AuditEntry.Outcome.DONE).exclude(_IDLE)
    last = acts.order_by("-seq").values_list("hash", flat=True).first()
    return last, *newest, wordlists.changed()
