"""An edited text proved figure by figure against the ledger.

`prove_text(text, ground_of(region, span))` gives a `Report`; `stops_issuing(version)` says in Chinese
what keeps a version from going out.
"""

from tracker.releases.proof.flat import Flat, Mark, flatten
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.grounding import ground_of
from tracker.releases.proof.proving import prove_text
from tracker.releases.proof.rulebook import GATES
from tracker.releases.proof.verdicts import (
    BLOCKING,
    Checked,
    Finding,
    Issued,
    Report,
    Source,
    Verdict,
    Vouched,
    digest_of,
)
from tracker.releases.proof.versions import (
    compilers_sentences,
    forget,
    ground_now,
    prove_version,
    say,
    stops_issuing,
)

__all__ = [
    "BLOCKING",
    "Checked",
    "Finding",
    "Flat",
    "GATES",
    "Ground",
    "Issued",
    "Mark",
    "Report",
    "Source",
    "Verdict",
    "Vouched",
    "compilers_sentences",
    "digest_of",
    "flatten",
    "forget",
    "ground_now",
    "ground_of",
    "prove_text",
    "prove_version",
    "say",
    "stops_issuing",
]
