"""manage.py proof, as somebody would run it."""

import io
import json

import docx
import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def run(approved, tmp_path):
    """run(words, *options) -> (exit status, what was printed); the words as a file of that ending."""

    def proof(words, *options, ending=".txt"):
        path = tmp_path / f"文稿{ending}"
        if ending == ".docx":
            document = docx.Document()
            for line in words.split("\n"):
                document.add_paragraph(line)
            document.save(path)
        else:
            path.write_text(words, encoding="utf-8")
        out, status = io.StringIO(), 0
        try:
            call_command(
                "proof", str(path), "--region", "370100", "--period", "2020", *options, stdout=out
            )
        except SystemExit as end:
            status = end.code
        return status, out.getvalue()

    return proof


def test_json_has_the_records_of_figures_with_verdict_fact_and_hint(run, approved):
    status, told = run("全市培训农民工3212名。", "--json")
    [figure] = json.loads(told)["figures"]
    assert status == 1
    assert {key: figure[key] for key in ("start", "end", "raw", "value", "unit", "qualifier", "role", "verdict")} == {
        "start": 7, "end": 12, "raw": "3212名", "value": "3212", "unit": "名", "qualifier": "", "role": "actual",
        "verdict": "mismatch",
    }  # fmt: skip
    fact = figure["fact"]
    assert (fact["indicator"], fact["value"], fact["span"], fact["entry"]) == (
        approved.trained.code, "3221", "2020", approved.people.pk,
    )  # fmt: skip
    assert figure["hint"] == "台账“培训农民工”为3221名，数字颠倒。"


def test_json_has_the_findings(run):
    _, told = run("全市培训农民工3212名。", "--json")
    [finding] = [one for one in json.loads(told)["findings"] if one["rule"] == "N17"]
    assert {key: finding[key] for key in ("rule", "severity", "start", "end", "suggestion")} == {
        "rule": "N17", "severity": "W", "start": 7, "end": 12, "suggestion": "3221名",
    }  # fmt: skip
    assert finding["message"]


@pytest.mark.parametrize("ending", [".txt", ".md", ".docx"])
def test_a_right_text_ends_with_zero_whatever_its_file(run, ending):
    status, told = run("全市培训农民工3221名。", ending=ending)
    assert status == 0
    assert told.startswith("1个数字，0处必须处理，")


def test_a_table_of_a_word_file_is_proved_by_its_rows_and_heads(approved, tmp_path):
    document, path = docx.Document(), tmp_path / "文稿.docx"
    grid = document.add_table(2, 2)
    for cell, words in zip(grid._cells, ("指标", "人数", "培训农民工", "3212"), strict=True):
        cell.text = words
    document.save(path)
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command(
            "proof", str(path), "--region", "370100", "--period", "2020", "--json", stdout=out
        )
    [figure] = json.loads(out.getvalue())["figures"]
    assert (figure["raw"], figure["unit"], figure["verdict"]) == ("3212", "人", "mismatch")
    assert figure["fact"]["entry"] == approved.people.pk


def test_people_are_told_what_stops_first(run):
    status, told = run("前言。\n全市培训农民工3212名。")
    assert status == 1
    assert "必须处理\n第2行\t“3212名”不一致，台账“培训农民工”为3221名，数字颠倒。\n" in told


def test_lines_and_marks_of_secrecy_are_options(run, city_with_people):
    other = city_with_people.league.line.name
    assert run("全市培训农民工3221名。", "--lines", other)[0] == 1
    assert run("内部资料，不得外传。")[0] == 1
    assert run("内部资料，不得外传。", "--internal")[0] == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--region", "999999"), "没有代码为“999999”的区划"),
        (("--period", "去年"), "“去年”不是期间"),
        (("--lines", "没有的"), "没有条线“没有的”"),
    ],
)
def test_what_does_not_exist_is_said_in_words(run, options, words):
    with pytest.raises(CommandError, match=words):
        run("全市培训农民工3221名。", *options)


def test_a_file_that_cannot_be_read_is_said_in_words(run, tmp_path):
    bad = tmp_path / "gbk.txt"
    bad.write_bytes("培训农民工".encode("gbk"))
    with pytest.raises(CommandError, match="不是 UTF-8 文本"):
        call_command("proof", str(bad), "--region", "370100", "--period", "2020")
    with pytest.raises(CommandError, match="打不开文件"):
        call_command("proof", str(tmp_path / "none.txt"), "--region", "370100", "--period", "2020")
