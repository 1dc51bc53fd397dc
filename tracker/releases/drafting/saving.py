"""A page becomes the next version. Any number may be typed; what no entry bears out stays words."""

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.documents.tree import Document
from tracker.releases.drafting.anchored import anchored
from tracker.releases.drafting.bench import bench_of
from tracker.releases.drafting.marked import read_marked
from tracker.releases.drafting.page import Page, page_of
from tracker.releases.drafting.rebuilding import same, settled
from tracker.releases.models import Release, Version, Working
from tracker.releases.openslots import still_open
from tracker.releases.proof import flatten
from tracker.releases.recording import document_of, freeze
from tracker.releases.rules import may_edit
from tracker.workflow import Stale


@transaction.atomic
def save(version: Version, page: Page | str, *, by: User) -> Version:
    """Freeze the page (or the marked text) as the next version; the same one if nothing changed.

    Stale when `version` is no longer the latest. The person's unsaved copy is used up.
    """
    release = Release.objects.select_for_update().get(pk=version.release_id)
    require(may_edit(by, release))
    if release.versions.order_by("number").last() != version:
        raise Stale(release)
    bench = bench_of(version)
    page = read_marked(page, page_of(bench.base)) if isinstance(page, str) else page
    document = bench.document(page)
    Working.objects.filter(release=release, user=by).delete()
    if same(document, settled(bench.base)):
        return version
    _, report = bench.prove(document)
    return _frozen(version, anchored(document, report), by)


def _frozen(version: Version, document: Document, by: User) -> Version:
    release = version.release
    made = freeze(
        release,
        document,
        kind=Version.Kind.EDITED,
        by=by,
        snapshot=version.snapshot,
        remarks=still_open(version.remarks, document_of(version), document),
    )
    Release.objects.filter(pk=release.pk).update(version=F("version") + 1)
    chosen = sorted(
        key for key, _ in flatten(document).chosen - flatten(document_of(version)).chosen
    )
    audit.record(
        by, "release.edit", release, version=made.number, base=version.number,
        **({"chosen": chosen} if chosen else {}),
    )  # fmt: skip
    return made
