"""The transcript: aligned with the material, proved, and the ledger left as it is."""

import pytest

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.releases.kit import text_of
from tracker.documents.tree import figures, plain
from tracker.ledger.models import Entry
from tracker.releases.models import Transcript, Version
from tracker.releases.proof import prove_version
from tracker.releases.recording import document_of
from tracker.releases.transcript.services import look, merge, turns_of

NOTES = (
    "主持人：各位记者朋友，大家好。",
    "市总工会：大家好！2020年全市培训农民工3321名，挽回经济损失1302万元。谢谢大家！",
    "晚报记者：请问今年有什么打算？",
    "市总工会：今年继续做好培训工作。",
    "主持人：发布会到此结束。",
)
FILE = {"name": "速记.docx", "sha256": "0" * 64}


@pytest.fixture
def version(approved):
    return approved.version()


def merged(version, by, lines=NOTES):
    return merge(version, "\n".join(lines), turns_of(version, lines), by=by, **FILE)


def test_a_spoken_difference_is_flagged_and_the_ledger_stays(version, wu):
    before = list(Entry.objects.values_list("pk", "value"))
    release = merged(version, wu)
    [remark, *_] = release.versions.get().remarks
    assert ("“3321名”" in remark, "台账为3221名" in remark) == (True, True)
    assert list(Entry.objects.values_list("pk", "value")) == before


def test_what_agrees_is_bound_to_its_entry_and_what_differs_is_not(version, approved, wu):
    document = document_of(merged(version, wu).versions.get())
    assert [(one.surface, one.entries) for one in figures(document)] == [
        ("1302万元", (approved.sum.pk,))
    ]


def test_the_proof_stops_the_transcript(version, wu):
    report = prove_version(merged(version, wu).versions.get())
    assert "3321名" in {one.figure.raw for one in report.stops if hasattr(one, "figure")}


def test_the_transcript_is_a_document_of_its_own_and_the_material_stays(version, wu):
    release = merged(version, wu)
    assert release != version.release
    assert version.release.versions.count() == 1
    assert plain(document_of(release.versions.get()).title).endswith("实录")
    row = Transcript.objects.get()
    assert (row.material, row.version, row.name) == (version, release.versions.get(), "速记.docx")
    assert release.versions.get().kind == Version.Kind.EDITED


def test_speakers_stand_in_the_order_of_the_event(version, wu):
    text = text_of(document_of(merged(version, wu).versions.get()))
    order = ["主持人：", "市总工会：", "晚报记者：", "市总工会：", "主持人："]
    lines = [line for line in text.split("\n") if line.endswith("：")]
    assert len(lines) == len(order)
    assert all(mine.endswith(his) for mine, his in zip(lines, order, strict=True))


def test_a_talk_that_the_notes_lack_stands_as_written_and_says_so(version, wu):
    release = merged(version, wu, NOTES[:1])
    text = text_of(document_of(release.versions.get()))
    assert "以下为会前发布词" in text
    assert "3221名" in text
    assert any("没有" in one and "沿用会前发布词" in one for one in release.versions.get().remarks)


def test_figures_that_were_written_and_not_said_are_named(version):
    seen = look(version, turns_of(version, NOTES))
    assert "40万元" in seen.talks[0].unsaid
    assert "1302万元" not in seen.talks[0].unsaid


def test_the_merging_is_recorded(version, wu):
    release = merged(version, wu)
    entry = AuditEntry.objects.get(act="transcript.merge")
    assert (entry.actor, entry.target_id) == (wu, str(release.pk))


def test_only_the_lead_office_merges(version, li):
    with pytest.raises(Refused, match="牵头单位"):
        merged(version, li)


def test_only_the_material_of_a_press_conference_becomes_a_transcript(approved, wu):
    brief = approved.version("简报")
    with pytest.raises(Refused):
        merge(brief, "x", (), by=wu, **FILE)
