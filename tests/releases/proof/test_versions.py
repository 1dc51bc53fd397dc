"""The proof of a stored version, and that it keeps a wrong one from going out."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.rules import Refused
from tests.releases.kit import SETTINGS
from tracker.documents.tree import Paragraph, Section, Text
from tracker.releases.genres import genres
from tracker.releases.issuing import issue, latest
from tracker.releases.models import Version, Waiver
from tracker.releases.proof import digest_of, flatten, prove_version, stops_issuing
from tracker.releases.recording import document_of, freeze


def edited(release, words, by):
    """The release with one more paragraph of plain words, as the editor's page would save it."""
    last = latest(release)
    document = document_of(last)
    more = Section("more", None, (Paragraph((Text(words),)),))
    document = replace(document, sections=(*document.sections, more))
    return freeze(
        release, document, kind=Version.Kind.EDITED, by=by, snapshot=last.snapshot, remarks=[]
    )


@pytest.fixture
def draft(approved):
    return approved.compile("简报")


@pytest.mark.parametrize("kind", sorted(genres()))
def test_what_is_compiled_has_nothing_that_stops_it(approved, kind):
    assert stops_issuing(latest(approved.compile(kind, settings=SETTINGS))) == ()


def test_a_typed_figure_that_is_right_is_no_stop(draft, ground):
    assert stops_issuing(edited(draft, "全市培训农民工3221名。", ground.people["wu"])) == ()


def test_a_typed_figure_that_is_wrong_stops_the_issue(draft, ground, zheng):
    version = edited(draft, "全市培训农民工3212名。", ground.people["wu"])
    assert stops_issuing(version) == ("“3212名”不一致，台账“培训农民工”为3221名，数字颠倒",)
    with pytest.raises(Refused):
        issue(draft, by=zheng, version=draft.version)


def test_what_a_second_person_let_pass_is_no_stop(draft, ground, approved):
    people = ground.people
    version = edited(draft, "植树造林4321亩。", people["wu"])
    [stop] = prove_version(version).stops
    text = prove_version(version).text
    Waiver.objects.create(
        release=draft, digest=digest_of(text, stop.figure.start, stop.figure.end, "unsupported"),
        kind="无出处", raw="4321亩", sentence="植树造林4321亩。", reason="林业部门公报", asked_by=people["wu"],
        state=Waiver.State.GRANTED, decided_by=people["wang"], decided_at=timezone.now() + timedelta(seconds=1),
    )  # fmt: skip
    assert stops_issuing(version) == ()


def test_a_correction_of_the_ledger_is_seen_at_once(draft, ground, approved):
    version = edited(draft, "全市培训农民工3221名。", ground.people["wu"])
    assert stops_issuing(version) == ()
    ground.say(approved.trained, "2020", 3300, entered_unit="名")
    assert any("已更正" in stop for stop in stops_issuing(version))


def test_the_flat_text_leads_back_to_every_inline(draft):
    document = document_of(latest(draft))
    flat = flatten(document)
    for mark in flat.marks:
        assert flat.at(mark.start) == mark
        assert flat.text[mark.start : mark.end].strip("\n")
    for start, end, key in flat.anchors:
        address, first, last = flat.span_in_block(start, end)
        assert address
        assert last - first == end - start
        assert key


def test_the_stored_tree_is_what_is_proved(draft):
    version = latest(draft)
    assert json.dumps(version.tree, ensure_ascii=False).count("3221") >= 1
    assert any(one.figure.value == 3221 and one.source for one in prove_version(version).figures)
