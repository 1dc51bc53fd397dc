"""Genres are found by folder: one dropped in is compiled with no other file changed."""

import sys

import pytest

from tests.releases.conference import conference
from tests.releases.kit import text_of
from tracker.releases import genres as home
from tracker.releases.compiling import compose
from tracker.releases.genres import UnknownGenre, genre, genres
from tracker.releases.snapshot import Snapshot

DISPATCH = '''
"""快讯: one line an agency."""

from tracker.documents.tree import Document, Paragraph, Section, Text
from tracker.releases.genres import Genre
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.programmes import figures
from tracker.releases.wording.sentences import Timeline


def compose(material, voice):
    blocks = tuple(
        Paragraph(merged([voice.agency(one), Text("："), *figures(one.facts, voice, Timeline())]))
        for one in material.contributors
    )
    return Document((Text(f"{material.region}快讯"),), (Section("all", None, blocks),))


GENRE = Genre("快讯", "plain", compose)
'''


@pytest.fixture
def dropped_in(tmp_path, monkeypatch):
    """A third folder beside the two, and nothing else."""
    folder = tmp_path / "dispatch"
    folder.mkdir()
    (folder / "__init__.py").write_text(DISPATCH, encoding="utf-8")
    monkeypatch.setattr(home, "__path__", [*home.__path__, str(tmp_path)])
    yield
    sys.modules.pop("tracker.releases.genres.dispatch", None)


def test_the_genres_are_the_folders():
    assert {folder: one.name for folder, one in genres().items()} == {
        "brief": "简报",
        "feature": "通讯",
        "press_conference": "发布会实录",
        "press_release": "通稿",
        "short_items": "简讯",
        "special_report": "专报",
        "weekly": "周报",
        "yearbook": "年鉴条目",
    }


def test_a_genre_is_found_by_folder_and_by_name():
    assert genre("brief") == genre("简报")
    assert genre("press_conference")[0] == "press_conference"


def test_an_unknown_genre_is_refused_with_those_that_exist():
    with pytest.raises(UnknownGenre) as caught:
        genre("年表")
    assert caught.value.args == (
        "没有名为“年表”的文种。可用的文种：简报（brief）、通讯（feature）、发布会实录（press_conference）、通稿（press_release）、简讯（short_items）、专报（special_report）、周报（weekly）、年鉴条目（yearbook）。",
    )


def test_a_folder_dropped_in_is_compiled(dropped_in):
    folder, kind = genre("快讯")
    document, _ = compose(kind, Snapshot(conference(), (), (), (), ()))
    assert folder == "dispatch"
    assert document.profile == "plain"
    assert text_of(document).startswith("济南市快讯\n济南市总工会：近年来，")


def test_every_setting_is_named_once():
    for kind in genres().values():
        names = [setting.name for setting in kind.settings]
        assert len(set(names)) == len(names) > 0
