"""What a test needs of the catalogue, with everything that it does not name left ordinary."""

import datetime

from django.utils import timezone

from accounts.models import Agency, Line, User
from tracker.catalogue.models import (
    Cycle,
    Definition,
    Duty,
    Indicator,
    Programme,
    Round,
    Span,
    Unit,
)
from tracker.submissions.models import Submission
from tracker.submissions.services import prepare

DIMENSIONS = {
    "人": "person", "名": "person", "人次": "attendance", "户": "household", "家": "organisation",
    "元": "money", "元/月": "money", "%": "percent",
}  # fmt: skip


def unit(name: str) -> Unit:
    dimension = DIMENSIONS.get(name, "other")
    return Unit.objects.get_or_create(name=name, defaults={"dimension": dimension})[0]


def programme(line: str = "union", name: str = "提升素质行动", **fields) -> Programme:
    owner = Line.objects.get(code=line)
    return Programme.objects.get_or_create(line=owner, name=name, defaults=fields)[0]


def indicator(
    by: User, name: str = "培训农民工", *, unit_name: str = "人次", programme_=None, **fields
) -> Indicator:
    """An indicator with its first definition."""
    home = programme_ or programme()
    made = Indicator.objects.create(
        code=fields.pop("code", f"I{Indicator.objects.count() + 1:03d}"),
        line=home.line,
        programme=home,
        name=name,
        unit=unit(unit_name),
        order=Indicator.objects.count(),
        **fields,
    )
    Definition.objects.create(indicator=made, number=1, unit=made.unit, by=by)
    return made


def month(year: int, number: int) -> Span:
    """The span of a calendar month."""
    start = datetime.date(year, number, 1)
    end = (start + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    key = f"{year}-{number:02d}"
    return Span.objects.get_or_create(
        key=key, defaults={"kind": "month", "start": start, "end": end}
    )[0]


def cycle(agency: Agency, *agencies: Agency, filing: str = "own", **fields) -> Cycle:
    """A monthly cycle that these agencies owe."""
    fields = {"name": "月度工作数据", "frequency": "month", "sign_steps": 1, **fields}
    made = Cycle.objects.create(
        region=agency.region, opens="期后1日", due="期后10日", filing=filing, **fields
    )
    for owing in (agency, *agencies):
        made.lines.add(owing.line)
        Duty.objects.create(cycle=made, agency=owing, filing=filing)
    return made


def open_round(of: Cycle, span: Span) -> Round:
    """A round of the cycle that is open now and due in a week."""
    now = timezone.now()
    return Round.objects.create(
        cycle=of,
        span=span,
        opens_at=now - datetime.timedelta(days=1),
        due_at=now + datetime.timedelta(days=7),
        state=Round.State.OPEN,
    )


def draft(of: Cycle, span: Span) -> Submission:
    """The draft of the only agency that owes an open round of the cycle."""
    made = open_round(of, span)
    prepare(made)
    return made.submissions.get()
