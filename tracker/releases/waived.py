"""What a second person has let pass in a release."""

from tracker.releases.models import Release, Waiver


def waived(release: Release) -> frozenset[str]:
    """The digests (`proof.digest_of`) of the findings that do not stop this release."""
    granted = release.waivers.filter(state=Waiver.State.GRANTED)
    return frozenset(granted.values_list("digest", flat=True))
