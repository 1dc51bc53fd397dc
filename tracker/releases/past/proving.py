"""The proof of a published document, told figure by figure; the document itself enters nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import Line, Region, User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker.catalogue.models import Span
from tracker.language.prose import sentence_at
from tracker.releases import proof
from tracker.releases.proof import Checked, Finding
from tracker.releases.rules import COMPILERS
from tracker.workbooks import papers
from tracker.workbooks.models import Upload

LACKING = frozenset({proof.Verdict.UNSUPPORTED})
DIFFERING = frozenset({proof.Verdict.MISMATCH, proof.Verdict.DIRECTION, proof.Verdict.STALE})
OPEN = frozenset({proof.Verdict.AMBIGUOUS, proof.Verdict.LOOSE})


@dataclass(frozen=True)
class Told:
    """A figure of the document with its verdict and its sentence, cut at the figure."""

    checked: Checked
    before: str
    behind: str

    @property
    def sentence(self) -> str:
        return f"{self.before}{self.checked.figure.raw}{self.behind}".strip()


@dataclass(frozen=True)
class Past:
    """The proof of one document: every figure in order, and what its words do wrong."""

    rows: tuple[Told, ...]
    findings: tuple[Finding, ...]

    @property
    def lacking(self) -> tuple[Told, ...]:
        """Published figures of which the ledger knows nothing."""
        return self._of(LACKING)

    @property
    def differing(self) -> tuple[Told, ...]:
        """Published figures that the ledger has otherwise."""
        return self._of(DIFFERING)

    @property
    def open(self) -> tuple[Told, ...]:
        """Figures that could stand on several entries, or hide too much."""
        return self._of(OPEN)

    @property
    def agreeing(self) -> tuple[Told, ...]:
        return tuple(one for one in self.rows if one.checked.source and not self._is_odd(one))

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Verdict in words and how many figures have it, the most first."""
        return Counter(one.checked.verdict.label for one in self.rows).most_common()

    def _of(self, verdicts: frozenset) -> tuple[Told, ...]:
        return tuple(one for one in self.rows if one.checked.verdict in verdicts)

    @staticmethod
    def _is_odd(one: Told) -> bool:
        return one.checked.verdict in LACKING | DIFFERING | OPEN


def may_prove_past(user: User, region: Region) -> Verdict:
    """Reviewers and editors of the region's lead office."""
    if user.reach.leads_region(region, *COMPILERS):
        return ALLOWED
    return refused("只有牵头单位的主管和编辑可以核对已发文稿。")


@transaction.atomic
def take_past(data: bytes, name: str, region: Region, span: Span, *, by: User) -> Upload:
    """Keep a published document for its proof. Raises NotAPaper when it cannot be read."""
    require(may_prove_past(by, region))
    upload = papers.keep(data, name, Upload.Purpose.PAST, by=by, about=region.pk)
    upload.outcome = {"region": region.pk, "span": span.key}
    upload.save(update_fields=["outcome"])
    audit.record(by, "past.prove", region, file=upload.name, sha256=upload.sha256, span=span.key)
    return upload


def prove_past(text: str, region: Region, span: Span, lines: Sequence[Line] = ()) -> Past:
    """Every figure of the text against the ledger of the region around the span."""
    report = proof.prove_text(text, proof.ground_of(region, span, lines))
    return Past(tuple(_told(text, one) for one in report.figures), report.findings)


def _told(text: str, checked: Checked) -> Told:
    sentence = sentence_at(text, checked.figure.start)
    start, end = max(sentence.start, 0), max(sentence.end, checked.figure.end)
    before = text[min(start, checked.figure.start) : checked.figure.start]
    return Told(checked, before.lstrip(), text[checked.figure.end : end].rstrip())
