"""Which agencies have nothing approved for a span yet, and where their submissions stand."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import Agency, Line, Region
from tracker.catalogue.models import Duty, Round, Span
from tracker.ledger.models import Entry
from tracker.submissions.models import Submission

NO_SUBMISSION = "尚未填报"


def gaps(
    region: Region, span: Span, lines: Sequence[Line], at: datetime | None = None
) -> list[str]:
    """市总工会：草稿 ... for each agency that owes figures of the span and has none approved."""
    approved = (
        Entry.objects.quotable(at).filter(span=span).values_list("agency", flat=True).distinct()
    )
    agencies = _owing(region, span, lines).exclude(pk__in=list(approved))
    states = {
        one.agency_id: one.get_status_display()
        for one in Submission.objects.filter(round__span=span, agency__in=agencies).order_by("pk")
    }
    return [f"{one.short_name}：{states.get(one.pk, NO_SUBMISSION)}。" for one in agencies]


def _owing(region: Region, span: Span, lines: Sequence[Line]):
    duties = Duty.objects.filter(active=True, cycle__rounds__span=span)
    agencies = Agency.objects.active().filter(
        pk__in=duties.values("agency"), region__path__startswith=region.path
    )
    return agencies.filter(line__in=lines) if lines else agencies


def awaited_lines(region: Region, span: Span, at: datetime | None = None) -> set[int]:
    """Lines of which an agency of the region still owes figures of the span, or of a part of it.

    Who was asked and has neither an approved submission nor a current entry is awaited: a total
    without it would be too small. Of a freeze at `at`: who was not approved by then is awaited.
    """
    rounds = Round.objects.filter(span__start__gte=span.start, span__end__lte=span.end)
    owed = Duty.objects.filter(
        active=True, cycle__rounds__in=rounds, agency__region__path__startswith=region.path
    ).values_list("agency", "cycle__rounds", "cycle__rounds__span", "agency__line")
    approved = Submission.objects.filter(round__in=rounds, status=Submission.Status.APPROVED)
    if at is not None:
        approved = approved.filter(decided_at__lte=at)
    filed = set(approved.values_list("agency", "round"))
    entered = set(
        Entry.objects.quotable(at)
        .filter(span__in=rounds.values("span"))
        .values_list("agency", "span")
    )
    within = set(rounds.values_list("pk", flat=True))
    return {
        line
        for agency, round_, span_, line in owed
        if round_ in within and (agency, round_) not in filed and (agency, span_) not in entered
    }


def missing(region: Region, span: Span, lines: Sequence[Line]) -> str:
    """Why nothing can be compiled, with every agency that is awaited."""
    where = f"{region.name}{span.key}"
    about = f"（{'、'.join(line.name for line in lines)}）" if lines else ""
    awaited = gaps(region, span, lines)
    if awaited:
        return f"{where}{about}没有已核定的数据，不能汇编。缺：{''.join(awaited)}"
    return f"{where}{about}没有已核定的数据，也没有这一期间的填报任务，不能汇编。请先核定报送或导入历史数据。"
