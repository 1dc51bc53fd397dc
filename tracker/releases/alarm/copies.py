"""Where an issued document is known to stand outside, and what became of each copy."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker.releases.chain.scans import keep
from tracker.releases.models import OutsideCopy, Release

State = OutsideCopy.State
PEOPLE = ("reviewer", "editor", "issuer")


def may_keep_copies(user: User, release: Release) -> Verdict:
    """The lead office's people, of what has gone out."""
    if not user.reach.leads_region(release.region, *PEOPLE):
        return refused("只有牵头单位的主管、编辑和签发人可以登记外部刊载。")
    if release.issued_at is None:
        return refused("文稿还没有印发，没有外部刊载可登记。")
    return ALLOWED


@transaction.atomic
def note_copy(
    release: Release, *, place: str, posted_by: str, address: str = "", by: User
) -> OutsideCopy:
    """Remember that the document was printed or posted somewhere, and by whom."""
    require(may_keep_copies(by, release))
    made = OutsideCopy.objects.create(
        release=release, place=place, posted_by=posted_by, address=address, noted_by=by
    )
    audit.record(by, "copy.note", release, place=place, posted_by=posted_by, address=address)
    return made


@transaction.atomic
def settle_copy(
    copy: OutsideCopy,
    *,
    state: str,
    note: str = "",
    evidence: UploadedFile | None = None,
    by: User,
) -> OutsideCopy:
    """Say that a copy was corrected (with proof), can not be, or is still open after all."""
    copy = OutsideCopy.objects.select_for_update().select_related("release__region").get(pk=copy.pk)
    require(may_keep_copies(by, copy.release))
    note = note.strip()
    if state == State.CORRECTED and not evidence and not note:
        raise ValidationError("已更正的，请上传截图或写明依据。")
    if state == State.IMPOSSIBLE and not note:
        raise ValidationError("无法更正的，请写明原因。")
    before = copy.state
    copy.state, copy.note = state, note
    copy.settled_by, copy.settled_at = (None, None) if state == State.OPEN else (by, timezone.now())
    if evidence:
        copy.evidence = keep(copy.release, evidence, by=by)
    copy.save()
    audit.record(
        by, "copy.settle", copy.release, copy=copy.pk, place=copy.place, before=before, after=state,
        note=note,
    )  # fmt: skip
    return copy


def copies_of(release: Release):
    """The copies of the document and of all that it corrects: an old copy is still to be mended."""
    family = [release.pk]
    while release.corrects_id:
        release = release.corrects
        family.append(release.pk)
    return OutsideCopy.objects.filter(release__in=family).select_related(
        "noted_by", "settled_by", "evidence", "release"
    )
