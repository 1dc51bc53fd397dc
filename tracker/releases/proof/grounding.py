"""Load what may be quoted about a region and span, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value

from accounts.models import Line, Region
from tracker.catalogue.clauses import name_in
from tracker.catalogue.dictionary import names_kept_whole
from tracker.catalogue.models import Frequency, Indicator, Measure, Programme, Span, Target
from tracker.catalogue.spans import (
    all_part_keys,
    key_on,
    parse_key,
    previous_key,
    to_date_keys,
    year_ago_key,
    year_key,
)
from tracker.language.gates import Official
from tracker.ledger.comparisons import period_on_period, year_on_year
from tracker.ledger.models import Entry, Passage, PassageFigure, Standing
from tracker.ledger.summing import Total
from tracker.ledger.totals import year_to_date
from tracker.releases.facts import Fact
from tracker.releases.house.keeping import house_at
from tracker.releases.house.roster import posts_ever
from tracker.releases.noting import counted_once
from tracker.releases.proof.ground import Aim, Ground, Kin, Place
from tracker.releases.proof.verdicts import MADE_GOOD, SHARED, Source
from tracker.releases.proof.wordlists import dictionaries
from tracker.releases.summing import summed

COLUMNS = (
    "pk", "indicator_id", "indicator__code", "indicator__name", "indicator__verb", "indicator__unit__name",
    "indicator__measure", "indicator__programme__name", "member", "scope", "value", "qualifier",
    "start_value", "span__key", "region__code", "region__name", "replaced", "standing", "later", "adjusts",
)  # fmt: skip
SUPERSEDED, SUSPENDED, VOID = "已被更正", "已暂停使用", "已作废"
LATER = "冻结后才核定、等下一次冻结"
STRUCK = (Standing.Kind.VOID, Standing.Kind.OUTRANKED)
_REASONS = {Standing.Kind.SUSPENDED: SUSPENDED, Standing.Kind.VOID: VOID}
_ACTS = (Measure.FLOW, Measure.DISTINCT)


def ground_of(
    region: Region, span: Span, lines: Sequence[Line] = (), at: datetime | None = None
) -> Ground:
    """Entries of the region and its counties for the span and those it is compared with, figures of
    texts, sums, targets; and what stood once. `at`: as the freeze of that hour holds them."""
    rows = list(_rows(region, span, lines, at))
    said = [source for row in rows for source in _sources(row)]
    standing = [one for one in said if not one.standing]
    reported = {
        one.indicator for one in standing if one.region == region.code and one.span == span.key
    }
    indicators = _indicators(lines)
    shared = tuple(_shared(region, span, lines, at))
    return Ground(
        region.code,
        span.key,
        (
            *standing,
            *_sums(region, span, lines, reported, at),
            *shared,
            *_to_date(region, span, indicators, standing, at),
            *_numbers(region, span, lines, at),
        ),
        gone=tuple(_gone(said)),
        aims=_aims(region, span),
        kin=_kin(indicators),
        names=_names(),
        aliases={one.pk: named for one in indicators if (named := _other_names(one))},
        **dictionaries(region, span.end),
        range_mark=house_at(region).range_mark,
        officials=_officials(region),
        places=_places(region, span),
        cells=(*(one for one in standing if one.op == MADE_GOOD), *shared),
    )


def keys_around(key: str) -> set[str]:
    """The span, what it is made of and lies in, the one before, a year ago, and the years of both."""
    found = {key, *all_part_keys(key), *(to_date_keys(key) or ())}
    for other in (previous_key(key), year_ago_key(key)):
        found |= {other} if other else set()
    year = int(year_key(key))
    end = parse_key(key).end
    containing = {key_on(kind, end) for kind in ("month", "quarter", "half", "year")}
    return found | {str(year), str(year - 1)} | containing


def _rows(region: Region, span: Span, lines: Sequence[Line], at) -> Iterable[dict]:
    newer = Entry._base_manager.filter(supersedes=OuterRef("pk"))
    last = Standing.objects.filter(entry=OuterRef("pk")).order_by("-pk")
    later = Value(False)
    if at is not None:
        # What was struck since is struck; all else is as it was at that hour.
        last = last.filter(Q(at__lte=at) | Q(kind__in=STRUCK))
        newer, later = newer.filter(approved_at__lte=at), Q(approved_at__gt=at)
    known = Q(span__key__in=keys_around(span.key)) | Q(
        indicator__measure=Measure.STANDARD, span__end__lte=span.end, region=region
    )
    rows = Entry.objects.filter(known, Q(region=region) | Q(region__parent=region))
    rows = rows.filter(value__isnull=False)
    if lines:
        rows = rows.filter(indicator__line__in=lines)
    rows = rows.annotate(
        replaced=Exists(newer),
        standing=Subquery(last.values("kind")[:1]),
        later=ExpressionWrapper(later, BooleanField()),
    )
    return rows.order_by("pk").values(*COLUMNS)


def _sources(row: Mapping) -> Iterable[Source]:
    name = _label(row)
    if row["member"] or row["scope"]:
        name += f"（{'，'.join(filter(None, (row['member'], row['scope'])))}）"
    common = {
        "code": row["indicator__code"],
        "unit": row["indicator__unit__name"],
        "span": row["span__key"],
        "region": row["region__code"],
        "place": row["region__name"],
        "programme": row["indicator__programme__name"],
        "indicator": row["indicator_id"],
        "entries": (row["pk"],),
        "member": row["member"],
        "standing": _fallen(row),
    }
    key = f"e{row['pk']}"
    if about := row["adjusts"]:
        # It is told of the span that it makes good for, and its sign in a word.
        word, amount = ("核减" if row["value"] < 0 else "补计"), abs(row["value"])
        told = common | {"span": about, "op": MADE_GOOD}
        yield Source(key, name=f"{word}{name}", value=amount, **told)
        return
    yield Source(key, name=name, value=row["value"], qualifier=row["qualifier"], **common)
    if row["start_value"] is not None:
        before = f"{name}（调整前）"
        yield Source(f"{key}_start", name=before, value=row["start_value"], op="FROM_TO", **common)


def _fallen(row: Mapping) -> str:
    """Why the row may not be quoted; empty where it may."""
    if row["later"]:
        return LATER
    return SUPERSEDED if row["replaced"] else _REASONS.get(row["standing"], "")


def _label(row: Mapping) -> str:
    name, verb = row["indicator__name"], row["indicator__verb"]
    acts = row["indicator__measure"] in _ACTS
    return f"{verb}{name}" if acts and not name.startswith(verb) else name


def _gone(said: Sequence[Source]) -> Iterable[Source]:
    """Old rows whose value no standing row of the same fact repeats."""
    standing = {(one.indicator, one.region, one.span, one.name, one.value, one.qualifier) for one in said if not one.standing}  # fmt: skip
    for one in said:
        about = (one.indicator, one.region, one.span, one.name, one.value, one.qualifier)
        if one.standing and about not in standing:
            yield one


def _sums(
    region: Region, span: Span, lines: Sequence[Line], reported: set[int], at
) -> Iterable[Source]:
    """What was reported below, added up as the compiler does it."""
    sums, _ = summed(region, span, lines, reported, at=at)
    yield from _bases([item.indicator for item in sums], region, span, at)
    for item in sums:
        one = _total(item.fact.key, item.indicator, item.fact, region, span.key)
        yield one if len(one.entries) > 1 else replace(one, op="")


def _shared(region: Region, span: Span, lines: Sequence[Line], at) -> Iterable[Source]:
    """What two places both reported, and the sum holds once."""
    for one in counted_once(region, span, lines, at):
        fact, topic = one.fact, one.fact.topic
        yield Source(
            fact.key,
            "",
            f"{topic.verb}{topic.name}重复",
            fact.value,
            fact.unit,
            one.span,
            region.code,
            entries=fact.entries,
            op=SHARED,
            place=region.name,
        )


def _bases(indicators: Sequence[Indicator], region: Region, span: Span, at) -> Iterable[Source]:
    """The same sums a year before and a span before: what 同比 and 环比 stand on."""
    if not indicators or span.kind == Frequency.ONCE:
        return
    by_pk = {one.pk: one for one in indicators}
    changes = (
        year_on_year(indicators, [region], span, at=at),
        period_on_period(indicators, [region], span, at=at),
    )
    for (pk, _), change in ((place, one) for found in changes for place, one in found.items()):
        base, indicator = change.base, by_pk[pk]
        if base.value is not None and base.complete and base.entries:
            yield _total(f"i{pk}@{change.base_key}", indicator, base, region, change.base_key)


def _to_date(
    region: Region, span: Span, indicators: Sequence[Indicator], standing: Sequence[Source], at
) -> Iterable[Source]:
    """From 1 January to the end of the span, where that is more than the span itself."""
    if (to_date_keys(span.key) or (span.key,)) == (span.key,):
        return
    known = {one.indicator for one in standing if one.region == region.code}
    said = {(one.indicator, one.value) for one in standing if one.region == region.code and one.span == span.key}  # fmt: skip
    asked = [one for one in indicators if one.pk in known and one.measure in _ACTS]
    by_pk = {one.pk: one for one in asked}
    for (pk, _), total in year_to_date(asked, [region], span, at=at).items():
        if total.value is None or not total.complete or (pk, total.value) in said:
            continue
        yield _total(f"y{pk}", by_pk[pk], total, region, span.key)


def _total(key: str, indicator: Indicator, of: Fact | Total, region: Region, span: str) -> Source:
    """What several entries of an indicator make, for a span of the whole region."""
    return Source(
        key,
        indicator.code,
        indicator.label,
        of.value,
        indicator.unit.name,
        span,
        region.code,
        entries=of.entries,
        op="SUM",
        qualifier=of.qualifier,
        programme=indicator.programme.name,
        place=region.name,
        indicator=indicator.pk,
    )


def _numbers(region: Region, span: Span, lines: Sequence[Line], at) -> Iterable[Source]:
    """Confirmed figures of the texts that stand, each named by the words around it."""
    rows = PassageFigure.objects.filter(passage__region=region, passage__span=span)
    rows = rows.filter(passage__in=Passage.objects.quotable(at).values("pk"))
    if lines:
        rows = rows.filter(passage__programme__line__in=lines)
    columns = ("pk", "start", "end", "raw", "value", "unit", "qualifier", "passage__text", "passage__programme__name")  # fmt: skip
    for row in rows.order_by("pk").values(*columns):
        text, start, end = row["passage__text"], row["start"], row["end"]
        name = f"{text[max(0, start - 16) : start]}／{text[end : end + 8]}"
        yield Source(
            f"pf{row['pk']}",
            "",
            name,
            row["value"],
            row["unit"],
            span.key,
            region.code,
            passage_figure=row["pk"],
            qualifier=row["qualifier"],
            programme=row["passage__programme__name"],
            place=region.name,
        )


def _aims(region: Region, span: Span) -> dict[tuple[int, str], Aim]:
    places = Q(region=region) | Q(region__parent=region)
    rows = Target.objects.current().filter(places, year=int(year_key(span.key)))
    columns = rows.values_list("pk", "indicator", "region__code", "kind", "value", "year")
    return {
        (indicator, place): Aim(f"t{pk}", kind, value, year)
        for pk, indicator, place, kind, value, year in columns
    }


def _indicators(lines: Sequence[Line]) -> list[Indicator]:
    rows = Indicator.objects.select_related("unit", "programme").prefetch_related(
        "wholes", "not_above"
    )
    return list(rows.filter(line__in=lines) if lines else rows)


def _other_names(one: Indicator) -> tuple[str, ...]:
    """Its aliases, and the words of its clause, which a text says instead of its name."""
    return (*map(str, one.aliases), *filter(None, (name_in(one.clause),)))


def _kin(indicators: Iterable[Indicator]) -> dict[int, Kin]:
    return {
        one.pk: Kin(
            frozenset(whole.pk for whole in one.wholes.all()),
            frozenset(other.pk for other in one.not_above.all()),
            one.parts_complete,
            one.measure == Measure.STANDARD,
            one.measure in _ACTS,
            one.numerator_id,
            one.denominator_id,
        )
        for one in indicators
    }


def _officials(region: Region) -> tuple[Official, ...]:
    """Everybody with a post in the region, with all posts ever held there; the roster's people too."""
    posts: dict[str, list[str]] = defaultdict(list)
    for name, post in posts_ever(region):
        posts[name].append(post)
    return tuple(Official(name, tuple(held)) for name, held in posts.items())


def _places(region: Region, span: Span) -> dict[str, Place]:
    """The parts of the region that were in force at the end of the span."""
    rows = region.children.valid(span.end).order_by("code")
    columns = rows.values_list("code", "name", "short_name", "kind")
    return {
        code: Place(tuple(filter(None, {name: 1, short: 1})), kind == Region.Kind.DIVISION)
        for code, name, short, kind in columns
    }


def _names() -> tuple[str, ...]:
    """Names that may hold a numeral and are kept whole."""
    found: dict[str, None] = defaultdict(lambda: None)
    for protected, name in Programme.objects.values_list("protected_name", "name"):
        found |= dict.fromkeys(filter(None, (protected, name)))
    return tuple(found | dict.fromkeys(names_kept_whole()))
