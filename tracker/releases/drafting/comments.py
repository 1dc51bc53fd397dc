"""Remarks on a place of the text: made, answered, settled; never changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, Refused, Verdict, refused, require
from tracker.documents.tree import Document
from tracker.releases.drafting.page import page_of
from tracker.releases.models import (
    DRAFT_ROLES,
    CommentSettlement,
    Release,
    Status,
    TextComment,
    Version,
)

LONGEST_QUOTE = 200
LONGEST_BEFORE = 40
LONGEST_TEXT = 1000
GONE = -1


@dataclass(frozen=True)
class Talk:
    """A remark with its answers, and where its words stand now (line GONE: they are no more there)."""

    comment: TextComment
    replies: tuple[TextComment, ...]
    line: int
    start: int

    @property
    def settled(self) -> CommentSettlement | None:
        return getattr(self.comment, "settlement", None)

    @property
    def moved(self) -> bool:
        return bool(self.comment.quote) and self.line == GONE


def may_comment(user: User, release: Release) -> Verdict:
    """Whoever works on drafts of the region's lead office, while the release is one."""
    if not user.reach.leads_region(release.region, *DRAFT_ROLES):
        return refused("只有牵头单位的主管、编辑和签发人可以批注文稿。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不能再批注。")
    return ALLOWED


@transaction.atomic
def remark(
    version: Version, text: str, *, by: User, quote: str = "", before: str = "", reply_to=None
) -> TextComment:
    """A remark on the words `quote` that stand behind `before`; on the whole text without them."""
    release = Release.objects.select_for_update().get(pk=version.release_id)
    require(may_comment(by, release))
    if reply_to and (reply_to.release_id != release.pk or reply_to.reply_to_id):
        raise Refused("只能回复这份文稿里的批注。")
    made = TextComment.objects.create(
        release=release,
        version=version,
        reply_to=reply_to,
        quote=quote[:LONGEST_QUOTE],
        before=before[-LONGEST_BEFORE:],
        text=text[:LONGEST_TEXT],
        by=by,
    )
    audit.record(by, "release.remark", release, version=version.number, comment=made.pk)
    return made


@transaction.atomic
def settle(comment: TextComment, *, by: User) -> CommentSettlement:
    """Dealt with, once."""
    release = Release.objects.select_for_update().get(pk=comment.release_id)
    require(may_comment(by, release))
    if CommentSettlement.objects.filter(comment=comment).exists():
        raise Refused("这条批注已经办结。")
    made = CommentSettlement.objects.create(comment=comment, by=by)
    audit.record(by, "release.settle_remark", release, comment=comment.pk)
    return made


def talk_about(release: Release, document: Document) -> list[Talk]:
    """Every remark with its answers, open ones first, and where it belongs in this text."""
    rows = release.text_comments.select_related("by", "version", "settlement__by")
    answers: dict[int, list[TextComment]] = {}
    for row in rows:
        if row.reply_to_id:
            answers.setdefault(row.reply_to_id, []).append(row)
    lines = [line.text for line in page_of(document)]
    talks = [
        Talk(row, tuple(answers.get(row.pk, ())), *place_of(row, lines))
        for row in rows
        if not row.reply_to_id
    ]
    return sorted(talks, key=lambda talk: (talk.settled is not None, talk.comment.pk))


def place_of(comment: TextComment, lines: list[str]) -> tuple[int, int]:
    """Where the words stand now: behind the same words if possible, else where they stand at all."""
    if not comment.quote:
        return GONE, 0
    found = list(_places(comment.quote, lines))
    for line, start in found:
        if lines[line][:start].endswith(comment.before[-8:]):
            return line, start
    return found[0] if found else (GONE, 0)


def _places(quote: str, lines: list[str]) -> Iterator[tuple[int, int]]:
    for number, line in enumerate(lines):
        start = line.find(quote)
        while start >= 0:
            yield number, start
            start = line.find(quote, start + 1)
