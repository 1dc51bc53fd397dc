"""Which steps a genre's releases go through: the genre's own, or what the city has set instead."""

from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker.releases.genres import Chain, genres
from tracker.releases.models import ChainSetting, Release


def chain_of(release: Release) -> Chain:
    """The nearest region's setting, else the chain of the genre."""
    return chain_at(release.region, release.genre)


def chain_at(region: Region, genre: str) -> Chain:
    steps = region.path.strip("/").split("/")
    above = ["/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
    rows = ChainSetting.objects.filter(genre=genre, region__path__in=above)
    nearest = max(rows.select_related("region"), key=lambda row: len(row.region.path), default=None)
    if nearest is None:
        return genres()[genre].chain if genre in genres() else Chain()
    return Chain(nearest.readings, nearest.countersign, nearest.countersign_days, nearest.secrecy)


def may_set_chain(user: User, region: Region) -> Verdict:
    """Reviewers and issuers of the lead office; not the editors, who would loosen their own bonds."""
    if any(user.reach.leads_region(region, role) for role in ("reviewer", "issuer")):
        return ALLOWED
    return refused("只有牵头单位的主管和签发人可以设定办理流程。")


@transaction.atomic
def set_chain(region: Region, genre: str, chain: Chain, *, by: User) -> ChainSetting:
    """What the region asks of this genre from now on, drafts under way included."""
    require(may_set_chain(by, region))
    wanted = {
        "readings": chain.readings,
        "countersign": chain.countersign,
        "countersign_days": chain.countersign_days,
        "secrecy": chain.secrecy,
    }
    setting, _ = ChainSetting.objects.update_or_create(region=region, genre=genre, defaults=wanted)
    audit.record(by, "release_chain.set", setting, genre=genre, **wanted)
    return setting
