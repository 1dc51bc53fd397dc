"""How a document would look: the genre itself, composed of sample words. Nothing is read from the ledger."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from accounts.models import Agency, Region, lead_office_of
from tracker.documents.tree import Document
from tracker.language.dates import say_date
from tracker.releases.contributors import guests_of
from tracker.releases.facts import Fact, Topic
from tracker.releases.genres import Genre
from tracker.releases.material import Contributor, Material, Programme, Words
from tracker.releases.wording.voice import Voice

from .settings import chosen_settings
from .style import House

SHOWN = 3  # agencies
SAMPLE = "这里是单位报送、已核定的文字。"
KINDS = ("practice", "problem", "next")
OCCASION = {"主题": "示例主题", "场次": "第一场", "期号": ""}


def preview(kind: Genre, folder: str, house: House, region: Region, today: date) -> Document:
    """The genre with the first agencies of the region in their order, one sample figure each."""
    given = {name: words for name, words in OCCASION.items() if name in _names(kind)}
    if "日期" in _names(kind):
        given["日期"] = say_date(today)
    settings = chosen_settings(kind, folder, house, given, region, today)
    lead, year = lead_office_of(region), today.year - 1
    material = Material(
        region=region.name,
        whole="全" + region.name[-1],
        authority="市委、市政府",
        span=str(year),
        span_end=date(year, 12, 31),
        contributors=_contributors(house, region, today),
        settings=settings,
        lead_office=lead.name if lead else "",
        style=house.for_genre(folder),
    )
    document = kind.compose(material, Voice(material))
    meta: Mapping = {**document.meta, "notices": ("预览，正文为示例",)}
    return replace(document, profile=kind.profile, meta=meta)


def _names(kind: Genre) -> set[str]:
    return {one.name for one in kind.settings}


def _contributors(house: House, region: Region, today: date) -> tuple[Contributor, ...]:
    style = house.for_genre("")
    rows = Agency.objects.active().filter(region=region, leads__isnull=True)
    rows = sorted(
        rows.select_related("line"), key=lambda a: (style.place_of(a.pk), a.line.order, a.pk)
    )[:SHOWN]
    guests = guests_of(region, [one.pk for one in rows], today)
    return tuple(
        Contributor(
            one.pk,
            one.name,
            one.short_name,
            one.spoken_name,
            (_programme(one.pk),),
            guests.get(one.pk, (0, None))[1],
        )
        for one in rows
    )


def _programme(number: int) -> Programme:
    topic = Topic(number, "示例事项", "项", "办理")
    fact = Fact(f"e{number}", topic, Decimal(12), (number,), "项", cumulative=True, must_say=True)
    words = (Words(10 * number + at, kind, SAMPLE) for at, kind in enumerate(KINDS))
    return Programme(number, "示例项目", (fact,), tuple(words))
