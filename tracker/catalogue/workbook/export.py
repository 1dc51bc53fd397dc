"""The catalogue as it stands, in the sheets from which it can be read again unchanged."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from accounts.models import Agency, Appointment, Kind
from tracker.workbooks.cells import plain
from tracker.workbooks.writing import write

from ..models import Cycle, Display, Indicator, Programme, Target
from ..units import FACTORS
from .sheets import AGENCIES, CYCLES, INDICATORS, PEOPLE, PROGRAMMES, TARGETS

SAME_NAME = (
    "code", "name", "measure", "entry_mode", "decimals", "verb", "clause", "subject", "aliases", "required", "must_say",
    "level", "is_open", "wording", "adds_over_regions",
)  # fmt: skip


def export_catalogue() -> bytes:
    """An .xlsx with all six sheets, in a constant number of queries."""
    return write(
        [
            (AGENCIES, _agencies()),
            (PEOPLE, _people()),
            (PROGRAMMES, _programmes()),
            (INDICATORS, _indicators()),
            (TARGETS, _targets()),
            (CYCLES, _cycles()),
        ]
    )


def _agencies() -> Iterator[dict[str, Any]]:
    for agency in Agency.objects.active().select_related("line", "region", "superior"):
        yield {
            "line": agency.line.name,
            "name": agency.name,
            "short_name": agency.short_name,
            "spoken_name": agency.spoken_name,
            "region": agency.region.full_code,
            "superior": agency.superior.name if agency.superior else "",
            "leads": agency.leads_id is not None,
        }


def _people() -> Iterator[dict[str, Any]]:
    posts = Appointment.objects.filter(
        user__kind=Kind.BUSINESS, user__is_active=True, agency__active=True
    )
    for post in posts.select_related("user", "agency").prefetch_related("grants"):
        yield {
            "name": post.user.name,
            "agency": post.agency.name,
            "post": post.post,
            "roles": [grant.role for grant in post.grants.all() if grant.revoked_at is None],
            "starts": post.starts,
            "ends": post.ends,
            "speaking_order": post.speaking_order,
            "username": post.user.username,
        }


def _programmes() -> Iterator[dict[str, Any]]:
    for programme in Programme.objects.filter(active=True).select_related("line"):
        yield {
            "line": programme.line.name,
            "name": programme.name,
            "order": programme.order,
            "purpose": programme.purpose,
            "protected_name": programme.protected_name,
        }


def _indicators() -> Iterator[dict[str, Any]]:
    active = Indicator.objects.filter(active=True, programme__active=True)
    for one in active.select_related(
        "programme", "line", "unit", "source", "numerator", "denominator"
    ).prefetch_related("wholes", "not_above", "definitions"):
        wholes = list(one.wholes.all())
        complete = all(w.parts_complete for w in wholes) if wholes else one.parts_complete
        yield {key: getattr(one, key) for key in SAME_NAME} | {
            "line": one.line.name,
            "programme": one.programme.name,
            "unit": one.entry_unit,
            "display": {Display.AS_IS: ""}.get(one.display, one.display),
            "wholes": [whole.code for whole in wholes],
            "definition": list(one.definitions.all())[-1].text,
            "numerator": one.numerator.code if one.numerator else "",
            "denominator": one.denominator.code if one.denominator else "",
            "source": one.source.name if one.source else "",
            "not_above": [other.code for other in one.not_above.all()],
            "parts_complete": complete,
        }


def _targets() -> Iterator[dict[str, Any]]:
    known = Q(indicator__active=True, indicator__programme__active=True)
    for target in (
        Target.objects.current().filter(known).select_related("indicator__unit", "region")
    ):
        scale = FACTORS[target.indicator.entry_scale]
        yield {
            "code": target.indicator.code,
            "region": target.region.full_code,
            "year": target.year,
            "value": None if target.value is None else plain(target.value / scale),
            "kind": target.kind,
            "basis": target.basis,
        }


def _cycles() -> Iterator[dict[str, Any]]:
    for cycle in Cycle.objects.filter(active=True).prefetch_related("lines"):
        yield {
            "name": cycle.name,
            "frequency": cycle.frequency,
            "lines": [line.name for line in cycle.lines.all()],
            "opens": cycle.opens,
            "due": cycle.due,
            "sign_steps": cycle.sign_steps,
            "line_review": cycle.line_review,
            "filing": cycle.filing,
        }
