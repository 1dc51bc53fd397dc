"""What a document is set: by the person who compiles it, else by the roster of its day, else by the city."""

from collections.abc import Mapping
from datetime import date

from accounts.models import Region
from tracker.releases.genres import Genre

from .roster import Part, first_in
from .style import House

BY_ROSTER = {"主持人": Part.HOST, "呈报": Part.READER}


def usual_of(kind: Genre, folder: str, house: House) -> dict[str, str]:
    """What the city sets for every document of this genre."""
    chosen = house.settings.get(folder, {})
    return {
        one.name: chosen[one.name] for one in kind.settings if one.usual and chosen.get(one.name)
    }


def chosen_settings(
    kind: Genre, folder: str, house: House, given: Mapping[str, str], region: Region, day: date
) -> dict[str, str]:
    """All that holds for one document; what was given for it is never overruled."""
    known = usual_of(kind, folder, house)
    for name in BY_ROSTER.keys() & {one.name for one in kind.settings if not given.get(one.name)}:
        if person := first_in(region, day, BY_ROSTER[name]):
            known[name] = person
    return {**given, **{name: words for name, words in known.items() if not given.get(name)}}
