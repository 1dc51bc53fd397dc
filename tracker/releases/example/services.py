"""Learning from an example, and making a draft of a new period after it."""

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Line, Region, User
from accounts.rules import Refused, refused, require
from tracker.catalogue.models import Span
from tracker.documents.rewriting import rewrite_docx, text_of_docx
from tracker.releases.example.drafting import document_of
from tracker.releases.example.filling import Filled, fill
from tracker.releases.example.slots import bind, plain, restored
from tracker.releases.models import Example, Release, Version
from tracker.releases.proof import ground_of, prove_text
from tracker.releases.recording import freeze
from tracker.releases.rules import may_compile
from tracker.workbooks import papers

NOTHING = (
    "没有一个数字能在{span}的台账中找到，不能作为范文。请检查期间是否选对、该期数据是否已经核定。"
)
KNOWN = "这份文件已经在该系列里了，请直接使用，不必重复上传。"


@transaction.atomic
def learn(
    data: bytes,
    file_name: str,
    *,
    name: str,
    genre: str,
    region: Region,
    span: Span,
    lines: Sequence[Line] = (),
    by: User,
) -> Example:
    """The file as the newest example of its series. NotAPaper for what is no report, Refused where
    no figure of it is known."""
    require(may_compile(by, region))
    papers.read(data, file_name)
    digest = hashlib.sha256(data).hexdigest()
    if Example.objects.filter(region=region, name=name, sha256=digest).exists():
        raise Refused(refused(KNOWN))
    text, ground = text_of_docx(data), ground_of(region, span, lines)
    slots, unbound = bind(prove_text(text, ground), ground)
    if not slots:
        raise Refused(refused(NOTHING.format(span=span)))
    example = Example.objects.create(
        name=name,
        genre=genre,
        region=region,
        span=span,
        file_name=file_name[-200:],
        file=ContentFile(data, name="example.docx"),
        sha256=digest,
        text=text,
        slots=plain(slots),
        unbound=plain(unbound),
        by=by,
    )
    example.lines.set(lines)
    audit.record(by, "example.learn", example, span=span.key, bound=len(slots), text=len(unbound))
    return example


def filled(example: Example, span: Span) -> Filled:
    """The example told of another span."""
    ground = ground_of(example.region, span, list(example.lines.all()))
    return fill(example.text, restored(example.slots), example.span.key, ground)


def word_file(example: Example, made: Filled) -> bytes:
    """The example's own file with the new words; what has to be looked at is yellow."""
    with example.file.open() as file:
        data = file.read()
    changes = [(one.start, one.end, one.new) for one in made.changes]
    return rewrite_docx(data, changes, [(one.start, one.end) for one in made.doubts])


@transaction.atomic
def draft(example: Example, span: Span, *, by: User) -> Release:
    """A release of the new span in the example's words, to be edited, proved and issued like any other."""
    require(may_compile(by, example.region))
    made = filled(example, span)
    document = document_of(made, example.genre)
    remarks = [f"请核对“{one.text.strip()[:40]}”：{one.why}。" for one in made.doubts]
    release = Release.objects.create(
        genre=example.genre,
        region=example.region,
        span=span,
        title="".join(
            getattr(one, "surface", "") or getattr(one, "text", "") for one in document.title
        )[:200],
        compiled_by=by,
        missing=remarks,
    )
    release.lines.set(example.lines.all())
    snapshot = {"example": example.pk, "genre": example.genre}
    freeze(
        release, document, kind=Version.Kind.COMPILED, by=None, snapshot=snapshot, remarks=remarks
    )
    audit.record(by, "example.draft", release, example=example.pk, span=span.key)
    return release


@transaction.atomic
def retire(example: Example, *, by: User) -> Example:
    """Use the example no more; drafts made of it stay."""
    require(may_compile(by, example.region))
    if example.retired_at is None:
        example.retired_at = timezone.now()
        example.save(update_fields=["retired_at"])
        audit.record(by, "example.retire", example)
    return example
