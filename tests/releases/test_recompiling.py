"""A draft is compiled again after a correction: new figures, the editors' words, and what moved is listed."""

from dataclasses import replace

import pytest

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.releases.kit import text_of
from tests.releases.walking import ready
from tracker.documents.tree import figures
from tracker.jobs.models import Job
from tracker.releases.alarm.correcting import begin_correction
from tracker.releases.drafting.changes import changes
from tracker.releases.drafting.page import Run, page_of
from tracker.releases.drafting.saving import save
from tracker.releases.issuing import issue, latest
from tracker.releases.models import Release, Version
from tracker.releases.proof import stops_issuing
from tracker.releases.quoting import outdated
from tracker.releases.recompiling import may_recompile, recompile
from tracker.releases.recording import document_of
from tracker.workflow import Stale


@pytest.fixture
def draft(approved):
    return approved.compile("简报")


@pytest.fixture
def correct(approved, ground):
    """correct(3300): the union reported another number for 2020, without a day."""
    return lambda value=3300: ground.say(approved.trained, "2020", value, entered_unit="名")


def words_of(version) -> str:
    return text_of(document_of(version))


def again(release, by) -> Version:
    return recompile(release, by=by, version=Release.objects.get(pk=release.pk).version)


def reword(release, by, *swaps):
    """The next version with words typed over others; `swaps` are (old, new) within plain words."""
    version = latest(release)
    page = page_of(document_of(version))
    for old, new in swaps:
        assert any(old in run.text and not run.figure for line in page for run in line.runs), old
        page = tuple(
            replace(line, runs=tuple(_typed(run, old, new) for run in line.runs)) for line in page
        )
    return save(version, page, by=by)


def _typed(run, old, new):
    return run if run.figure else replace(run, text=run.text.replace(old, new))


def rewritten(release, by, figure, surface):
    """The next version with a figure in another form."""
    version = latest(release)
    page = tuple(
        replace(
            line,
            runs=tuple(
                replace(run, text=surface) if run.text == figure and run.figure else run
                for run in line.runs
            ),
        )
        for line in page_of(document_of(version))
    )
    return save(version, page, by=by)


def test_a_draft_that_nobody_touched_is_the_compiler_s_new_text(draft, correct, wu):
    correct(3300)
    made = again(draft, wu)
    assert (made.number, made.kind, made.by) == (2, "compiled", None)
    assert "培训农民工3300名" in words_of(made)
    assert "3221" not in words_of(made)
    [row] = made.snapshot["touched"]
    assert (row["name"], row["before"], row["after"], row["kept"]) == (
        "农民工", "3221名", "3300名", False,
    )  # fmt: skip
    assert made.snapshot["before"] == 1


def test_the_touched_keys_are_those_of_the_new_text(draft, correct, wu):
    entry = correct(3300)
    made = again(draft, wu)
    keys = {one.key for one in figures(document_of(made)) if entry.pk in one.entries}
    assert {key for row in made.snapshot["touched"] for key in row["keys"]} == keys != set()


def test_what_quoted_an_old_figure_may_be_issued_again(draft, correct, wu):
    correct(3300)
    assert outdated(latest(draft)) == ["“农民工”（市总工会，2020）"]
    made = again(draft, wu)
    assert (outdated(made), stops_issuing(made)) == ([], ())


def test_a_paragraph_that_an_editor_changed_keeps_the_words_and_gets_the_figure(draft, correct, wu):
    reword(draft, wu, ("培训农民工", "组织农民工参加培训"))
    correct(3300)
    made = again(draft, wu)
    assert [(one.number, one.kind) for one in draft.versions.order_by("number")] == [
        (1, "compiled"), (2, "edited"), (3, "compiled"), (4, "merged"),
    ]  # fmt: skip
    assert made.by == wu
    assert "组织农民工参加培训3300名" in words_of(made)
    assert "培训农民工3300名" in words_of(draft.versions.get(number=3))
    assert stops_issuing(made) == ()
    [row] = made.snapshot["touched"]
    assert (row["before"], row["after"], row["kept"]) == ("3221名", "3300名", True)
    assert (made.snapshot["before"], made.snapshot["compiled"]) == (2, 3)
    assert made.remarks[0] == "编辑改过的文字里，“农民工”由“3221名”改为“3300名”，请核对前后文。"


