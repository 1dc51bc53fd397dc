"""Keeping an uploaded workbook from its preview to its confirmation."""

import hashlib
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rules import Refused

from . import gates
from .models import Upload


def keep(data: bytes, name: str, purpose: str, *, by: User, about: int | None = None) -> Upload:
    """The upload as a row, `about` the record of that number.

    Raises NotAWorkbook for what is none by name, size or content.
    """
    gates.check(data, name)
    digest = hashlib.sha256(data).hexdigest()
    return Upload.objects.create(
        purpose=purpose, name=name[-200:], content=data, sha256=digest, by=by, about=about
    )


def settle(upload: Upload, **outcome) -> Upload:
    """Dealt with, once: carried out, or given up; `outcome` are plain values for its page.

    Refused when a second window was quicker. Belongs into the transaction of what was carried out.
    """
    waiting = Upload.objects.waiting().filter(pk=upload.pk)
    if not waiting.update(settled_at=timezone.now(), outcome=outcome):
        raise Refused("这个文件已经处理过，不能再处理一次。")
    upload.refresh_from_db(fields=["settled_at", "outcome"])
    return upload


def forget(before: datetime) -> int:
    """Drop the uploads from before that moment, dealt with or not; how many there were."""
    return Upload.objects.filter(at__lt=before).delete()[0]
