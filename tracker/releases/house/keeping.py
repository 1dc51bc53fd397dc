"""Which version of the house style holds, and making the next one."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import Region, User
from accounts.rules import ALLOWED, Refused, Verdict, refused, require
from tracker.releases.models import HouseStyle, Version
from tracker.workflow import Stale

from .style import House, Style, house_from


def may_set_house(user: User, region: Region) -> Verdict:
    """Reviewers and editors of the lead office: those who compile."""
    if user.reach.leads_region(region, "reviewer", "editor"):
        return ALLOWED
    return refused("只有牵头单位的主管和编辑可以设定行文规范。")


def newest(region: Region) -> HouseStyle | None:
    """The version that holds: of the region itself, else of the nearest one above it."""
    rows = HouseStyle.objects.filter(region__in=Region.objects.above(region).values("pk"))
    return rows.select_related("region", "by").order_by("-region__path", "-number").first()


def house_at(region: Region) -> House:
    """The house style that holds now; the product's own where nobody has set any."""
    row = newest(region)
    return house_of(row)


def house_of(row: HouseStyle | None) -> House:
    return house_from(row.content, row.number, row.pk) if row else House()


def style_of(version: Version) -> Style:
    """What a document was compiled with, whatever has been set since."""
    row = HouseStyle.objects.filter(pk=version.snapshot.get("house")).first()
    return house_of(row).for_genre(version.release.genre)


@transaction.atomic
def set_house(
    region: Region, house: House, *, by: User, version: int, note: str = ""
) -> HouseStyle:
    """The next version, from now on; drafts keep what they were compiled with.

    `version` is the number that the person saw (0: none yet); Stale when somebody was quicker, Refused
    when nothing differs.
    """
    require(may_set_house(by, region))
    last = HouseStyle.objects.filter(region=region).order_by("-number").first()
    if version != (last.number if last else 0):
        raise Stale(last) if last else Refused("行文规范已变，请刷新后再试。")
    before, after = last.content if last else {}, house.as_json()
    changes = differences(before, after)
    if not changes:
        raise Refused("没有改动，不必保存。")
    row = _next(region, after, version + 1, note.strip(), by)
    audit.record(by, "house_style.set", row, changes=changes, note=row.note)
    return row


def _next(region: Region, content: dict, number: int, note: str, by: User) -> HouseStyle:
    try:
        with transaction.atomic():
            return HouseStyle.objects.create(
                region=region, content=content, number=number, note=note[:200], by=by
            )
    except IntegrityError:
        raise Stale(HouseStyle.objects.filter(region=region).latest("number")) from None


def differences(before: Mapping, after: Mapping, path: str = "") -> dict[str, list]:
    """Path -> [old, new] for everything that differs; paths are joined by /."""
    found: dict[str, list] = {}
    for name in sorted({*before, *after}):
        here = f"{path}/{name}" if path else name
        old, new = before.get(name), after.get(name)
        if isinstance(old, Mapping) or isinstance(new, Mapping):
            found |= differences(old or {}, new or {}, here)
        elif old != new:
            found[here] = [old, new]
    return found
