"""The only way into the ledger: append, supersede what stood before, never change a row."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import Agency, Region, User
from accounts.rules import Refused
from tracker.catalogue.models import (
    OWN_SCOPE,
    Definition,
    EntryMode,
    Indicator,
    Programme,
    Said,
    Span,
)
from tracker.catalogue.territory import rank

from .models import Entry, Nature, Origin, Passage, PassageFigure, Standing
from .standing import ask_for_affected, outrank_rows, restore_rows

KEY = (
    "indicator", "agency", "region", "member", "scope", "span", "nature", "accumulates", "adjusts",
)  # fmt: skip
STATED = (
    "kind", "value", "entered", "entered_unit", "decimals", "qualifier", "base_text", "base_date",
    "as_of_text", "as_of_date", "start_value", "start_text", "start_date", "na_reason", "note",
    "explanation", "is_control", "must_say", "reporter_id",
)  # fmt: skip
SENTENCE_ENDS = "。!?！？\n"


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One figure on its way into the ledger: plain values, in base units.

    `origin_id` is the figure or staged row it comes from. `is_control`: None lets the ledger see
    for itself whether the number was typed for a level above the one that reports (控制数).
    `adjusts`: key of the earlier span for which it is a plus or minus of its own (当期调整).
    """

    indicator: Indicator
    agency: Agency
    region: Region
    span: Span
    origin: str
    origin_id: int
    reporter: User
    reported_at: datetime.datetime
    kind: str = Said.VALUE
    value: Decimal | None = None
    member: str = ""
    scope: str = ""
    entered: str = ""
    entered_unit: str = ""
    decimals: int = 0
    qualifier: str = ""
    accumulates: str = EntryMode.PERIOD
    base_text: str = ""
    base_date: datetime.date | None = None
    as_of_text: str = ""
    as_of_date: datetime.date | None = None
    start_value: Decimal | None = None
    start_text: str = ""
    start_date: datetime.date | None = None
    na_reason: str = ""
    note: str = ""
    explanation: str = ""
    nature: str = Nature.DECIDED
    is_control: bool | None = None
    must_say: bool | None = None
    adjusts: str = ""
    origin_file: str = ""
    origin_cell: str = ""
    signer_name: str = ""

    @property
    def key(self) -> tuple:
        """What an entry is unique by, revisions apart."""
        return (
            self.indicator.pk, self.agency.pk, self.region.pk, self.member, self.scope,
            self.span.pk, str(self.nature), str(self.accumulates), self.adjusts,
        )  # fmt: skip

    def row(self) -> dict:
        """The columns of the entry that it will be, approval and revision apart."""
        columns = {one.name: getattr(self, one.name) for one in fields(self)}
        if self.is_control is None:
            above = rank(self.region.level) < rank(self.indicator.level)
            columns["is_control"] = above and self.scope != OWN_SCOPE
        return columns | {"prefecture": self.region.prefecture}


@dataclass(frozen=True, kw_only=True)
class NumberPosting:
    """A confirmed number of a text: offsets into it, value in base units."""

    start: int
    end: int
    raw: str
    value: Decimal
    unit: str = ""
    qualifier: str = ""
    role: str = "actual"
    confirmed_by: User


@dataclass(frozen=True, kw_only=True)
class PassagePosting:
    """One text on its way into the ledger, with its confirmed numbers."""

    programme: Programme
    agency: Agency
    region: Region
    span: Span
    kind: str
    text: str
    origin: str
    origin_id: int
    reporter: User
    reported_at: datetime.datetime
    speaker: str = ""
    question: str = ""
    origin_file: str = ""
    origin_cell: str = ""
    signer_name: str = ""
    figures: tuple[NumberPosting, ...] = field(default=())


