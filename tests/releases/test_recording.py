"""What every version says about its characters, whoever made it."""

from dataclasses import replace

import pytest

from tracker.documents.tree import Text
from tracker.releases.models import Version
from tracker.releases.recording import document_of, freeze, told_of_characters

pytestmark = pytest.mark.django_db
UNASSIGNED = "\U0003fffd"
TOLD = f"字库里没有“{UNASSIGNED}”，PDF里显示不出来。请换字，或请系统管理员补装字库。"


def frozen(version, title, remarks=()):
    document = replace(document_of(version), title=(Text(title),))
    kind = Version.Kind.COMPILED
    return freeze(version.release, document, kind=kind, by=None, snapshot={}, remarks=list(remarks))


def test_a_character_without_a_font_is_told_beside_the_document(approved):
    made = frozen(approved.version(), f"孟{UNASSIGNED}", ["待补：日期。"])
    assert made.remarks == ["待补：日期。", TOLD]


def test_it_is_told_no_longer_once_the_word_was_changed(approved):
    first = frozen(approved.version(), f"孟{UNASSIGNED}")
    assert frozen(first, "孟远", first.remarks).remarks == []


def test_rare_characters_of_names_that_have_a_font_are_not_told(approved):
    assert told_of_characters([], document_of(frozen(approved.version(), "㛃䶮𬭚"))) == []
