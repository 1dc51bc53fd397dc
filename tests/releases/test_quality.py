"""What is measured of a compiled document, with a planted fault for every measure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from tests.releases.conference import conference
from tests.releases.kit import contributor, fact, material, programme
from tracker.documents.tree import Document, Figure, Paragraph, Section, Text
from tracker.releases.genres import genre, genres
from tracker.releases.models import Release
from tracker.releases.quality import measure, missed, repeated
from tracker.releases.snapshot import Snapshot
from tracker.releases.wording.voice import Voice


def snapshot(given) -> Snapshot:
    owed = tuple(entry for one in given.contributors for f in one.facts for entry in f.entries)
    return Snapshot(given, (), (), owed, ())


def measured(given, name="发布会实录"):
    document = genre(name)[1].compose(given, Voice(given))
    return measure(document, snapshot(given), date(2020, 12, 31))


def paper(*texts: str, figure: Figure | None = None, key="talk1") -> Document:
    blocks = [Paragraph((Text(text),)) for text in texts]
    if figure:
        blocks.append(Paragraph((Text("共培训"), figure, Text("。"))))
    return Document((Text("题"),), (Section(key, None, tuple(blocks)),))


def test_a_compiled_document_says_all_and_nothing_wrong():
    found = measured(conference())
    assert (found.said, found.owed) == (8, 8)
    assert found.wrong == found.hits == ()


def test_what_is_not_said_is_counted():
    given = conference()
    found = measure(paper("没有数。"), snapshot(given))
    assert (found.said, found.owed) == (0, 8)
    assert "必写" in missed(found, "brief")


def test_a_figure_that_is_printed_as_another_is_wrong():
    slip = Figure("e1", (1,), "3212名", Decimal(3221), "名")
    found = measure(paper(figure=slip), snapshot(conference()))
    assert found.wrong == ("3221名",)
    assert "错数" in missed(found, "brief")


def test_wording_is_counted_by_characters():
    found = measure(paper("截止2020年底，办好了一件事。" + "好" * 80), snapshot(conference()))
    assert [one.split()[0] for one in found.hits] == ["D01"]
    assert round(found.hits_per_1000) == round(1000 / found.characters)


def test_a_dense_talk_of_short_sentences_misses_two_goals_and_a_brief_none_of_them():
    text = "救助7352人次。挽回1302万元。新建30家。"
    found = measure(paper(text), snapshot(material(settings={})))
    assert found.density > 13
    assert found.sentence < 40
    assert missed(found, "press_conference") == ["数的密度", "句长"]
    assert missed(found, "brief") == []


def test_only_the_talks_of_a_conference_are_measured_as_talks():
    talk, script = paper("一句话。"), paper("救助7352人次。", key="host")
    both = replace(talk, sections=(*talk.sections, *script.sections))
    assert measure(both, snapshot(material(settings={}))).talk_figures == 0


def test_sentences_built_alike_are_found_under_their_different_numbers_and_names():
    one = contributor(
        "市民政局",
        programme(
            "农村低保", fact("低保人员", "人", 84200, "保障"), fact("低保金", "元", 5, "发放")
        ),
        programme(
            "特困供养", fact("供养人员", "人", 13700, "保障"), fact("供养金", "元", 6, "发放")
        ),
    )
    text = "保障低保人员8.42万人，发放低保金5元。保障供养人员1.37万人，发放供养金6元。"
    assert list(repeated(text, material(one))) == ["保障□□，发放□□。"]
    assert list(repeated("下面介绍五个方面。下面介绍三个方面。", material(one))) == []


@pytest.mark.django_db
def test_the_command_measures_every_kind_and_keeps_nothing(approved):
    out = StringIO()
    # A small city has short talks: the command says so and ends with 1.
    with pytest.raises(SystemExit, match="1"):
        call_command("quality", "--seeds", "2", "--prove", stdout=out)
    rows = [line.split("\t") for line in out.getvalue().splitlines()]
    told = {row[0]: row[1:3] for row in rows if len(row) > 2}
    assert told["简报"] == told["发布会实录"] == told["通讯"] == ["4/4", "0"]
    assert "全部" in out.getvalue()
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_the_command_measures_what_it_is_asked_for(approved):
    out = StringIO()
    call_command("quality", "--seeds", "1", "--genres", "brief", stdout=out)
    assert [line.split("\t")[0] for line in out.getvalue().splitlines()[1:]] == [
        "简报", "全部1份：文风0.00处/千字",
    ]  # fmt: skip


@pytest.mark.django_db
def test_samples_are_written_for_every_kind_and_nothing_is_kept(approved, tmp_path):
    call_command("samples", str(tmp_path / "samples"), stdout=StringIO())
    written = {path.name for path in (tmp_path / "samples").iterdir()}
    assert written == {f"{name}.{ending}" for name in genres() for ending in ("docx", "pdf")}
    assert not Release.objects.exists()
