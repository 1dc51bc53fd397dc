"""The proof of a stored version, and what keeps it from going out."""

from tracker.releases.models import Version
from tracker.releases.proof.flat import flatten
from tracker.releases.proof.grounding import ground_of
from tracker.releases.proof.proving import prove_text
from tracker.releases.proof.verdicts import Checked, Report
from tracker.releases.recording import document_of

SHOWN = 10


def prove_version(version: Version) -> Report:
    """The version as its stored tree reads, against the ledger as it is now."""
    release = version.release
    flat = flatten(document_of(version))
    ground = ground_of(release.region, release.span, list(release.lines.all()))
    return prove_text(flat.text, ground, anchors=flat.anchors)


def stops_issuing(version: Version) -> tuple[str, ...]:
    """In Chinese, one sentence each, what keeps the version from being published."""
    return tuple(_said(one) for one in prove_version(version).stops)


def _said(one) -> str:
    if isinstance(one, Checked):
        return f"“{one.figure.raw}”{one.verdict.label}：{one.hint}"
    return one.message
