"""docs/patterns.md says what the language does: its examples are tried."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests import factories
from tests.releases.kit import contributor, fact, material, programme, said
from tracker.releases.facts import changed
from tracker.releases.own_patterns.checking import checked
from tracker.releases.own_patterns.subjects import subject_of
from tracker.releases.patterns import Own, PatternError
from tracker.releases.patterns.own import OPERATIONS, SENTENCE_WORDS
from tracker.releases.wording.programmes import numbers
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice

PAGE = (Path(__file__).parents[3] / "docs" / "patterns.md").read_text("utf-8")
FAULTS = re.findall(r"^\| `([^`]+)` \| (第\d+个字符：[^|]+) \|$", PAGE, re.M)
EXAMPLES = [one.replace("\\|", "|") for one in re.findall(r"\| `([^`]+)` \|$", PAGE, re.M)]


@pytest.fixture
def subject(li):
    home = factories.programme("union", "希望工程")
    for name, unit in (("学生数", "名"), ("金额", "元"), ("受益户", "户")):
        factories.indicator(li, name, unit_name=unit, programme_=home)
    return subject_of(home)


@pytest.mark.parametrize(("source", "told"), FAULTS)
def test_each_fault_is_told_as_the_page_has_it(subject, source, told):
    with pytest.raises(PatternError) as caught:
        checked(subject, source)
    assert str(caught.value).startswith(told.partition("……")[0])


def test_the_page_has_faults_and_examples():
    assert (len(FAULTS), len(EXAMPLES)) == (8, 2)


def test_its_sentence_and_clause_are_sound(subject):
    sentence, clause = EXAMPLES
    assert checked(subject, sentence).source == sentence
    assert checked(subject_of(subject.names["金额"]), clause).source == clause


def test_its_sentence_says_what_the_page_says():
    time = {"as_of": "2020年底"}
    money = fact("金额", "元", 4800000, scale="万", decimals=0, **time)
    facts = [
        fact("学生数", "名", 1623, **time),
        replace(money, related=(("year_on_year", changed(money, Decimal("0.125"), ())),)),
        fact("受益户", "户", 963, **time),
    ]
    own = Own(1, 1, EXAMPLES[0], tuple((one.topic.name, one.topic.id) for one in facts))
    made = replace(programme("希望工程", *facts), own=own)
    voice = Voice(material(contributor("团市委", made)))
    voice.keep_still()
    text = said(numbers(made, voice, Timeline()))
    assert f"写成：{text}\n" in PAGE


def test_every_operation_and_word_is_on_the_page():
    named = set(re.findall(r"`(?:\{\w+)?\.(\w+)\}?`", PAGE)) | set(re.findall(r"`\{(\w+)\}`", PAGE))
    assert set(OPERATIONS) | set(SENTENCE_WORDS) <= named