@transaction.atomic
def post(
    postings: Sequence[Posting], *, approved_by: User, at: datetime.datetime | None = None
) -> list[Entry]:
    """The entries that now stand for these postings, in their order, in a constant number of queries.

    What stood under the same key, current or suspended, is superseded; the same figure of the same
    reporter is not posted twice but restored. Refused when somebody approves what they reported.
    """
    _refuse_own(postings, approved_by)
    _refuse_twice(postings)
    at = at or timezone.now()
    definitions = _latest_definitions({posting.indicator.pk for posting in postings})
    before = latest_entries(postings)
    rows, fresh, kept = [], [], []
    for posting in postings:
        row = posting.row() | {"definition_id": definitions[posting.indicator.pk]}
        last = before.get(posting.key)
        if last and last.standing != Standing.Kind.VOID and _same(last, row):
            kept.append(last)
            rows.append(last)
        else:
            fresh.append(_successor(last, row, approved_by, at))
            rows.append(fresh[-1])
    Entry.objects.bulk_create(fresh)
    if any(entry.supersedes_id for entry in fresh):
        ask_for_affected()
    _keep_out(fresh, before, approved_by)
    suspended = [entry for entry in kept if entry.standing == Standing.Kind.SUSPENDED]
    restore_rows("entry", suspended, by=approved_by, reason="核定时数据未变")
    return rows


def _keep_out(fresh: Sequence[Entry], before: dict[tuple, Entry], by: User) -> None:
    """What lost a dispute stays out of use in its next revision too, until it is decided anew."""
    lost = [
        entry
        for entry in fresh
        if (last := before.get(_key_of(entry))) and last.standing == Standing.Kind.OUTRANKED
    ]
    outrank_rows(lost, by=by, reason="所属争议未采用此数")


def _refuse_own(postings: Iterable, approver: User) -> None:
    own = next((posting for posting in postings if posting.reporter == approver), None)
    if own:
        raise Refused(f"{approver.name}不能核定本人填报的数据，请由另一人核定。")


def _refuse_twice(postings: Sequence[Posting]) -> None:
    seen: set[tuple] = set()
    for posting in postings:
        if posting.key in seen:
            place = f"{posting.region}、{posting.span}"
            raise Refused(f"“{posting.indicator}”({place})在同一批数据中出现了两次，请只保留一个。")
        seen.add(posting.key)


def _latest_definitions(indicators: set[int]) -> dict[int, int]:
    """Indicator id -> the id of its newest definition."""
    rows = Definition.objects.filter(indicator__in=indicators).order_by("number")
    return dict(rows.values_list("indicator", "pk"))


def latest_entries(postings: Sequence[Posting]) -> dict[tuple, Entry]:
    """Key -> the entry with the highest revision, with the last word about it as `standing`."""
    last = Standing.objects.filter(entry=OuterRef("pk")).order_by("-pk")
    rows = Entry.objects.filter(
        indicator__in={posting.indicator.pk for posting in postings},
        agency__in={posting.agency.pk for posting in postings},
        span__in={posting.span.pk for posting in postings},
    ).annotate(standing=Subquery(last.values("kind")[:1]))
    return {_key_of(entry): entry for entry in rows.order_by("revision")}


def _key_of(entry: Entry) -> tuple:
    return (
        entry.indicator_id, entry.agency_id, entry.region_id, entry.member, entry.scope,
        entry.span_id, entry.nature, entry.accumulates, entry.adjusts,
    )  # fmt: skip


def _same(entry: Entry, row: dict) -> bool:
    stated = row | {"reporter_id": row["reporter"].pk}
    same = all(getattr(entry, name) == stated[name] for name in STATED)
    return same and entry.definition_id == row["definition_id"]


def _successor(last: Entry | None, row: dict, approver: User, at: datetime.datetime) -> Entry:
    revision = last.revision + 1 if last else 1
    return Entry(**row, revision=revision, supersedes=last, approver=approver, approved_at=at)


