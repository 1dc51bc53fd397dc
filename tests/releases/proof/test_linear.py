"""However odd the text: no error, and twice the text takes about twice the time."""

import time

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
    ["1", "12万", "培训农民工3221人，", "3221人、", "（", "由3元提高到", "约超近", "𠮷𡈽", "１2３%，", "增长5.2%。", "占5%其中3%", "3人、合计5人", "3人\n", "道路自信、"],
)  # fmt: skip
def test_the_time_grows_with_the_length(piece):
    def seconds(size):
        text = (piece * (size // len(piece) + 1))[:size]
        began = time.process_time()
        prove_text(text, LEDGER)
        return time.process_time() - began

    seconds(500)
    short, long = seconds(2_000), seconds(8_000)
    # Four times the text; a quadratic step would take sixteen times as long.
    assert long < max(short, 0.02) * 9


@pytest.mark.parametrize("text", ["", "\n", "。", "%", "\u0000", "①½", "3", "\ufeff", "3" * 5000])
def test_the_smallest_and_oddest_texts_are_proved(text):
    assert prove_text(text, LEDGER).text == text
