"""What is published: releases, their versions, and what these quote."""

from .alarm import Alarm, OutsideCopy
from .chain import Attachment, ChainSetting, Countersign, CountersignAnswer, Openness, Step, Waiver
from .drafting import CommentSettlement, TextComment, Working
from .example import Example, ExampleQuerySet
from .house import HouseStyle, RosterPerson
from .issuance import Issuance, IssueNumber
from .pattern import PatternDecision, PatternVersion
from .polish import Polish
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
from .running import PlanRun, ReleaseMail
from .supply import FigureRequest
from .transcript import Transcript

__all__ = [
    "Alarm",
    "Attachment",
    "ChainSetting",
    "Citation",
    "CommentSettlement",
    "Countersign",
    "CountersignAnswer",
    "DRAFT_ROLES",
    "Example",
    "ExampleQuerySet",
    "FigureRequest",
    "HouseStyle",
    "Issuance",
    "IssueNumber",
    "Openness",
    "OutsideCopy",
    "PatternDecision",
    "PatternVersion",
    "PlanRun",
    "Polish",
    "Release",
    "ReleaseFile",
    "ReleaseMail",
    "ReleaseMove",
    "ReleasePlan",
    "ReleaseQuerySet",
    "RosterPerson",
    "Status",
    "Step",
    "TextComment",
    "Transcript",
    "Version",
    "Waiver",
    "Working",
    "paths_above",
]
