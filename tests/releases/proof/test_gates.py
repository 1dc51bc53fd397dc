"""What stops any text: privacy, secrecy, fixed formulas, posts, sensitive terms."""

import pytest

from tests.releases.proof.kit import blocking, ground
from tracker.language.gates import Formula, Official, Term
from tracker.releases.proof import prove_text
from tracker.releases.proof.wordlists import own_formulas, own_terms


def stops(text, public=True, **fields):
    return blocking(prove_text(text, ground(**fields), public=public))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("当事人身份证号370102199003076512。", "T12"),
        ("联系人手机13812345678。", "T12"),
        ("卡号：6222021602001234567。", "T12"),
        ("本件为机密★三年。", "T13"),
        ("内部资料，不得外传。", "T13"),
        ("坚持绿色、创新、协调、开放、共享的理念。", "Z01"),
        ("坚定道路自信、制度自信、理论自信、文化自信。", "Z01"),
        ("接待台湾总统一行。", "Z03"),
    ],
)
def test_a_gate_blocks(text, rule):
    assert stops(text) == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "服务热线12345，传真0531-86011234。",
        "坚持创新、协调、绿色、开放、共享的新发展理念。",
        "推动绿色、共享发展。",
        "保密工作扎实有效，揭开秘密的过程。",
        "接待台湾同胞。",
    ],
)
def test_what_is_proper_passes(text):
    assert stops(text) & {"T12", "T13", "Z01", "Z02", "Z03"} == set()


def test_marks_of_secrecy_may_stand_in_an_internal_paper():
    assert stops("内部资料，请勿外传。", public=False) == set()


def test_a_post_is_that_of_the_roster():
    roster = (Official("林晓岚", ("副主席",)),)
    assert stops("市总工会副主席林晓岚介绍情况。", officials=roster) == set()
    assert stops("市总工会主席林晓岚介绍情况。", officials=roster) == {"Z02"}
    assert stops("林晓岚介绍情况。", officials=roster) == set()


def test_a_city_adds_terms_and_formulas_of_its_own():
    terms = (Term("老城改造", "城市更新", "用“城市更新”。"),)
    assert stops("推进老城改造。", terms=terms) == {"Z03"}
    formulas = (Formula("四个强省", ("经济强省", "文化强省", "生态强省", "科技强省")),)
    assert stops("建设文化强省、经济强省、生态强省、科技强省。", formulas=formulas) == {"Z01"}


def test_a_citys_own_lists_are_files_in_its_data(settings, tmp_path):
    settings.DATA = tmp_path
    assert (own_terms(), own_formulas()) == ((), ())
    folder = tmp_path / "wordlists"
    folder.mkdir()
    (folder / "错敏词.csv").write_text("词,应改为,说明\n老城改造,城市更新,\n", encoding="utf-8-sig")
    (folder / "固定表述.csv").write_text(
        "名称,各项\n四个强省,经济强省、文化强省、生态强省、科技强省\n", encoding="utf-8"
    )
    assert own_terms() == (Term("老城改造", "城市更新", "“老城改造”在本市的错敏词库中。"),)
    assert own_formulas() == (
        Formula("四个强省", ("经济强省", "文化强省", "生态强省", "科技强省")),
    )
