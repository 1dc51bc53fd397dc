"""Which versions of a release a person reads: all of them inside the lead office, outside what went out."""

from accounts.models import User
from tracker.releases.models import DRAFT_ROLES, Release, Version


def is_inside(user: User, release: Release) -> bool:
    """The lead office's people, and auditors."""
    return user.reach.leads_region(release.region, *DRAFT_ROLES) or user.reach.has("auditor")


def versions_seen(user: User, release: Release):
    """The versions; for others only the one that was issued."""
    rows = release.versions.all()
    if is_inside(user, release):
        return rows
    last = Version.objects.filter(release=release).order_by("-number").values("pk")[:1]
    return rows.filter(pk__in=last)
