"""What an approved submission puts into the ledger, as plain values."""

import datetime

from tracker.catalogue.models import EntryMode, Measure, Said
from tracker.catalogue.spans import parse_key, previous_key, span_of, year_ago_key
from tracker.ledger.models import Origin
from tracker.ledger.posting import NumberPosting, PassagePosting, Posting
from tracker.submissions.models import Adjustment, Figure, Submission
from tracker.submissions.typed import read_typed

from .contents import Contents

MEASURED = (
    "indicator", "region", "member", "scope", "value", "entered", "entered_unit", "decimals",
    "qualifier", "accumulates", "base_text", "base_date", "as_of_text", "as_of_date",
    "start_value", "start_text", "start_date", "na_reason", "note", "explanation", "kind",
)  # fmt: skip


YEAR_AGO = ("上年同期", "去年同期", "上年同期可比数")


def source_of(submission: Submission, contents: Contents) -> dict:
    """Who answers for the rows: the submitter reports, the signers' names stand beside."""
    names = list(dict.fromkeys(str(one) for one in contents.signatures[submission.pk]))
    return {
        "agency": submission.agency,
        "span": submission.round.span,
        "origin": "figure",
        "reporter": submission.submitted_by,
        "signer_name": "、".join(names)[:60],
        "reported_at": submission.filed_at,
    }


def figures_of(submission: Submission, contents: Contents) -> list[Posting]:
    """Every figure that says something, the year's counts beside it, and what is made good for."""
    source = source_of(submission, contents) | {"nature": submission.round.cycle.nature}
    figures = [figure for figure in contents.figures[submission.pk] if figure.kind]
    said = [
        Posting(**_measured(figure, source["span"].key), **source, origin_id=figure.pk)
        for figure in figures
    ]
    counts = [_year_count(figure, source) for figure in figures if _counts_the_year(figure)]
    openings = [_opening(figure, source) for figure in figures if figure.opening is not None]
    return [*said, *counts, *openings, *_adjustments(contents.adjustments[submission.pk], source)]


def _measured(figure: Figure, key: str) -> dict:
    """Its columns; a base that was typed as 上年同期 gets the date that makes it comparable."""
    columns = {name: getattr(figure, name) for name in MEASURED}
    ago = year_ago_key(key)
    if figure.start_value is not None and figure.start_text in YEAR_AGO and ago:
        columns["start_date"] = figure.start_date or parse_key(ago).end
    return columns


def _counts_the_year(figure: Figure) -> bool:
    """Distinct objects never add over time: the year's count is reported beside the period's."""
    distinct = figure.indicator.measure == Measure.DISTINCT
    return distinct and figure.accumulates == EntryMode.PERIOD and figure.cumulative is not None


def _opening(figure: Figure, source: dict) -> Posting:
    """期初累计: what came before the first period, as the year's number up to the one before it."""
    typed = read_typed(figure.opening_entered, figure.indicator)
    key = previous_key(source["span"].key)
    return Posting(
        indicator=figure.indicator,
        region=figure.region,
        member=figure.member,
        scope=figure.scope,
        value=figure.opening,
        entered=typed.entered,
        entered_unit=typed.entered_unit,
        decimals=typed.decimals,
        qualifier=typed.qualifier,
        accumulates=EntryMode.CUMULATIVE,
        base_text="年初",
        base_date=source["span"].start.replace(month=1, day=1),
        note="期初累计",
        **(source | {"span": span_of(key)}),
        origin_id=figure.pk,
    )


def _year_count(figure: Figure, source: dict) -> Posting:
    return Posting(
        indicator=figure.indicator,
        region=figure.region,
        member=figure.member,
        scope=figure.scope,
        kind=Said.VALUE,
        value=figure.cumulative,
        entered=figure.cumulative_entered[:40],
        entered_unit=figure.entered_unit,
        decimals=figure.decimals,
        accumulates=EntryMode.CUMULATIVE,
        base_text="年初",
        base_date=datetime.date(source["span"].end.year, 1, 1),
        origin_id=figure.pk,
        **source,
    )


def _adjustments(rows: list[Adjustment], source: dict) -> list[Posting]:
    """Each is an entry of its own beside the period's figure; both add up."""
    return [
        Posting(
            indicator=row.indicator,
            region=row.region,
            scope=row.scope,
            value=row.value,
            entered=row.entered,
            entered_unit=row.entered_unit,
            decimals=row.decimals,
            note=row.note,
            adjusts=row.about.key,
            origin_id=row.pk,
            **source | {"origin": Origin.ADJUSTMENT},
        )
        for row in rows
    ]


def passages_of(submission: Submission, contents: Contents) -> list[PassagePosting]:
    """Every narrative with its confirmed numbers."""
    source = source_of(submission, contents)
    region, rows = submission.agency.region, []
    for text in contents.texts[submission.pk]:
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
