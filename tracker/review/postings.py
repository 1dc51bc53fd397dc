"""What an approved submission puts into the ledger, as plain values."""

from tracker.ledger.posting import NumberPosting, PassagePosting, Posting
from tracker.submissions.models import Submission

MEASURED = (
    "indicator", "region", "member", "scope", "value", "entered", "entered_unit", "decimals",
    "qualifier", "accumulates", "base_text", "base_date", "as_of_text", "as_of_date",
    "start_value", "start_text", "start_date", "na_reason", "note", "explanation", "kind",
)  # fmt: skip


def source_of(submission: Submission) -> dict:
    """Who answers for the rows: the submitter reports, the signers' names stand beside."""
    names = list(dict.fromkeys(s.signer_name for s in submission.signatures.order_by("pk")))
    return {
        "agency": submission.agency,
        "span": submission.round.span,
        "origin": "figure",
        "reporter": submission.submitted_by,
        "signer_name": "、".join(names)[:60],
        "reported_at": submission.filed_at,
    }


def figures_of(submission: Submission) -> list[Posting]:
    """Every figure that says something."""
    source = source_of(submission)
    figures = submission.figures.exclude(kind="").select_related("indicator", "region")
    return [
        Posting(**{name: getattr(figure, name) for name in MEASURED}, **source, origin_id=figure.pk)
        for figure in figures
    ]


def passages_of(submission: Submission) -> list[PassagePosting]:
    """Every narrative with its confirmed numbers."""
    source = source_of(submission)
    region, rows = submission.agency.region, []
    for text in submission.narratives.select_related("programme").prefetch_related("figures"):
        numbers = tuple(
            NumberPosting(
                start=number.start,
                end=number.end,
                raw=number.raw,
                value=number.value,
                unit=number.unit,
                qualifier=number.qualifier,
                role=number.role,
                confirmed_by=number.confirmed_by,
            )
            for number in text.figures.all()
        )
        rows.append(
            PassagePosting(
                programme=text.programme,
                kind=text.kind,
                speaker=text.speaker,
                question=text.question,
                text=text.text,
                region=region,
                figures=numbers,
                origin_id=text.pk,
                **source,
            )
        )
    return rows
