import pytest

from tests.documents.trees import small
from tracker.documents.canonical import digest, from_json
from tracker.documents.docx import write_docx
from tracker.documents.faces import OWN
from tracker.documents.formats import FORMATS, render
from tracker.documents.pdf import write_pdf
from tracker.documents.profiles import FONTS, PROFILES, STYLES

DOCUMENT = small(version="1")


def test_these_are_the_files_of_a_document():
    assert list(FORMATS) == ["docx", "pdf", "md", "html", "txt", "json"]
    assert render(DOCUMENT, "docx") == write_docx(DOCUMENT)
    assert render(DOCUMENT, "pdf") == render(DOCUMENT, "pdf", (OWN,)) == write_pdf(DOCUMENT)


@pytest.mark.parametrize("ending", ["md", "html", "txt"])
def test_text_files_are_utf_8_and_carry_the_digest(ending):
    written = render(DOCUMENT, ending).decode()
    assert f"文件版本：1　内容校验（SHA-256）：{digest(DOCUMENT)}" in written


def test_the_tree_itself_can_be_handed_out():
    assert from_json(render(DOCUMENT, "json").decode()) == DOCUMENT


def test_an_unknown_ending_is_no_format():
    with pytest.raises(KeyError):
        render(DOCUMENT, "exe")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_profile_has_a_look_and_a_font_for_every_style(profile):
    assert set(STYLES) <= profile.looks.keys()
    assert profile.looks.keys() == PROFILES["official"].looks.keys()
    assert {look.font for look in profile.looks.values()} <= FONTS.keys()


def test_the_official_text_area_holds_22_lines_of_28_characters():
    page, body = PROFILES["official"].page, PROFILES["official"].looks["body"]
    assert (page.height - page.top - page.bottom) // body.pitch == 22
    assert page.measure // (body.size + body.spacing) == 28
