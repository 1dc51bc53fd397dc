"""Regions that no table of the state knows, and those that come to an end."""

import re
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Region, RegionOverlap, User
from accounts.rules import Refused, may_manage_regions, require

AREA_CODE = re.compile(r"[0-9A-Z]{5,12}")


@transaction.atomic
def add_area(
    *, code: str, name: str, parent: Region, by: User, since: date | None = None
) -> Region:
    """A reporting area (功能区) with a code of the city's own, which starts with the city's code."""
    require(may_manage_regions(by))
    code = code.strip().upper()
    if not AREA_CODE.fullmatch(code) or not code.startswith(parent.prefecture):
        raise Refused(f"功能区代码应以{parent.prefecture}开头，共5至12位数字或大写字母。")
    if Region.objects.filter(code=code).exists():
        raise Refused(f"代码{code}已被使用。")
    area = Region.objects.create(
        code=code,
        name=name,
        short_name=name[:30],
        level=_level_below(parent),
        kind=Region.Kind.AREA,
        parent=parent,
        path=f"{parent.path}{code}/",
        valid_from=since,
    )
    audit.record(by, "region.add_area", area, code=code, parent=parent.code)
    return area


def _level_below(parent: Region) -> str:
    levels = Region.Level.values
    return levels[min(levels.index(parent.level) + 1, len(levels) - 1)]


@transaction.atomic
def retire_region(region: Region, *, ends: date, by: User) -> Region:
    """The last day of a region; its figures stay."""
    require(may_manage_regions(by))
    if region.valid_from and ends < region.valid_from:
        raise Refused("停用日期早于启用日期，请改正。")
    region.valid_to = ends
    region.save(update_fields=["valid_to"])
    audit.record(by, "region.retire", region, ends=ends)
    return region


@transaction.atomic
def manage_for(region: Region, manager: Region, *, by: User, note: str = "") -> RegionOverlap:
    """A township that another district manages: counted once, under its manager."""
    require(may_manage_regions(by))
    if manager.contains(region) or region.contains(manager):
        raise Refused(f"{region}与{manager}本有隶属关系，不必登记代管。")
    if region.overlaps.filter(valid_to__isnull=True).exists():
        raise Refused(f"{region}已登记代管，请先结束原有登记。")
    today = timezone.localdate()
    overlap = RegionOverlap.objects.create(
        region=region, managed_by=manager, note=note, valid_from=today
    )
    audit.record(by, "region.manage_for", overlap, note=note)
    return overlap


@transaction.atomic
def end_overlap(overlap: RegionOverlap, *, by: User) -> RegionOverlap:
    require(may_manage_regions(by))
    overlap.valid_to = timezone.localdate()
    overlap.save(update_fields=["valid_to"])
    audit.record(by, "region.end_overlap", overlap)
    return overlap
