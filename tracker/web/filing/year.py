"""How an agency's own year stands: target, done, completion, 序时, by what was approved."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Agency, User
from tracker.catalogue.models import Indicator, Target
from tracker.ledger.completions import Completion, completions
from tracker.submissions.models import Status, Submission

from .words import amount_words, percent, target_words

SHOWN = 30


@dataclass(frozen=True)
class Standing:
    """One target of the year and how far it is reached."""

    indicator: Indicator
    place: str
    found: Completion

    @property
    def target(self) -> str:
        return target_words(self.found.target)

    @property
    def done(self) -> str:
        actual = self.found.actual
        known = actual.value is not None and actual.complete
        return amount_words(actual.value, self.indicator, actual.qualifier) if known else ""

    @property
    def rate(self) -> str:
        """Of at-most targets what is left, never a rate."""
        if self.found.room is not None:
            return f"还有{amount_words(self.found.room, self.indicator)}余地"
        return "" if self.found.rate is None else percent(self.found.rate, type(self.found.rate)(1))

    @property
    def pace(self) -> str:
        return percent(self.found.schedule, type(self.found.schedule)(1))

    @property
    def behind(self) -> bool:
        return self.found.ahead is not None and self.found.ahead < 0


def year_of(user: User) -> tuple[str, list[Standing]]:
    """The last approved period in words, and its year's targets of the person's agencies."""
    mine = user.reach.agencies("reporter")
    approved = Submission.objects.filter(agency__in=mine, status=Status.APPROVED)
    approved = approved.select_related("round__span")
    last = approved.order_by("-round__span__end", "round__span__start").first()
    if last is None:
        return "", []
    agencies = list(Agency.objects.filter(pk__in=mine).select_related("region"))
    span = last.round.span
    owned = Q(indicator__source__in=mine)
    for agency in agencies:
        owned |= Q(indicator__line=agency.line_id, region=agency.region_id)
    targets = Target.objects.current().filter(
        owned, year=span.end.year, region__in={one.region_id for one in agencies}
    )
    indicators = {
        one.indicator_id: one.indicator
        for one in targets.select_related("indicator__unit", "indicator__programme__line")[:SHOWN]
    }
    regions = {one.region_id: one.region for one in agencies}
    found = completions(indicators.values(), regions.values(), span)
    several = len(regions) > 1
    return str(span), [
        Standing(indicators[pk], regions[region].name if several else "", one)
        for (pk, region), one in found.items()
    ]
