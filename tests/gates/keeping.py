"""What the lead office keeps about the ledger, in the world of the gates."""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from tests import factories
from tracker.catalogue.city_rules import create_rule
from tracker.ledger.controls import explain_difference
from tracker.ledger.freezing import declare
from tracker.ledger.models import Entry
from tracker.ledger.natures import reconcile
from tracker.ledger.overlaps import count_once
from tracker.ledger.posting import Posting, post
from tracker.releases.own_patterns.services import approve as approve_pattern
from tracker.releases.own_patterns.services import propose as propose_pattern
from tracker.releases.own_patterns.subjects import subject_of
from tracker.review.disputes import Side, raise_dispute
from tracker.submissions.adjusting import adjust
from tracker.submissions.deputising import delegate

if TYPE_CHECKING:
    from tests.gates.world import World


def keep(world: "World") -> None:
    """A dispute, a freeze, a rule of the city's own, an adjustment, a control total, a final figure."""
    people, region = world.city.people, world.city.region
    own, below = (approved(world, place) for place in ("own", "below"))
    _, final = post(
        [beside(own, scope=""), beside(own, nature="final")], approved_by=people["wang"]
    )
    sides = [Side(final, "按参训人次"), Side(below, "按发证人数")]
    world.put("dispute", "city", raise_dispute("两个口径", sides, by=people["wang"]))
    span = factories.month(2026, 5)
    reconcile(own, final, "年末补入", by=people["wang"])
    explain_difference(own.indicator, own.region, span, "另有本级", by=people["wang"])
    count_once(own, below, Decimal(1), by=people["wang"], reason="同一批人")
    hour = timezone.now() + datetime.timedelta(hours=1)
    world.put("freeze", "city", declare(region, span, hour, by=people["wang"]))
    fields = {
        "name": "不超一万", "indicator": own.indicator, "comparison": "<=", "against": "number",
        "other": None, "number": Decimal(10000), "times": Decimal(1), "severity": "warning",
        "message": "请核对",
    }  # fmt: skip
    world.put("city-rule", "city", create_rule(region, by=people["wang"], **fields))
    today, zhang = timezone.localdate(), people["zhang"]
    given = delegate(world.city.union, people["fang"], today, today, by=zhang)
    world.put("delegation", "own", given)
    row = world.things["returned"]["colleague"]
    world.put("adjustment", "own", adjust(row, own.pk, "-2", "重复统计", by=people["li"]))
    row.refresh_from_db()
    _patterns(world)


def _patterns(world: "World") -> None:
    """One that holds, and proposals that wait: of 王, of 魏, and of another city."""
    people, own = world.city.people, world.things["indicator"]["own"]
    island, city = world.things["city"]["abroad"], world.city.region

    def propose(region, about, source, who):
        return propose_pattern(region, subject_of(about), source, by=people[who])

    approve_pattern(propose(city, own, "共有{数}", "wei"), by=people["wang"])
    world.put("pattern", "by-wang", propose(city, own, "另有{数}", "wang"))
    world.put("pattern", "by-wei", propose(city, own.programme, f"共有{{{own.code}}}。", "wei"))
    world.put("pattern", "abroad", propose(island, own, "共有{数}", "qin"))


def approved(world: "World", place: str) -> Entry:
    """What was approved in May at the place."""
    figure = world.things["approved"][place].figures.order_by("pk").first()
    rows = Entry.objects.select_related("indicator", "agency", "region", "span", "reporter")
    return rows.filter(origin="figure", origin_id=figure.pk).order_by("pk").first()


def beside(entry: Entry, **fields) -> Posting:
    """Another figure about the same thing: a control total, or one of another nature."""
    known = {
        "indicator": entry.indicator, "agency": entry.agency, "region": entry.region,
        "span": entry.span, "origin": "import", "origin_id": 1, "reporter": entry.reporter,
        "reported_at": entry.reported_at, "scope": entry.scope, "value": Decimal(9), "entered": "9",
    }  # fmt: skip
    return Posting(**known | fields)
