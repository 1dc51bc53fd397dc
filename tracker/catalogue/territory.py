"""Which regions lie in which: a township that another district manages belongs to its manager."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Region, RegionOverlap
from accounts.models.places import in_force

from .models import Level

RANKS = {level: rank for rank, level in enumerate(["province", *Level.values])}


def rank(level: str) -> int:
    """0 for a province, 4 for a village."""
    return RANKS[level]


@dataclass(frozen=True)
class Territory:
    """The overlaps of one day: path of a managed region -> path of its manager, deepest first."""

    managed: tuple[tuple[str, str], ...] = ()

    @classmethod
    def on(cls, day: datetime.date) -> "Territory":
        """In one query."""
        rows = RegionOverlap.objects.filter(in_force(day))
        pairs = rows.values_list("region__path", "managed_by__path")
        return cls(tuple(sorted(pairs, key=lambda pair: -len(pair[0]))))

    def place(self, path: str) -> str:
        """The path by which a region is counted: under its manager where it has one."""
        for region, manager in self.managed:
            if path.startswith(region):
                return manager + path.removeprefix(region[: region.rstrip("/").rfind("/") + 1])
        return path

    def holds(self, outer: str, inner: str) -> bool:
        """Is the region of path `inner` counted within the one of path `outer`?"""
        return self.place(inner).startswith(self.place(outer))

    def reaching(self, paths: Iterable[str], field: str = "path") -> Q:
        """A condition that lets through at least every region counted within one of the paths."""
        paths = list(paths)
        brought = [region for region, manager in self.managed if _within_any(manager, paths)]
        found = Q(pk__in=[])
        for path in [*paths, *brought]:
            found |= Q(**{f"{field}__startswith": path})
        return found


def _within_any(path: str, outer: list[str]) -> bool:
    return any(path.startswith(one) for one in outer)


def subordinate_regions(regions: Iterable[Region], day: datetime.date) -> dict[int, list[Region]]:
    """Region id -> the regions counted within it (itself apart), in two queries."""
    regions = list(regions)
    territory = Territory.on(day)
    below = list(Region.objects.valid(day).filter(territory.reaching({r.path for r in regions})))
    return {
        region.pk: [
            one for one in below if one.pk != region.pk and territory.holds(region.path, one.path)
        ]
        for region in regions
    }
