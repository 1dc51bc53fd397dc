"""Which city this installation serves."""

from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from accounts.rules import Refused, require

from .models import City
from .rules import may_keep_catalogue, may_set_city


@transaction.atomic
def serve_region(code: str, *, is_demo: bool = False) -> City:
    """The installation serves this region from now on; Refused when it serves another one."""
    region = Region.objects.by_code(code)
    city, made = City.objects.get_or_create(
        defaults={"region": region, "is_demo": is_demo}, only=True
    )
    if city.region_id != region.pk or city.is_demo != is_demo:
        raise Refused(f"本系统已用于{city.region}，不能再用于{region}。")
    if made:
        audit.record(None, "city.serve", city, region=region.code, demo=is_demo)
    return city


def ranks_counties() -> bool:
    """Has the city switched the ranking of its counties on? It never switches itself on."""
    return City.objects.filter(ranks_counties=True).exists()


@transaction.atomic
def set_ranking(on: bool, *, by: User) -> None:
    """Show the ranks of counties, or stop showing them."""
    require(may_keep_catalogue(by))
    lead = Region.objects.filter(path__in=by.reach.leads("reviewer")).order_by("path").first()
    city, _ = City.objects.select_for_update().get_or_create(only=True, defaults={"region": lead})
    require(may_set_city(by, city))
    city.ranks_counties = on
    city.save(update_fields=["ranks_counties"])
    audit.record(by, "city.rank", city, on=on)
