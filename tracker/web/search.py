"""取数: one box over the approved figures that a person may see, and the origin of each."""

from functools import reduce
from operator import and_

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_filters import CharFilter, FilterSet, ModelChoiceFilter

from accounts.models import Agency, Line, Region, User
from tracker.catalogue.models import EntryMode, Frequency, Indicator, Programme, Said, Span
from tracker.language.dates import say_as_of, say_date, say_span
from tracker.ledger.models import Entry, Nature, Origin
from tracker.review.disputes import may_dispute
from tracker.review.models import Dispute, DisputeSide
from tracker.submissions.models import Evidence, Submission
from tracker.submissions.saying import written
from tracker.web import paging
from tracker.web.people.access import only
from tracker.web.summing import sums_for

READERS = (
    "reporter", "signer", "line_reviewer", "supervisor", "reviewer", "editor", "issuer", "auditor",
)  # fmt: skip
MOST_WORDS, SERIES = 6, 24


def programmes_seen(request):
    return Programme.objects.visible_to(request.user).select_related("line")


class FigureFilter(FilterSet):
    """The box takes several words; each has to be found in the figure's names."""

    q = CharFilter(label="查找", method="found")
    line = ModelChoiceFilter(
        label="条线", field_name="indicator__line", queryset=Line.objects.all()
    )
    programme = ModelChoiceFilter(
        label="项目", field_name="indicator__programme", queryset=programmes_seen
    )
    region = CharFilter(label="地区或代码", method="in_region")
    period = CharFilter(label="期间", field_name="span__key", lookup_expr="startswith")

    class Meta:
        model = Entry
        fields = ["q", "line", "programme", "region", "period"]

    def found(self, queryset, name, value):
        words = value.split()[:MOST_WORDS]
        return queryset.filter(reduce(and_, map(naming, words), Q()))

    def in_region(self, queryset, name, value):
        regions = Region.objects.filter(Q(name__icontains=value) | Q(code__startswith=value))
        return queryset.filter(region__in=regions.values("pk"))


def naming(word: str) -> Q:
    """Entries of an indicator, programme, region, agency or period that bears the word.

    The small tables are searched for it, never the ledger itself.
    """
    indicators = Indicator.objects.filter(named_indicators(word))
    agencies = Agency.objects.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    regions = Region.objects.filter(name__icontains=word)
    return (
        Q(indicator__in=indicators.values("pk"))
        | Q(agency__in=agencies.values("pk"))
        | Q(region__in=regions.values("pk"))
        | Q(span__in=Span.objects.filter(key__startswith=period_of(word)).values("pk"))
    )


def named_indicators(word: str) -> Q:
    """Indicators that bear the word in their name, code, programme or an alias."""
    return (
        Q(name__icontains=word)
        | Q(code__iexact=word)
        | Q(programme__name__icontains=word)
        | Q(pk__in=also_called(word))
    )


def also_called(word: str) -> list[int]:
    """Indicators with an alias that holds the word; SQLite keeps JSON escaped, so it cannot look."""
    aliases = Indicator.objects.exclude(aliases=[]).values_list("pk", "aliases")
    return [pk for pk, names in aliases if any(word in name for name in names)]


def period_of(word: str) -> str:
    """2020年 and 2020年12月 as the beginning of a span's key; other words as they are."""
    year, sign, rest = word.partition("年")
    if not sign or not year.isdecimal():
        return word
    number = rest.removesuffix("月").removesuffix("份").removesuffix("月")
    if number.isdecimal() and len(number) <= 2:
        return f"{year}-{int(number):02d}"
    named = {
        "上半年": "H1",
        "下半年": "H2",
        "一季度": "Q1",
        "二季度": "Q2",
        "三季度": "Q3",
        "四季度": "Q4",
    }
    return year + named.get(rest.removeprefix("第"), rest)


def official(user: User):
    """What the person may see of the ledger, with all that a sentence says."""
    return Entry.objects.visible_to(user).select_related(
        "indicator__unit",
        "indicator__programme",
        "region",
        "span",
        "agency",
        "definition",
        "reporter",
        "approver",
    )


@require_safe
@only(*READERS)
def figure_search(request):
    """The newest first; no count and no offset, however long the ledger."""
    rows = official(request.user).filter(pk__in=Entry.objects.current().values("pk"))
    filters = FigureFilter(request.GET, queryset=rows, request=request)
    window = paging.window(request, filters.qs)
    for entry in window.rows:
        entry.said = said(entry)
    asked = any(request.GET.get(name) for name in filters.form.fields)
    words = "" if request.GET.get("before") else request.GET.get("q", "")
    context = {
        "window": window,
        "sums": sums_for(request.user, words, period_of, named_indicators),
        "listing": {"filters": filters, "filtered": asked},
        "asked": asked,
    }
    return render(request, "search/figures.html", context)


