"""Where each figure of a version comes from: who reported and who approved it, by which definition."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils import timezone

from tracker.documents.tree import Document, Figure, Inlines, figures, plain, runs
from tracker.language.prose import sentence_at
from tracker.ledger.models import Entry, Origin, PassageFigure
from tracker.releases.facts import Op
from tracker.releases.models import Release, Version, Waiver
from tracker.releases.recording import document_of
from tracker.submissions.models import Evidence

#: How a computed figure follows from its entries, by the name in its key.
DERIVATIONS = {
    "start": "调整前的数值，与现行数值同时填报",
    Op.GROWTH: "增幅 =（现值 − 起始值）÷ 起始值",
    Op.YEAR_ON_YEAR: "同比 =（本期 − 上年同期）÷ 上年同期",
    Op.PERIOD_ON_PERIOD: "环比 =（本期 − 上期）÷ 上期",
    Op.SHARE: "占比 = 部分 ÷ 合计",
    Op.COMPLETION: "完成率 = 实际 ÷ 目标",
    Op.OVER_TARGET: "超额 = 完成率 − 100%",
    Op.WITHIN_LIMIT: "差额 = 控制目标 − 实际",
    Op.DIFFERENCE: "两数之差",
    "goal": "年度目标，见目标库",
}
Row = Mapping[str, str | int | Decimal | None]


def provenance(version: Version) -> list[dict]:
    """One row for each figure and each entry behind it, in reading order; keys of the sheet's columns.

    Beside those, `key` is the figure's key in the tree, to be looked up by a page.
    """
    return provenance_of(document_of(version), version.release)


def provenance_of(document: Document, release: Release) -> list[dict]:
    """The same for a document that is not a version yet; what was let pass in the release comes last."""
    entries = _entries({entry for figure in figures(document) for entry in figure.entries})
    numbers = _numbers(figures(document))
    evidence = _evidence(entries.values())
    sentences = dict(_sentences(document))
    rows = []
    for figure in figures(document):
        common = {
            "key": figure.key,
            "surface": figure.surface,
            "sentence": sentences.get(figure.key, ""),
            "value": figure.value,
            "unit": figure.unit,
            "derivation": derivation(figure),
        }
        for entry in figure.entries:
            rows.append(common | _of_entry(entries[entry], evidence))
        if not figure.entries:
            rows.append(common | _of_number(numbers[figure.key]))
    rows += _waived(release, document)
    return [row | {"number": number} for number, row in enumerate(rows, 1)]


def _waived(release: Release, document: Document) -> Iterable[dict]:
    """One row for each finding that a second person let pass and that still stands in the text."""
    text = "\n".join(plain(inlines) for _, inlines in runs(document))
    granted = release.waivers.filter(state=Waiver.State.GRANTED)
    for row in granted.select_related("asked_by", "decided_by"):
        if row.raw in text:
            said = f"{row.kind}：{row.reason}（{row.asked_by.name}提出，{row.decided_by.name}同意）"
            yield {"key": "", "surface": row.raw, "sentence": row.sentence, "waiver": said}


def derivation(figure: Figure) -> str:
    """How the figure was computed, empty for one that stands in the ledger as it is."""
    name = figure.key.partition("_")[2].rstrip("0123456789").rstrip("_")
    if name in DERIVATIONS:
        return DERIVATIONS[name]
    return "各报送单位数值相加" if len(figure.entries) > 1 else ""


def _entries(ids: Iterable[int]) -> dict[int, Entry]:
    rows = Entry.objects.filter(pk__in=ids).select_related(
        "indicator__unit", "definition", "agency", "region", "span", "reporter", "approver"
    )
    return {row.pk: row for row in rows}


def _numbers(found: Iterable[Figure]) -> dict[str, PassageFigure]:
    ids = {
        figure.key: int(figure.key.removeprefix("pf").partition("_")[0])
        for figure in found
        if not figure.entries
    }
    related = ("passage__programme", "passage__agency", "passage__region", "passage__span", "passage__reporter", "passage__approver")  # fmt: skip
    rows = {
        row.pk: row
        for row in PassageFigure.objects.filter(pk__in=ids.values()).select_related(*related)
    }
    return {key: rows[pk] for key, pk in ids.items()}


def _evidence(entries: Iterable[Entry]) -> dict[int, str]:
    """Figure id of a submission -> names of its evidence files."""
    reported = [entry.origin_id for entry in entries if entry.origin == Origin.FIGURE]
    found: dict[int, list[str]] = {}
    for row in Evidence.objects.filter(figure__in=reported, removed_at__isnull=True):
        found.setdefault(row.figure_id, []).append(row.name)
    return {figure: "、".join(names) for figure, names in found.items()}


def _sentences(document: Document) -> Iterable[tuple[str, str]]:
    for _, inlines in runs(document):
        text, at = plain(inlines), 0
        for inline, length in _pieces(inlines):
            if isinstance(inline, Figure):
                yield inline.key, sentence_at(text, at).text
            at += length


def _pieces(inlines: Inlines) -> Iterable[tuple[object, int]]:
    for inline in inlines:
        inner = getattr(inline, "inlines", None)
        if inner is None:
            yield inline, len(plain((inline,)))
        else:
            yield from _pieces(inner)


def _of_entry(entry: Entry, evidence: Mapping[int, str]) -> dict:
    imported = entry.origin == Origin.IMPORT
    return {
        "indicator": entry.indicator.name,
        "agency": entry.agency.name,
        "region": entry.region.name,
        "span": entry.span.key,
        "scope": entry.scope,
        "definition": entry.definition.text,
        "reporter": entry.reporter.name,
        "signer": entry.signer_name,
        "approver": entry.approver.name,
        "approved_at": _moment(entry.approved_at),
        "evidence": f"{entry.origin_file} {entry.origin_cell}".strip()
        if imported
        else evidence.get(entry.origin_id, ""),
        "entry": entry.pk,
    }


def _of_number(number: PassageFigure) -> dict:
    passage = number.passage
    return {
        "indicator": f"{passage.programme.name}（随文数据）",
        "agency": passage.agency.name,
        "region": passage.region.name,
        "span": passage.span.key,
        "reporter": passage.reporter.name,
        "signer": passage.signer_name,
        "approver": passage.approver.name,
        "approved_at": _moment(passage.approved_at),
        "evidence": f"{passage.origin_file} {passage.origin_cell}".strip(),
    }


def _moment(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
