"""Scans of what was signed on paper, and pictures of what stands outside."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts import audit
from accounts.models import User
from tracker.releases.models import Attachment, Release
from tracker.submissions.evidence import content_type_of, digest_of

MOST = 200


def keep(release: Release, upload: UploadedFile, *, by: User) -> Attachment:
    """The file, kept with its hash under a name of ours. ValidationError when it is not accepted."""
    kind = content_type_of(upload)
    if release.attachments.count() >= MOST:
        raise ValidationError(f"一份文稿最多上传{MOST}个扫描件。")
    name = PurePath(upload.name).name[-120:]
    row = Attachment(
        release=release,
        name=name,
        content_type=kind,
        size=upload.size,
        sha256=digest_of(upload),
        by=by,
    )
    row.file.save(f"{row.sha256[:32]}{PurePath(name).suffix.lower()}", upload, save=False)
    row.save()
    audit.record(by, "release.attach", release, name=name, sha256=row.sha256)
    return row
