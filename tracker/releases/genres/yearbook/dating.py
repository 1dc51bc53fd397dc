"""What a reader can date years later: 近年来 and 目前 say nothing in a volume."""

import re
from dataclasses import replace

from tracker.releases.facts import Fact
from tracker.releases.material import Contributor
from tracker.releases.selection import left_out

RELATIVE = re.compile(r"近[几两三]?年|目前|今年|去年|明年|日前|近日|近期")


def dated(one: Contributor) -> tuple[Contributor, tuple[Fact, ...]]:
    """The agency with the figures whose time stands fast, and those whose time is told from where one speaks."""
    programmes = tuple(
        replace(p, facts=tuple(fact for fact in p.facts if _stands(fact))) for p in one.programmes
    )
    return replace(one, programmes=programmes), left_out(one, programmes)


def _stands(fact: Fact) -> bool:
    return not RELATIVE.search(f"{fact.base}，{fact.as_of}")
