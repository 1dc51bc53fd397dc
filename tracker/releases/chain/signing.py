"""A person's word, given on line or written on paper and recorded by somebody else."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Agency, Appointment, Region, User
from tracker.releases.models import Release

from .scans import keep


@dataclass(frozen=True)
class Paper:
    """What was signed by hand: who signed, and the scan."""

    signer_name: str
    scan: UploadedFile
    signer_post: str = ""


def signature(
    release: Release, paper: Paper | None, *, by: User, at: Agency | Region
) -> dict[str, object]:
    """The columns of a signed row: of `by` at that agency (or in that region), or of the paper's signer.

    ValidationError when the paper names nobody or its scan is not accepted.
    """
    if paper is None:
        return {
            "signer": by,
            "signer_name": by.name,
            "signer_post": _post(by, at),
            "recorded_by": by,
        }
    name = paper.signer_name.strip()
    if not name:
        raise ValidationError("请填写签字人姓名。", "signer_name")
    if paper.scan is None:
        raise ValidationError("请选择签字扫描件。", "scan")
    return {
        "signer": None,
        "signer_name": name,
        "signer_post": paper.signer_post.strip(),
        "recorded_by": by,
        "scan": keep(release, paper.scan, by=by),
    }


def _post(user: User, at: Agency | Region) -> str:
    posts = Appointment.objects.filter(user=user)
    posts = posts.filter(agency=at) if isinstance(at, Agency) else posts
    post = posts.order_by("pk").first()
    return post.post if post else ""
