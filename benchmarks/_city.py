"""A city with many figures, for measuring: everything through the same factories as the tests."""

import datetime
from decimal import Decimal

from django.utils import timezone

from accounts.gazetteer import Division
from accounts.models import Region
from accounts.services.divisions import import_regions
from tests import factories
from tests.cast import found_city
from tracker.ledger.posting import Posting, post
from tracker.review.services import approve
from tracker.submissions import services as filing

REPORTED = datetime.datetime(2026, 1, 10, 9, tzinfo=datetime.UTC)


class Large:
    """`indicators` of the trade union, each reported by `counties` counties."""

    def __init__(self, indicators: int, counties: int = 0):
        self.city = found_city()
        self.people = self.city.people
        self.level = "county" if counties else "city"
        self.indicators = self._indicators(range(indicators))
        codes = [Division(f"3701{n:02d}", f"测试{n}区") for n in range(50, 50 + counties)]
        import_regions(codes)
        self.counties = list(Region.objects.filter(code__in=[one.code for one in codes]))

    def _indicators(self, numbers) -> list:
        return [
            factories.indicator(
                self.people["li"], f"指标{n}", level=self.level, code=f"B{n:03d}", must_say=True
            )
            for n in numbers
        ]

    def grow(self, more: int) -> None:
        """So many further indicators, for the reports that follow; none of those before speaks again."""
        known = len(self.indicators)
        self.indicators = self._indicators(range(known, known + more))

    def report(self, span) -> None:
        """Every county says every indicator for the span, and it is approved."""
        postings = [
            Posting(
                indicator=indicator, agency=self.city.union, region=region, span=span,
                origin="figure", origin_id=1, reporter=self.people["li"], reported_at=REPORTED,
                value=Decimal(17 * number + place), entered=str(17 * number + place),
            )
            for number, indicator in enumerate(self.indicators)
            for place, region in enumerate(self.counties)
        ]  # fmt: skip
        post(postings, approved_by=self.people["wang"], at=timezone.now())

    def cycle(self):
        return factories.cycle(self.city.union)

    def draft(self, cycle, span):
        made = factories.open_round(cycle, span)
        filing.prepare(made)
        return made.submissions.get()

    def filled(self, row):
        changes = [
            filing.Change(one.pk, self.city.region.pk, str(100 + number))
            for number, one in enumerate(self.indicators)
        ]
        filing.save_figures(row, changes, by=self.people["li"])
        row.refresh_from_db()
        return row

    def approved(self, row):
        """Filed and in the ledger: what the next period stands beside."""
        row = self.filed(self.filled(row))
        return approve(row, by=self.people["wang"], version=row.version)

    def filed(self, row):
        row = filing.submit(row, by=self.people["li"], version=row.version)
        return filing.sign(row, by=self.people["zhang"], version=row.version)
