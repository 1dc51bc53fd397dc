import pytest

from tests.documents.trees import figure, png, small
from tracker.documents import faces
from tracker.documents.faces import OWN
from tracker.documents.pdf import missing_characters, write_pdf
from tracker.documents.profiles import PROFILES
from tracker.documents.tree import (
    Heading,
    Image,
    Ordinal,
    PageBreak,
    Paragraph,
    Passage,
    Table,
    Text,
)

TABLE = (OWN / "characters.txt").read_text(encoding="utf-8").replace("\n", "")
BLOCKS = (
    Heading(1, (Ordinal("一、"), Text("做法"))),
    Paragraph((Passage("p", (Text("共"), figure("5户", "5"))), Text("；")), "question"),
    Table((Text("表"),), ((Text("区县"),),), (((Text("历下区"),),), ((figure("5户", "5"),),))),
    Image(png(900, 90), "图", (Text("说明"),)),
    PageBreak(),
)
META = {
    "masthead": "工作简报",
    "issue": "第6期",
    "office": "办公室",
    "date": "2021年1月8日",
    "foot": ("报：市委。",),
    "notices": ("演示数据",),
}


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_makes_a_pdf_and_twice_the_same(profile):
    document = small(*BLOCKS, profile=profile, **META)
    assert write_pdf(document) == write_pdf(document)
    assert write_pdf(document).startswith(b"%PDF-")


def test_another_word_makes_another_pdf():
    assert write_pdf(small(title="甲")) != write_pdf(small(title="乙"))


@pytest.mark.parametrize(
    "text", ["#panic()", "$x$", "*粗*", '#read("/etc/passwd")', "\\ // /* @a <b> `c` = 标题"]
)
def test_what_looks_like_code_is_set_as_text(text):
    document = small(Paragraph((Text(text),)), title=text, notices=(text,), masthead=text)
    assert write_pdf(document).startswith(b"%PDF-")


def test_the_committed_fonts_show_the_whole_table_of_standard_characters():
    assert len(set(TABLE)) == 8105
    assert faces.lacking(TABLE, (OWN,)) == []
    assert missing_characters(small(title=TABLE)) == []


@pytest.mark.parametrize("sign", "㎡℃‰①ⅠⅫ—…“”〔〕％￥·□▲★〓")
def test_the_committed_fonts_show_the_signs_of_official_texts(sign):
    assert faces.lacking(sign, (OWN,)) == []


def test_a_character_that_no_font_has_is_named():
    unassigned = "\U0003fffd"
    document = small(Paragraph((Text(f"甲{unassigned}"),)), title="\u0378")
    assert missing_characters(document) == ["\u0378", unassigned]
    assert write_pdf(document).startswith(b"%PDF-")


def test_marks_without_a_shape_are_no_missing_characters():
    assert missing_characters(small(title="甲\u200d\ufe0f\t\n 乙")) == []


def test_the_offices_own_font_comes_first(tmp_path):
    (tmp_path / "own.ttf").write_bytes((OWN / "ShijiKai-Regular.ttf").read_bytes())
    assert faces.families("kai", (tmp_path, OWN))[0] == "Shiji Kai"
    assert faces.families("kai", (tmp_path,)) == ["Shiji Kai"]
    assert write_pdf(small(title="楷"), (tmp_path,)).startswith(b"%PDF-")


def test_each_role_names_its_own_face_and_the_serif_behind_it():
    first_two = {role: faces.families(role, (OWN,))[:2] for role in ("title", "hei", "kai", "fang")}
    assert first_two == {
        "title": ["Noto Serif CJK SC", "Noto Sans CJK SC"],
        "hei": ["Noto Sans CJK SC", "Noto Serif CJK SC"],
        "kai": ["Shiji Kai", "Noto Serif CJK SC"],
        "fang": ["FandolFang R", "Noto Serif CJK SC"],
    }


def test_the_fonts_and_their_licences_stay_within_25_megabytes():
    files = {path.name: path.stat().st_size for path in OWN.iterdir()}
    assert sum(files.values()) < 25_000_000
    assert {"OFL-1.1.txt", "GPL-3.txt", "README.md"} <= files.keys()


def test_no_family_bears_a_reserved_name():
    assert [
        name for name in faces.load((OWN,)).families() if "LXGW" in name or "霞鹜" in name
    ] == []
