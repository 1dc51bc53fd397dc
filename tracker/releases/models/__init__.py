"""What is published: releases, their versions, and what these quote."""

from .drafting import CommentSettlement, TextComment, Working
from .release import (
    DRAFT_ROLES,
    Citation,
    Release,
    ReleaseFile,
    ReleaseMove,
    ReleasePlan,
    ReleaseQuerySet,
    Status,
    Version,
    paths_above,
)

__all__ = [
    "DRAFT_ROLES",
    "Citation",
    "CommentSettlement",
    "Release",
    "ReleaseFile",
    "ReleaseMove",
    "ReleasePlan",
    "ReleaseQuerySet",
    "Status",
    "TextComment",
    "Version",
    "Working",
    "paths_above",
]
