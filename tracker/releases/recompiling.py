"""A draft compiled again after a correction: new figures, the editors' words, and a list of what moved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker import workflow
from tracker.documents.tree import Document, Figure, figures
from tracker.jobs import enqueue
from tracker.ledger.models import Entry
from tracker.releases.alarm.correcting import again, successors
from tracker.releases.compiling import Drawn, draw, title_of
from tracker.releases.drafting.anchored import anchored
from tracker.releases.drafting.bench import bench_of
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.rebuilding import same, settled
from tracker.releases.drafting.renewing import Renewed, in_the_same_form, renewed
from tracker.releases.drafting.steadying import bare
from tracker.releases.house.keeping import style_of
from tracker.releases.models import Release, Version
from tracker.releases.recording import document_of, freeze
from tracker.releases.rules import may_edit

SHOWN = 20
SAME = ("genre", "settings", "seed", "wording", "house", "patterns")


def may_recompile(user: User, release: Release) -> Verdict:
    """Who may edit the draft, where a genre compiled it."""
    if not (verdict := may_edit(user, release)):
        return verdict
    if release.corrects_id:
        return refused("更正稿保留印发时的文字，不能重新汇编，请在编辑页修改。")
    base = compiled_before(release)
    if base is None or "entries" not in base.snapshot or "material" in base.snapshot:
        return refused("这份文稿不是按文种汇编的，不能重新汇编，请在编辑页修改。")
    return ALLOWED


def compiled_before(release: Release) -> Version | None:
    """The compiler's own text on which the present words stand."""
    rows = release.versions.filter(kind=Version.Kind.COMPILED)
    return rows.order_by("number").last()


@transaction.atomic
def recompile(release: Release, *, by: User, version: int) -> Version:
    """Compile what stands in the ledger now; the version that stands afterwards, the same if nothing moved.

    The compiler's text is kept as a version of its own. Where people have worked on the words, a second
    one follows: their paragraphs with the figures renewed, everything else as compiled. What moved is
    in its snapshot under "touched". Stale when the draft has changed since `version`.
    """
    release = workflow.fresh(release, version)
    require(may_recompile(by, release))
    last, base = release.versions.order_by("number").last(), compiled_before(release)
    lines = list(release.lines.all())
    drawn = draw(
        release.genre, release.region, release.span, lines, release.settings, release.seed,
        style_of(base),
    )  # fmt: skip
    if same(settled(drawn.document), settled(document_of(base))):
        return last
    made = _made(release, drawn, last, base, by)
    titled = title_of(document_of(base))
    Release.objects.filter(pk=release.pk).update(
        version=F("version") + 1,
        missing=drawn.remarks,
        title=title_of(document_of(made)) if release.title == titled else release.title,
    )
    enqueue("find-affected", key="ledger")
    moved = made.snapshot["touched"]
    audit.record(by, "release.recompile", release, base=last.number, version=made.number, touched=len(moved))  # fmt: skip
    return made


def _made(release: Release, drawn: Drawn, last: Version, base: Version, by: User) -> Version:
    former, before = document_of(base), document_of(last)
    swaps, gone = _swaps((former, before), drawn.document)
    new = renewed(former, before, drawn.document, swaps, steady=_alike(base.snapshot, drawn.kept))
    told = {"before": last.number}
    if last == base and same(settled(new.document), settled(drawn.document)):
        moved = touched(before, drawn.document, swaps, gone, ())
        return _compiled(release, drawn, told | {"touched": moved})
    compiled = _compiled(release, drawn, told | {"touched": []})
    _, report = bench_of(compiled).prove(new.document)
    document = anchored(new.document, report)
    moved = touched(before, document, swaps, gone, new.own)
    told |= {"touched": moved, "compiled": compiled.number}
    return freeze(
        release,
        document,
        kind=Version.Kind.MERGED,
        by=by,
        snapshot=drawn.kept | told,
        remarks=[*remarks_on(moved, new), *drawn.remarks],
    )


def _compiled(release: Release, drawn: Drawn, told: dict) -> Version:
    return freeze(
        release,
        drawn.document,
        kind=Version.Kind.COMPILED,
        by=None,
        snapshot=drawn.kept | told,
        remarks=drawn.remarks,
    )


def _alike(former: Mapping, now: Mapping) -> bool:
    """Only the ledger has changed: what is said otherwise by a new house style or pattern is meant so."""
    return all(former.get(name) == now.get(name) for name in SAME)


def _swaps(former: Sequence[Document], fresh: Document) -> tuple[dict[str, Figure], set[int]]:
    """Key of a former figure -> the one in its place now; and the entries that stand no more."""
    known = {one.key: one for document in former for one in figures(document)}
    entries = {pk for one in known.values() for pk in one.entries}
    after = successors(entries)
    standing = set(Entry.objects.current().filter(pk__in=entries).values_list("pk", flat=True))
    now = {one.key: one for one in figures(fresh)}
    found = {key: new for key, one in known.items() if (new := again(one, after, now))}
    return found, entries - standing


def touched(
    before: Document,
    after: Document,
    swaps: Mapping[str, Figure],
    gone: set[int],
    own: Iterable[str],
) -> list[dict]:
    """What a reader has to look at: each figure that reads otherwise or may not be quoted any more.

    `keys` are those of the figure in `after`, `kept` whether it stands among an editor's words.
    """
    places = _places(after, set(own))
    rows: dict[tuple, dict] = {}
    for old in figures(before):
        new = swaps.get(old.key)
        if new is None and gone.isdisjoint(old.entries):
            continue
        said = in_the_same_form(old, new) if new else ""
        if said == old.surface:
            continue
        key = bare(new.key if new else old.key)
        row = {"keys": sorted(places[key]), "kept": any(places[key].values())}
        row |= {"entries": list((new or old).entries), "before": old.surface, "after": said}
        rows.setdefault((old.surface, said, key), row)
    return _named([row for row in rows.values() if row["keys"]])


def _places(document: Document, own: set[str]) -> dict[str, dict[str, bool]]:
    """Bare key -> keys in the document, each with whether its line is an editor's."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for line in page_of(document):
        for run in line.runs:
            if run.figure:
                found[bare(run.figure)][run.figure] = line.text in own
    for one in figures(document):
        found[bare(one.key)].setdefault(one.key, False)
    return found


def _named(rows: list[dict]) -> list[dict]:
    ids = {pk for row in rows for pk in row["entries"]}
    names = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "indicator__name"))
    return [
        {"name": next((names[pk] for pk in row["entries"] if pk in names), "")} | row
        for row in rows
    ]


def remarks_on(moved: Iterable[dict], new: Renewed) -> list[str]:
    """For the editor: where own words now hold another number, and what was not put back."""
    own = [row for row in moved if row["kept"]]
    said = [f"编辑改过的文字里，“{row['name']}”{say_change(row)}，请核对前后文。" for row in own]
    left = [f"编辑删去的一段，重新汇编后有改动，没有恢复：“{text[:40]}……”" for text in new.dropped]
    return [*said[:SHOWN], *left[:SHOWN]]


def say_change(row: Mapping) -> str:
    """In words what became of a figure."""
    if not row["after"]:
        return f"“{row['before']}”的数据已不能引用"
    return f"由“{row['before']}”改为“{row['after']}”"