@transaction.atomic
def post_passages(
    postings: Sequence[PassagePosting], *, approved_by: User, at: datetime.datetime | None = None
) -> list[Passage]:
    """The passages that now stand for these texts, in their order.

    A changed text supersedes the one of the same origin; an unchanged one is restored. The same
    words about the same programme and period are never in the ledger twice.
    """
    _refuse_own(postings, approved_by)
    at = at or timezone.now()
    before = _latest_passages(postings)
    rows, kept, fresh = [], [], []
    for posting in postings:
        same = next((last for last in before if _same_words(last, posting)), None)
        if same is None:
            last = next((last for last in before if _same_origin(last, posting)), None)
            same = _passage(last, posting, approved_by, at)
            fresh.append((same, posting))
            before.append(same)
        elif same.pk:
            kept.append(same)
        rows.append(same)
    Passage.objects.bulk_create([passage for passage, _ in fresh])
    if any(passage.supersedes_id for passage, _ in fresh):
        ask_for_affected()
    _keep_numbers(fresh)
    suspended = [passage for passage in kept if passage.standing == Standing.Kind.SUSPENDED]
    restore_rows("passage", suspended, by=approved_by, reason="核定时文字未变")
    return rows


def _latest_passages(postings: Sequence[PassagePosting]) -> list[Passage]:
    last = Standing.objects.filter(passage=OuterRef("pk")).order_by("-pk")
    rows = Passage.objects.filter(
        programme__in={posting.programme.pk for posting in postings},
        agency__in={posting.agency.pk for posting in postings},
        span__in={posting.span.pk for posting in postings},
        superseded_by__isnull=True,
    ).annotate(standing=Subquery(last.values("kind")[:1]))
    numbered = rows.prefetch_related("figures").order_by("pk")
    return [passage for passage in numbered if passage.standing != Standing.Kind.VOID]


def _same_words(last: Passage, posting: PassagePosting) -> bool:
    said = (posting.programme.pk, posting.agency.pk, posting.region.pk, posting.span.pk,
            posting.kind, posting.speaker, posting.question, posting.text,
            posting.reporter.pk)  # fmt: skip
    known = (last.programme_id, last.agency_id, last.region_id, last.span_id, last.kind,
             last.speaker, last.question, last.text, last.reporter_id)  # fmt: skip
    return said == known and (not last.pk or _numbers(last) == _numbers_of(posting))


def _numbers(passage: Passage) -> set[tuple]:
    return {(one.start, one.end, one.value, one.unit, one.qualifier, one.role)
            for one in passage.figures.all()}  # fmt: skip


def _numbers_of(posting: PassagePosting) -> set[tuple]:
    return {(one.start, one.end, one.value, one.unit, one.qualifier, one.role)
            for one in posting.figures}  # fmt: skip


def _same_origin(last: Passage, posting: PassagePosting) -> bool:
    """An import is never the same origin twice: each of its rows is new."""
    return bool(
        last.pk
        and posting.origin == Origin.FIGURE
        and (last.origin, last.origin_id) == (posting.origin, posting.origin_id)
    )


def _passage(
    last: Passage | None, posting: PassagePosting, approver: User, at: datetime.datetime
) -> Passage:
    row = {one.name: getattr(posting, one.name) for one in fields(posting)}
    del row["figures"]
    return Passage(
        **row,
        prefecture=posting.region.prefecture,
        revision=last.revision + 1 if last else 1,
        supersedes=last,
        approver=approver,
        approved_at=at,
    )


def _keep_numbers(fresh: list[tuple[Passage, PassagePosting]]) -> None:
    PassageFigure.objects.bulk_create(
        PassageFigure(
            passage=passage,
            sentence=sentence_at(passage.text, number.start, number.end),
            **{one.name: getattr(number, one.name) for one in fields(number)},
        )
        for passage, posting in fresh
        for number in posting.figures
    )


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence of a text in which these offsets lie."""
    first = max((text.rfind(mark, 0, start) for mark in SENTENCE_ENDS), default=-1) + 1
    ends = [place for mark in SENTENCE_ENDS if (place := text.find(mark, end)) >= 0]
    return text[first : min(ends) + 1 if ends else len(text)].strip()
