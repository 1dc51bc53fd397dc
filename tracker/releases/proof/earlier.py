"""What earlier issued versions said of their facts, to be compared with a new text."""

from accounts.models import Region
from tracker.documents.tree import Figure, walk
from tracker.language.figures import recognise
from tracker.releases.models import Release, Status
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.verdicts import Issued
from tracker.releases.recording import document_of

MOST = 5


def issued_before(region: Region, ground: Ground, but: Release | None = None) -> tuple[Issued, ...]:
    """Figures of the last few issued releases of the region, by their nodes."""
    rows = Release.objects.filter(region=region, status=Status.ISSUED).order_by("-issued_at")
    rows = rows.exclude(pk=but.pk) if but else rows
    found = []
    for release in rows.select_related("span").prefetch_related("versions")[:MOST]:
        last = max(release.versions.all(), key=lambda version: version.number)
        same_span = release.span.key == ground.span
        for node in walk(document_of(last)):
            if not isinstance(node, Figure) or not (same_span or _names_its_row(node)):
                continue
            if said := _said(release.title, node, ground):
                found.append(said)
    return tuple(found)


def _names_its_row(node: Figure) -> bool:
    """The key of a sum names the indicator alone: May's is not the half-year's."""
    return not node.key.startswith(("i", "d"))


def _said(title: str, node: Figure, ground: Ground) -> Issued | None:
    """The node as a claim about its source, when the source is one that the ground knows, old or new."""
    source = ground.of_node(node.key)
    read = recognise(node.surface, ground.names).figures
    if source is None or len(read) != 1:
        return None
    figure = read[0]
    return Issued(title, source, node.surface, figure.value, figure.qualifier, figure.place)
