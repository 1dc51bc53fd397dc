"""A third kind of document is one folder: dropped in, it compiles, on the command line and on its page."""

import sys

import docx
import pytest
from django.core.management import call_command

from tests.flows.reading import lines_of
from tests.releases.conftest import (  # noqa: F401 - fixtures
    _files_of_their_own,
    approved,
    ground,
    money,
    trained,
    training,
    year,
)
from tracker.releases import genres as home
from tracker.releases.models import Release

FOLDER = '''
"""快讯: one line an agency."""

from tracker.documents.tree import Document, Paragraph, Section, Text
from tracker.releases.genres import Genre, Setting
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.programmes import figures
from tracker.releases.wording.sentences import Timeline


def compose(material, voice):
    lines = tuple(
        Paragraph(merged([voice.agency(one), Text("："), *figures(facts(one), voice, Timeline())]))
        for one in material.contributors
    )
    title = f"{material.region}{material.settings.get('主题', '')}快讯"
    return Document((Text(title),), (Section("all", None, lines),))


def facts(contributor):
    return [fact for programme in contributor.programmes for fact in programme.facts]


GENRE = Genre("快讯", "plain", compose, (Setting("主题"),))
'''


@pytest.fixture
def dropped_in(tmp_path, monkeypatch):
    """The folder, where the product looks for genres."""
    folder = tmp_path / "genres" / "dispatch"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(FOLDER, encoding="utf-8")
    monkeypatch.setattr(home, "__path__", [*home.__path__, str(folder.parent)])
    yield
    sys.modules.pop("tracker.releases.genres.dispatch", None)
    vars(home).pop("dispatch", None)


def test_it_compiles_to_a_word_file_by_its_chinese_name(dropped_in, approved, tmp_path):  # noqa: F811
    output = tmp_path / "快讯.docx"
    where = ("--region", "370100", "--period", "2020", "--output", str(output))
    call_command("compile", "快讯", *where, "--set", "主题=年度", verbosity=0)
    text = "\n".join(lines_of(output))
    assert docx.Document(output).paragraphs[0].text == "济南市年度快讯"
    assert "3221名" in text
    assert "1302万元" in text


def test_it_is_offered_on_the_page_with_its_own_settings(dropped_in, approved, sign_in, wu):  # noqa: F811
    editor = sign_in(wu)
    page = editor.get("/releases/compile/", {"genre": "dispatch"})
    assert "dispatch" in page.context["genres"]
    assert "要素-主题" in page.context["form"].fields
    sent = {"genre": "dispatch", "region": approved.region.pk, "period": "2020"}
    answer = editor.post("/releases/compile/?genre=dispatch", sent)
    release = Release.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/releases/{release.pk}/")
    assert "快讯" in editor.get(answer.url).content.decode()
