"""Figures for the tests of the ledger, reported by 李 and approved by 王."""

import datetime
from decimal import Decimal

from accounts.models import Agency, Region
from tests.cast import City
from tracker.catalogue.models import Indicator
from tracker.catalogue.spans import span_of
from tracker.ledger.models import Entry
from tracker.ledger.posting import PassagePosting, Posting, post, post_passages

REPORTED = datetime.datetime(2021, 4, 1, 9, tzinfo=datetime.UTC)
APPROVED = datetime.datetime(2021, 4, 2, 9, tzinfo=datetime.UTC)


class Ground:
    """A ledger that is written to by one call, with everything ordinary that is not named."""

    def __init__(self, city: City):
        self.city = city
        self.people = city.people
        self.number = 0

    def region(self, code: str) -> Region:
        return Region.objects.get(code=code)

    def posting(self, indicator: Indicator, span: str, value=None, **fields) -> Posting:
        self.number += 1
        ordinary = {
            "agency": self.city.union,
            "region": self.city.region,
            "origin": "figure",
            "origin_id": self.number,
            "reporter": self.people["li"],
            "reported_at": REPORTED,
            "accumulates": indicator.entry_mode,
            "entered": "" if value is None else str(value),
        }
        value = None if value is None else Decimal(value)
        said = {"indicator": indicator, "span": span_of(span), "value": value}
        return Posting(**{**ordinary, **said, **fields})

    def post(self, *postings: Posting, by: str = "wang") -> list[Entry]:
        return post(postings, approved_by=self.people[by], at=APPROVED)

    def say(self, indicator: Indicator, span: str, value=None, **fields) -> Entry:
        """Post one figure; its entry."""
        [entry] = self.post(self.posting(indicator, span, value, **fields))
        return entry

    def text(self, programme, span: str, text: str, **fields) -> PassagePosting:
        self.number += 1
        ordinary = {
            "agency": self.city.union,
            "region": self.city.region,
            "kind": "practice",
            "origin": "figure",
            "origin_id": self.number,
            "reporter": self.people["li"],
            "reported_at": REPORTED,
        }
        said = {"programme": programme, "span": span_of(span), "text": text}
        return PassagePosting(**{**ordinary, **said, **fields})

    def post_texts(self, *postings: PassagePosting, by: str = "wang"):
        return post_passages(postings, approved_by=self.people[by], at=APPROVED)

    def county_union(self, code: str) -> Agency:
        """The trade union of a county, made when it is new."""
        region = self.region(code)
        name = f"{region.name}总工会"
        known = {"line": self.city.union.line, "region": region, "superior": self.city.union}
        return Agency.objects.get_or_create(
            name=name, defaults={**known, "short_name": name, "spoken_name": name}
        )[0]

    def say_at(self, code: str, indicator: Indicator, span: str, value=None, **fields) -> Entry:
        """Post one figure of a county's union at that county."""
        region = self.region(code)
        place = {"agency": self.county_union(code), "region": region}
        return self.say(indicator, span, value, **{**place, **fields})
