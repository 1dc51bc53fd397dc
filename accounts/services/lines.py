"""Lines (条线): the table that agencies and programmes refer to."""

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import Line, User
from accounts.rules import Refused, may_manage_lines, require


@transaction.atomic
def save_line(line: Line | None, *, name: str, by: User, order: int | None = None) -> Line:
    """Rename a line, or add one at the end when none is given."""
    require(may_manage_lines(by))
    if Line.objects.filter(name=name).exclude(pk=line and line.pk).exists():
        raise Refused(f"已有名为“{name}”的条线。")
    line = Line.objects.get(pk=line.pk) if line else Line(code=_next_code())
    line.name = name
    line.order = _last() + 1 if order is None else order
    line.save()
    audit.record(by, "line.save", line, name=name, order=line.order)
    return line


def _last() -> int:
    return Line.objects.aggregate(last=Max("order"))["last"] or 0


def _next_code() -> str:
    last = Line.objects.aggregate(last=Max("pk"))["last"] or 0
    return f"line-{last + 1}"
