"""However odd the text: no error, and twice the text takes about twice the steps."""

import sys

import pytest

from tests.releases.proof.kit import ground, source
from tracker.releases.proof import prove_text

LEDGER = ground(
    source("培训农民工", 3221, "人"),
    source("农村低保标准", 676, "元/月"),
    source("财政收入增长", "5.2", "%"),
)


@pytest.mark.parametrize(
    "piece",
    ["1", "12万", "培训农民工3221人，", "3221人、", "（", "由3元提高到", "约超近", "𠮷𡈽", "１2３%，", "增长5.2%。", "占5%其中3%", "3人、合计5人", "3人\n", "道路自信、", "培训\t3人\n", "|3人|培训", "\t3\n", "3，"],
)  # fmt: skip
def test_the_steps_grow_with_the_length(piece):
    """Calls are counted, not seconds: the same on every machine."""
    few, many = steps(piece, 2_000), steps(piece, 8_000)
    # Four times the text; a quadratic step would take sixteen times as many.
    assert many < max(few, 2_000) * 6


def steps(piece: str, size: int) -> int:
    text, count = (piece * (size // len(piece) + 1))[:size], 0

    def called(frame, event, arg):
        nonlocal count
        count += 1

    sys.setprofile(called)
    try:
        prove_text(text, LEDGER)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", ["", "\n", "。", "%", "\u0000", "①½", "3", "\ufeff", "3" * 5000])
def test_the_smallest_and_oddest_texts_are_proved(text):
    assert prove_text(text, LEDGER).text == text
