"""What may be made public: no internal genre, nothing cleared otherwise, no internal indicator."""

from accounts.rules import ALLOWED, Verdict, refused
from tracker.catalogue.models import Indicator
from tracker.releases.genres import genres
from tracker.releases.models import Issuance, Openness, Release, Version
from tracker.releases.proof import prove_version

SHOWN = 10


def is_internal(release: Release) -> bool:
    kind = genres().get(release.genre)
    return bool(kind and kind.is_internal)


def default_mode(release: Release, openness: str) -> str:
    """印发 for what stays inside, 发布 for the rest."""
    inside = is_internal(release) or openness not in ("", Openness.PROACTIVE)
    return Issuance.Mode.PRINT if inside else Issuance.Mode.PUBLISH


def may_publish(release: Release, version: Version, openness: str) -> Verdict:
    """Whether this text may be published at all, whoever does it."""
    if is_internal(release):
        name = genres()[release.genre].name
        return refused(f"“{name}”是内部文种，只能印发，不能公开发布。")
    if openness not in ("", Openness.PROACTIVE):
        return refused(f"公开属性为“{Openness(openness).label}”，不能公开发布，可以印发。")
    if names := internal_quoted(version):
        listed = "、".join(f"“{name}”" for name in names[:SHOWN])
        return refused(
            f"文稿引用了不公开的指标{listed}，不能公开发布；请删去后再发布，或改为印发。"
        )
    return ALLOWED


def internal_quoted(version: Version) -> list[str]:
    """Names of the internal indicators in the text: quoted by a figure, or recognised in plain words."""
    cited = Indicator.objects.filter(pk__in=version.citations.values("entry__indicator"))
    found = [one.source for one in prove_version(version).figures if one.source]
    typed = Indicator.objects.filter(pk__in={one.indicator for one in found if one.indicator})
    rows = (cited | typed).filter(is_open=False).distinct()
    return list(rows.order_by("pk").values_list("name", flat=True))
