"""Files behind figures: what is accepted, and how it is kept and taken away."""

import hashlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require

from .models import Evidence, Figure, Submission
from .owing import owed
from .rules import may_edit, may_record_paper
from .thumbnails import thumbnail_of

LARGEST = 20 * 1024 * 1024
MOST_PER_SUBMISSION = 200
LONGEST_CAPTION = 200
PICTURES = {"image/jpeg", "image/png"}
Place = tuple[int, int, str, str]
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Ending -> content type, and the bytes with which such a file begins.
KINDS = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (ZIP,),
    ),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (ZIP,)),
    ".doc": ("application/msword", (OLE,)),
    ".xls": ("application/vnd.ms-excel", (OLE,)),
    ".wps": ("application/vnd.ms-works", (OLE, ZIP)),
    ".et": ("application/vnd.ms-excel", (OLE, ZIP)),
    ".zip": ("application/zip", (ZIP,)),
}


def content_type_of(upload: UploadedFile) -> str:
    """The type of an accepted file; ValidationError when it is too large or not what it says."""
    ending = PurePath(upload.name).suffix.lower()
    if ending not in KINDS:
        accepted = "、".join(sorted(KINDS))
        raise ValidationError(f"不接受“{ending or '没有扩展名的'}”文件，可上传：{accepted}。")
    if not upload.size:
        raise ValidationError("文件是空的，请检查后重新选择。")
    if upload.size > LARGEST:
        raise ValidationError("文件超过20兆，请压缩或拆分后上传。")
    kind, heads = KINDS[ending]
    upload.seek(0)
    head = upload.read(16)
    if not head.startswith(heads):
        raise ValidationError(f"文件内容与扩展名“{ending}”不符，请用原软件重新保存后上传。")
    return kind


def digest_of(upload: UploadedFile) -> str:
    """SHA-256 of the file, in hexadecimal."""
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    return found.hexdigest()


def attach(
    submission: Submission,
    upload: UploadedFile,
    *,
    by: User,
    figure: Figure | None = None,
    place: Place | None = None,
    caption: str = "",
) -> Evidence:
    """Keep a file as evidence of a figure, of a place where one is owed, or of the whole submission.

    Its thumbnail is made first, in a process of its own: nothing is locked while that takes its time.
    """
    require(may_edit(by, submission))
    small = thumbnail_of(upload) if content_type_of(upload) in PICTURES else b""
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=submission.pk)
        require(may_edit(by, submission))
        about = figure or (figure_at(submission, place, by) if place else None)
        _refuse_again(submission, about, digest_of(upload))
        return store(submission, upload, by=by, figure=about, caption=caption, thumbnail=small)


def figure_at(submission: Submission, place: Place, by: User) -> Figure:
    """The figure of a place; still blank where nothing was said there yet."""
    indicator, region, member, scope = place
    cells = {(one.indicator.pk, one.region.pk, one.scope): one for one in owed(submission)}
    cell = cells.get((indicator, region, scope))
    if cell is None or (member and member not in cell.indicator.members):
        require(refused("这项数据不在本单位本期的填报范围内。"))
    # Version 0 is what a form says of a field in which nothing stands: it may still be filled in.
    ordinary = {"version": 0, "edited_by": by, "accumulates": cell.indicator.entry_mode}
    return submission.figures.get_or_create(
        indicator=cell.indicator, region=cell.region, member=member, scope=scope, defaults=ordinary
    )[0]


def _refuse_again(submission: Submission, figure: Figure | None, digest: str) -> None:
    standing = submission.evidence.filter(removed_at=None, figure=figure, sha256=digest)
    if same := standing.first():
        raise ValidationError(f"同样的文件已经上传过（{same.name}），不必再传。")


@transaction.atomic
def attach_scan(submission: Submission, upload: UploadedFile, *, by: User) -> Evidence:
    """Keep the scan of the printed and signed report."""
    require(may_record_paper(by, submission))
    return store(submission, upload, by=by, caption="签字扫描件")


def store(submission, upload, *, by, figure=None, caption="", thumbnail=b"") -> Evidence:
    kind = content_type_of(upload)
    if submission.evidence.filter(removed_at=None).count() >= MOST_PER_SUBMISSION:
        raise ValidationError(f"一次报送最多上传{MOST_PER_SUBMISSION}个文件。")
    if figure and figure.submission_id != submission.pk:
        raise ValidationError("这项数据不属于本次报送。")
    name = PurePath(upload.name).name[-120:]
    row = Evidence(
        submission=submission,
        figure=figure,
        name=name,
        content_type=kind,
        size=upload.size,
        sha256=digest_of(upload),
        caption=caption.strip(),
        by=by,
    )
    # The stored name is ours: a name from outside could traverse or mislead.
    row.file.save(f"{row.sha256[:32]}{PurePath(name).suffix.lower()}", upload, save=False)
    if thumbnail:
        row.thumbnail.save(f"{row.sha256[:32]}.jpg", ContentFile(thumbnail), save=False)
    row.save()
    audit.record(by, "evidence.attach", submission, name=name, sha256=row.sha256)
    return row


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User) -> None:
    """Take a file out of the submission; its row and content stay for the record."""
    submission = Submission.objects.select_for_update().get(pk=evidence.submission_id)
    require(may_edit(by, submission))
    standing = Evidence.objects.filter(pk=evidence.pk, removed_at=None)
    standing.update(removed_at=timezone.now(), removed_by=by)
    audit.record(by, "evidence.remove", submission, name=evidence.name, sha256=evidence.sha256)


@transaction.atomic
def caption_evidence(evidence: Evidence, caption: str, *, by: User) -> None:
    """Say what a file shows."""
    submission = Submission.objects.select_for_update().get(pk=evidence.submission_id)
    require(may_edit(by, submission))
    caption = caption.strip()
    if len(caption) > LONGEST_CAPTION:
        raise ValidationError(f"说明最多{LONGEST_CAPTION}字。")
    Evidence.objects.filter(pk=evidence.pk).update(caption=caption)
    audit.record(by, "evidence.caption", submission, name=evidence.name, caption=caption)
