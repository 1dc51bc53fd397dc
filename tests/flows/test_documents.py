"""README and docs: no picture is missing or idle, no link is dead, and the floors are those of the test."""

import re

import pytest

from tests.test_floors import FLOORS, ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
IMAGES = ROOT / "docs" / "images"
LARGEST = 200_000


def links_in(document):
    return LINK.findall(document.read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    named = [link.partition("#")[0] for link in links_in(document) if "://" not in link]
    assert [name for name in named if name and not (document.parent / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_a_document_leads_to_a_heading(document):
    text = document.read_text(encoding="utf-8")
    headings = {line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")}
    named = {link[1:] for link in links_in(document) if link.startswith("#")}
    assert named - headings == set()


def test_every_picture_is_used_and_small():
    used = {
        (document.parent / link).resolve() for document in DOCUMENTS for link in links_in(document)
    }
    pictures = sorted(IMAGES.glob("*"))
    assert [one.name for one in pictures if one.resolve() not in used] == []
    assert [one.name for one in pictures if one.stat().st_size > LARGEST] == []


def test_the_first_lines_of_the_readme_are_the_two_commands():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line.split("#")[0].strip() for line in lines[2:4]] == ["make run", "make test"]


def test_the_table_of_floors_names_every_group():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = set(re.findall(r"[a-z]+", " ".join(re.findall("^\\| .*", text, re.MULTILINE))))
    assert {group.rpartition(".")[2] for group in FLOORS} - table == set()
