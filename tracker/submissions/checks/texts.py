"""Numbers in texts."""

from collections.abc import Iterator, Sequence

from ..models import Narrative, Submission
from ..texts import unconfirmed
from .finding import ERROR, Finding


def check_texts(
    submission: Submission, texts: Sequence[Narrative] | None = None
) -> Iterator[Finding]:
    """Numbers in narratives must be confirmed: they are published as passage figures."""
    for narrative, numbers in unconfirmed(submission, texts).items():
        raws = "、".join(number.raw for number in numbers[:5])
        words = f"“{narrative.programme}”的{narrative.get_kind_display()}中有未确认的数字：{raws}。"
        yield Finding(ERROR, "passage", words + "请在文字下方确认。")