def test_a_paragraph_that_nobody_changed_is_compiled_anew_beside_an_edited_one(
    approved, ground, wu
):
    draft = approved.compile("发布会实录")
    reword(draft, wu, ("培训农民工", "组织农民工参加培训"))
    ground.say(approved.money, "2020", 14000000, entered="1400", entered_unit="万元")
    made = again(draft, wu)
    assert "组织农民工参加培训" in words_of(made)
    assert "1400万元" in words_of(made)
    assert "1302" not in words_of(made)


def test_words_that_an_editor_added_stay_and_what_was_struck_is_not_put_back(draft, correct, wu):
    page = page_of(document_of(latest(draft)))
    last = next(line for line in reversed(page) if line.kind == "paragraph")
    more = replace(last, runs=(Run("各县区要抓紧落实。"),), key="", opens="", style="body")
    save(latest(draft), (*page, more), by=wu)
    correct(3300)
    made = again(draft, wu)
    assert "各县区要抓紧落实。" in words_of(made)
    assert "3300名" in words_of(made)


def test_a_form_that_the_editor_chose_is_chosen_again(draft, correct, wu):
    rewritten(draft, wu, "3221名", "3200余名")
    correct(3330)
    made = again(draft, wu)
    assert "3300余名" in words_of(made)


def test_a_form_that_is_still_true_stays(draft, correct, wu):
    rewritten(draft, wu, "3221名", "3200余名")
    entry = correct(3222)
    made = again(draft, wu)
    assert "3200余名" in words_of(made)
    assert made.snapshot["touched"] == []
    assert entry.pk in {pk for one in figures(document_of(made)) for pk in one.entries}


def test_the_changes_between_both_versions_name_the_figure(draft, correct, wu):
    correct(3300)
    made = again(draft, wu)
    rows = changes(document_of(draft.versions.get(number=1)), document_of(made))
    moved = [
        (stretch.kind, "".join(getattr(one, "surface", "") for one in stretch.inlines))
        for row in rows
        for stretch in row.stretches
        if stretch.kind != "same"
    ]
    assert [words for _, words in moved if words] == ["截至2020年底", "3221名", "3300名"]


def test_without_a_correction_nothing_is_made(draft, wu):
    reword(draft, wu, ("培训农民工", "组织农民工参加培训"))
    assert again(draft, wu).number == 2
    assert draft.versions.count() == 2


def test_it_can_be_done_again_and_again_and_never_forgets_the_editor(draft, correct, wu):
    reword(draft, wu, ("培训农民工", "组织农民工参加培训"))
    for value in (3300, 3400, 3500):
        correct(value)
        made = again(draft, wu)
    assert made.number == 8
    assert "组织农民工参加培训3500名" in words_of(made)
    assert [row["before"] for row in made.snapshot["touched"]] == ["3400名"]


def test_the_snapshot_names_what_the_new_text_was_made_of(draft, correct, wu):
    entry = correct(3300)
    made = again(draft, wu)
    assert entry.pk in [pk for pk, _ in made.snapshot["entries"]]
    assert entry.pk in set(made.citations.values_list("entry", flat=True))


def test_the_act_is_recorded_without_a_figure_and_the_alarm_looks_again(draft, correct, wu):
    correct(3300)
    again(draft, wu)
    row = AuditEntry.objects.get(act="release.recompile")
    assert (row.actor, row.data) == (wu, {"base": 1, "version": 2, "touched": 1})
    assert Job.objects.filter(kind="find-affected").exists()


def test_whoever_was_quicker_wins(draft, correct, wu):
    correct(3300)
    seen = draft.version
    recompile(draft, by=wu, version=seen)
    with pytest.raises(Stale):
        recompile(draft, by=wu, version=seen)


@pytest.mark.parametrize("who", ["li", "sun", "zheng", "zhao", "qian"])
def test_nobody_else_compiles_it_again(draft, correct, who, request):
    with pytest.raises(Refused, match="只有牵头单位的编辑和主管可以修改文稿。"):
        again(draft, request.getfixturevalue(who))


def test_what_has_gone_out_is_corrected_and_not_compiled_again(
    draft, correct, wu, zheng, city_with_people
):
    record = ready(draft, city_with_people.people)
    issued = issue(record, by=zheng, version=record.version)
    correct(3300)
    with pytest.raises(Refused, match="文稿“已印发”，不能再修改。"):
        again(issued, wu)
    correction = begin_correction(issued, by=wu)
    assert may_recompile(wu, correction).reason == (
        "更正稿保留印发时的文字，不能重新汇编，请在编辑页修改。"
    )
