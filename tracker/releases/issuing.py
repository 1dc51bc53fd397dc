"""The last step: a named person issues a draft, and what went out is frozen; or takes it back."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import require
from tracker import workflow
from tracker.releases.files import ENDINGS, freeze_files, make
from tracker.releases.models import Release, Status, Version
from tracker.releases.rules import may_issue, may_withdraw


def latest(release: Release) -> Version:
    """The version that stands."""
    return release.versions.order_by("number").last()


def issue(release: Release, *, by: User, version: int, note: str = "") -> Release:
    """Issue the latest version and freeze its files; `version` is the release's as the person saw it.

    Refused when the rule says no, Stale when the draft has changed meanwhile.
    """
    require(may_issue(by, release))
    # Slow work first: the files are a pure function of a version that never changes.
    last = latest(release)
    made = {ending: make(last, ending) for ending in ENDINGS}
    with transaction.atomic():
        release = workflow.advance(
            release,
            Status.ISSUED,
            by=by,
            rule=may_issue,
            version=version,
            note=note,
            issued_by=by,
            issued_at=timezone.now(),
        )
        if latest(release) != last:
            raise workflow.Stale(release)
        freeze_files(last, made)
    return release


@transaction.atomic
def withdraw(release: Release, *, by: User, version: int, note: str = "") -> Release:
    """Take back what was issued, or drop a draft; the versions and files stay on record."""
    return workflow.advance(
        release, Status.WITHDRAWN, by=by, rule=may_withdraw, version=version, note=note
    )
