"""Which city this installation serves."""

from django.db import transaction

from accounts import audit
from accounts.models import Region
from accounts.rules import Refused

from .models import City


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
