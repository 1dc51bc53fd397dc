"""The figures of the counties' tables, for the genres that show them."""

from collections.abc import Iterable
from dataclasses import replace

from tracker.releases.asof import hour_for
from tracker.releases.dispatching import dispatches, facts_of
from tracker.releases.facts import Fact
from tracker.releases.material import Dispatch
from tracker.releases.models import Release
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.verdicts import Source


def with_counties(ground: Ground, release: Release) -> Ground:
    """The ground with the tables of the counties as its freeze, or else the ledger, holds them."""
    tables = dispatches(release.region, release.span, list(release.lines.all()), hour_for(release))
    return borne_out(ground, tables)


def borne_out(ground: Ground, tables: Iterable[Dispatch]) -> Ground:
    """A cell says its county by its row, not by its words: it is known by its node alone."""
    cells = [_source(fact, ground) for table in tables for fact in facts_of(table)]
    return replace(ground, cells=(*ground.cells, *cells))


def _source(fact: Fact, ground: Ground) -> Source:
    return Source(
        key=fact.key,
        code="",
        name=fact.topic.name,
        value=abs(fact.value),
        unit=fact.unit,
        span=ground.span,
        region=ground.region,
        entries=fact.entries,
        op=str(fact.op),
        qualifier=fact.qualifier,
        indicator=fact.topic.id,
    )
