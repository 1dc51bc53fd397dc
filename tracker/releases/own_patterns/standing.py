"""The patterns that hold, put where a compile finds them: on the programmes and indicators they are about."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from accounts.models import Region
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Programme
from tracker.releases.models import PatternVersion, Version
from tracker.releases.patterns import Own

Patterns = dict[str, Own]


def patterns_of(region: Region, versions: Sequence[int] | None = None) -> Patterns:
    """What holds in the region now, or these versions as a snapshot kept them; by p12 or i34."""
    rows = PatternVersion.objects.filter(region=region)
    rows = rows.standing() if versions is None else rows.filter(pk__in=versions)
    return {key_of(row): own_of(row) for row in rows.order_by("pk") if row.source}


def key_of(row: PatternVersion) -> str:
    return f"p{row.programme_id}" if row.programme_id else f"i{row.indicator_id}"


def own_of(row: PatternVersion) -> Own:
    """A slot is kept with the id of its indicator, that of a member with both."""
    plain = {name: of for name, of in row.slots.items() if isinstance(of, int)}
    parts = {name: of for name, of in row.slots.items() if name not in plain}
    names = plain | {name: indicator for name, (indicator, _) in parts.items()}
    members = {name: member for name, (_, member) in parts.items()}
    return Own(
        row.pk, row.number, row.source, tuple(sorted(names.items())), tuple(sorted(members.items()))
    )


def slots_kept(own: Own) -> dict[str, int | list]:
    """The slots as a row keeps them."""
    members = dict(own.members)
    return {name: [of, members[name]] if name in members else of for name, of in own.names}


def worded(speaking: Sequence[Contributor], patterns: Patterns) -> tuple[Contributor, ...]:
    """The same with each programme's and each indicator's own pattern beside it."""
    if not patterns:
        return tuple(speaking)
    return tuple(
        replace(one, programmes=tuple(_programme(p, patterns) for p in one.programmes))
        for one in speaking
    )


def _programme(programme: Programme, patterns: Patterns) -> Programme:
    facts = tuple(_fact(fact, patterns) for fact in programme.facts)
    return replace(programme, facts=facts, own=patterns.get(f"p{programme.id}"))


def _fact(fact: Fact, patterns: Patterns) -> Fact:
    own = patterns.get(f"i{fact.topic.id}")
    return replace(fact, topic=replace(fact.topic, own=own)) if own else fact


def patterns_kept(version: Version) -> list[int]:
    """The patterns that a compiled text was worded by, as its snapshot has them."""
    return [pk for pk, _ in version.snapshot.get("patterns", [])]


def used_in(speaking: Iterable[Contributor]) -> tuple[tuple[int, int], ...]:
    """Ids and numbers of the patterns that the material carries, for the snapshot."""
    programmes = [programme for one in speaking for programme in one.programmes]
    owns = {p.own for p in programmes} | {f.topic.own for p in programmes for f in p.facts}
    return tuple(sorted((own.id, own.number) for own in owns if own))