def said(entry: Entry) -> dict[str, str]:
    """The words of one entry, and the sentence that is copied."""
    value, period = written(entry), period_words(entry.span)
    if entry.accumulates == EntryMode.CUMULATIVE and entry.kind == Said.VALUE:
        value = f"累计{value}"
    name = entry.indicator.name + (f"（{entry.member}）" if entry.member else "")
    if entry.adjusts:
        name += f"（对{say_span(entry.adjusts)}的当期调整）"
    if entry.nature != Nature.DECIDED:
        value += f"（{entry.get_nature_display()}）"
    place = entry.region.name + entry.scope
    as_of = say_as_of(entry.as_of_text or entry.as_of_date) if has_as_of(entry) else ""
    approved = say_date(timezone.localtime(entry.approved_at).date())
    parts = [
        f"{period}，{place}{name}{value}",
        entry.base_text and f"起算：{entry.base_text}",
        as_of,
        entry.definition.text and f"口径：{entry.definition.text.rstrip('。')}",
        f"{entry.agency.name}报送，{entry.approver.name}于{approved}核定",
    ]
    return {
        "name": name,
        "value": value,
        "place": place,
        "period": period,
        "as_of": as_of,
        "sentence": "；".join(part for part in parts if part) + "。",
    }


def has_as_of(entry: Entry) -> bool:
    return bool(entry.as_of_text or entry.as_of_date)


def period_words(span: Span) -> str:
    return say_date(span.start) if span.kind == Frequency.ONCE else say_span(span.key)


@require_safe
@only(*READERS)
def figure_page(request, pk):
    """One entry: what became of it, where it comes from, and the same figure in other periods."""
    entry = get_object_or_404(official(request.user), pk=pk)
    entry.said = said(entry)
    revisions = official(request.user).filter(**place_of(entry), span=entry.span)
    revisions = list(revisions.prefetch_related("standings__by").order_by("-revision"))
    for row in revisions:
        row.said = said(row)
    context = {
        "entry": entry,
        "standing": standing_of(entry, revisions),
        "revisions": revisions,
        "series": series_of(request.user, entry),
        "submission": submission_of(request.user, entry),
        "evidence": evidence_of(request.user, entry),
        "disputes": disputes_of(request.user, entry),
        "may_dispute": may_dispute(request.user, entry.region),
    }
    return render(request, "search/figure.html", context)


def place_of(entry: Entry) -> dict:
    """The key of an entry without its period and revision."""
    names = ("indicator", "agency", "region", "member", "scope", "nature", "accumulates", "adjusts")
    return {name: getattr(entry, name) for name in names}


def disputes_of(user: User, entry: Entry) -> list[DisputeSide]:
    """Where another source says another number, for those who may read of it."""
    seen = Dispute.objects.visible_to(user).values("pk")
    return list(entry.disputes.filter(dispute__in=seen).select_related("dispute__span"))


def standing_of(entry: Entry, revisions: list[Entry]) -> str:
    """现行, 已更正, 暂停使用, 未采用 or 作废."""
    if revisions[0].pk != entry.pk:
        return "superseded"
    last = list(revisions[0].standings.all())[-1:]
    return last[0].kind if last and last[0].kind != "restored" else "current"


def series_of(user: User, entry: Entry) -> list[Entry]:
    """The same figure in the periods of the same length, newest first."""
    rows = official(user).filter(**place_of(entry), span__kind=entry.span.kind)
    rows = rows.filter(pk__in=Entry.objects.current().values("pk"))
    found = list(rows.order_by("-span__end", "-pk")[:SERIES])
    for row in found:
        row.said = said(row)
    return found


def submission_of(user: User, entry: Entry) -> Submission | None:
    """The submission that it was reported in, where the person may open it."""
    if entry.origin != Origin.FIGURE:
        return None
    rows = Submission.objects.visible_to(user).select_related(
        "agency", "round__cycle", "round__span"
    )
    return rows.filter(figures__pk=entry.origin_id).first()


def evidence_of(user: User, entry: Entry) -> list[Evidence]:
    """The files behind it, where the person may open them."""
    if entry.origin != Origin.FIGURE:
        return []
    seen = Submission.objects.visible_to(user).values("pk")
    rows = Evidence.objects.filter(figure=entry.origin_id, removed_at=None, submission__in=seen)
    return list(rows.select_related("by"))
