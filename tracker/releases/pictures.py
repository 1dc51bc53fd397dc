"""Pictures that an agency handed in with a caption, and that the editor asks for by it."""

import re
from collections.abc import Sequence

from accounts.models import Line, Region
from tracker.catalogue.models import Span
from tracker.releases.material import Picture
from tracker.submissions.models import Evidence, Submission

PRINTED = ("image/png", "image/jpeg")


def captions(wanted: str) -> list[str]:
    """The captions that an editor typed, between ；."""
    return [words.strip() for words in re.split(r"[；;\n]", wanted) if words.strip()]


def pictures(region: Region, span: Span, lines: Sequence[Line], wanted: str) -> tuple[Picture, ...]:
    """The approved submissions' pictures with these captions, in their order; nothing that nobody named."""
    names = captions(wanted)
    if not names:
        return ()
    rows = Evidence.objects.filter(
        submission__status=Submission.Status.APPROVED,
        submission__round__span=span,
        submission__round__cycle__region=region,
        content_type__in=PRINTED,
        caption__in=names,
        removed_at__isnull=True,
    )
    if lines:
        rows = rows.filter(submission__agency__line__in=lines)
    found = {row.caption: row for row in rows.order_by("-pk")}
    return tuple(_picture(found[name]) for name in dict.fromkeys(names) if name in found)


def _picture(row: Evidence) -> Picture:
    with row.file.open("rb") as file:
        return Picture(row.pk, row.caption, file.read())
