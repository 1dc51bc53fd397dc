"""Which agency a row of history belongs to."""

from accounts.models import Agency, Region
from tracker.catalogue.models import Indicator


class Responsible:
    """The active agencies by line and region, in one query."""

    def __init__(self) -> None:
        self.by_place: dict[tuple[int, str], Agency] = {}
        agencies = Agency.objects.active().filter(is_guest=False).select_related("region", "line")
        for agency in agencies.order_by("-pk"):
            self.by_place[agency.line_id, agency.region.path] = agency

    def for_indicator(self, indicator: Indicator, region: Region) -> Agency | None:
        """The source at its own region, else the line's agency there, else the source, else above."""
        source = indicator.source
        if source and source.region_id == region.pk:
            return source
        there = self.by_place.get((indicator.line_id, region.path))
        return there or source or self.for_line(indicator.line_id, region)

    def for_line(self, line: int, region: Region) -> Agency | None:
        """The line's agency at the region or the nearest one above."""
        steps = region.path.rstrip("/").split("/")
        for size in range(len(steps), 0, -1):
            path = "/".join(steps[:size]) + "/"
            if found := self.by_place.get((line, path)):
                return found
        return None
