"""How a finding can be settled beside mending it: who would be asked for the figure, and what was asked already."""

from collections.abc import Iterable, Iterator, Sequence

from tracker.ledger.models import Entry
from tracker.releases.contributors import Speakers
from tracker.releases.drafting.bench import Bench
from tracker.releases.drafting.checking import SLOT, Remark, told
from tracker.releases.drafting.page import Page
from tracker.releases.models import FigureRequest, Release, Waiver
from tracker.releases.proof import Checked
from tracker.releases.supplying import states_of
from tracker.releases.waivers import clause


def told_all(bench: Bench, page: Page, remarks: Sequence[Remark]) -> list[dict]:
    """Every remark for the page, with the ways to settle those that stop the text."""
    stops = [one for one in remarks if one.blocks]
    said = _Said(bench.version.release) if stops else None
    owners = _owners(bench, page, [one for one in stops if isinstance(one.said, Checked)])
    return [told(one) | (_ways(one, page, said, owners) if one.blocks else {}) for one in remarks]


def _ways(one: Remark, page: Page, said: "_Said", owners: dict[Remark, int]) -> dict:
    if not isinstance(one.said, Checked):
        return {"waivable": one.said.rule != SLOT, "digest": one.digest, **said.of(one, "")}
    source = one.said.source
    return {
        "waivable": True,
        "digest": one.digest,
        "askable": True,
        "agency": owners.get(one, 0),
        "indicator": source.indicator or 0 if source else 0,
        "wanted": clause(page[one.line].text, one.start, one.end),
        **said.of(one, one.said.figure.raw),
    }


class _Said:
    """What was asked of agencies and of a second person, by the digest of the finding."""

    def __init__(self, release: Release):
        self.requests = list(states_of(release))
        self.waivers = list(release.waivers.exclude(state=Waiver.State.GRANTED))

    def of(self, one: Remark, raw: str) -> dict:
        asked = [
            (row, filed)
            for row, filed in self.requests
            if row.digest == one.digest or raw and row.raw == raw
        ]
        words = [*(request_words(*pair) for pair in asked), *self._waiver_words(one)]
        return {
            "settling": [word for word in words if word],
            "asked": any(row.state == FigureRequest.State.ASKED for row, _ in asked),
            "waiving": any(self._waits(row, one) for row in self.waivers),
        }

    def _waits(self, row: Waiver, one: Remark) -> bool:
        return row.digest == one.digest and row.state == Waiver.State.ASKED

    def _waiver_words(self, one: Remark) -> Iterator[str]:
        for row in self.waivers:
            if row.digest == one.digest:
                waits = row.state == Waiver.State.ASKED
                yield "已申请例外，待另一人同意" if waits else f"例外没有同意：{row.answer}"


def request_words(row: FigureRequest, filed: bool) -> str:
    """已请市民政局补报"""
    states, name = FigureRequest.State, row.agency.short_name
    if row.state == states.WITHDRAWN:
        return ""
    if filed:
        return f"{name}已补报，数据已核定"
    return f"{name}答复：{row.reply}" if row.state == states.REPLIED else f"已请{name}补报"


def _owners(bench: Bench, page: Page, stops: Iterable[Remark]) -> dict[Remark, int]:
    """Whom to ask about each figure: whose the likely source is, else whose the nearest figure is."""
    found = {one: entry for one in stops if (entry := _likely(one) or _nearest(bench, page, one))}
    if not found:
        return {}
    speakers = Speakers.of(bench.version.release.region)
    rows = Entry.objects.filter(pk__in=found.values()).select_related("agency", "indicator")
    agency = {row.pk: speakers.for_agency(row.agency, row.indicator.line_id) for row in rows}
    return {one: agency[entry] for one, entry in found.items() if entry in agency}


def _likely(one: Remark) -> int:
    sources = [one.said.source, *one.said.rivals]
    return next((source.entries[0] for source in sources if source and source.entries), 0)


def _nearest(bench: Bench, page: Page, one: Remark) -> int:
    """In its paragraph, then upwards, then below."""
    entries = {figure.key: figure.entries for figure in bench.figures}
    lines = [*range(one.line, -1, -1), *range(one.line + 1, len(page))]
    for number in lines:
        for run in page[number].runs:
            if run.figure and (known := entries.get(run.figure)):
                return known[0]
    return 0
