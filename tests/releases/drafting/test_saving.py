"""A page becomes the next version; unsaved work is kept; nobody overwrites anybody."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.releases.kit import text_of
from tracker.documents.tree import figures
from tracker.releases.drafting.keeping import Elsewhere, discard, keep, page_in, working_of
from tracker.releases.drafting.marked import marked
from tracker.releases.drafting.page import Run, page_of
from tracker.releases.drafting.rebuilding import known
from tracker.releases.drafting.saving import save
from tracker.releases.models import Version, Working
from tracker.releases.recording import document_of
from tracker.workflow import Stale


@pytest.fixture
def version(approved):
    return approved.version()


@pytest.fixture
def page(version):
    return page_of(document_of(version))


def number_of(page, words):
    return next(number for number, line in enumerate(page) if words in line.text)


def reworded(page, old, new):
    """The page with words typed over others, wherever they stand within one run."""
    assert any(old in run.text for line in page for run in line.runs)
    return tuple(
        replace(
            line, runs=tuple(replace(run, text=run.text.replace(old, new)) for run in line.runs)
        )
        for line in page
    )


def with_words(page, words):
    """The page with a paragraph at its end."""
    last = next(line for line in reversed(page) if line.kind == "paragraph")
    return (*page, replace(last, runs=(Run(words),), key="", opens="", style="body"))


def acts():
    return list(
        AuditEntry.objects.filter(act__startswith="release.")
        .order_by("seq")
        .values_list("act", flat=True)
    )


def test_a_saved_page_is_the_next_version_with_the_same_citations(version, page, wu):
    made = save(version, reworded(page, "挽回", "追回"), by=wu)
    assert (made.number, made.kind, made.by) == (2, "edited", wu)
    assert "追回经济损失1302万元" in text_of(document_of(made))
    assert made.citations.count() == version.citations.count()
    assert made.release.version + 1 == type(made.release).objects.get().version
    assert acts() == ["release.compile", "release.edit"]


def test_the_former_version_stays_as_it_was(version, page, wu):
    before = version.digest
    save(version, reworded(page, "挽回", "追回"), by=wu)
    version.refresh_from_db()
    assert (version.digest, version.release.versions.count()) == (before, 2)


def test_the_marked_text_goes_the_same_way(version, page, wu):
    text = marked(page, known(document_of(version)).blocks)
    assert save(version, text, by=wu) == version
    made = save(version, text.replace("挽回", "追回"), by=wu)
    assert text_of(document_of(made)) == text_of(document_of(version)).replace("挽回", "追回")
    assert figures(document_of(made)) == figures(document_of(version))


def test_a_page_that_changes_nothing_makes_no_version(version, page, wu):
    assert save(version, page, by=wu) == version
    assert version.release.versions.count() == 1
    assert acts() == ["release.compile"]


def test_any_number_may_be_saved_and_has_no_source(version, page, wu):
    made = save(version, with_words(page, "另有9999头牛。"), by=wu)
    assert "另有9999头牛。" in text_of(document_of(made))
    assert figures(document_of(made)) == figures(document_of(version))


def test_a_true_number_that_was_typed_gets_its_source(version, page, wu):
    words = "全市工会培训农民工3221名。"
    made = save(version, with_words(page, words), by=wu)
    before = {figure.key for figure in figures(document_of(version))}
    said = next(one for one in figures(document_of(version)) if one.surface == "3221名")
    [new] = [figure for figure in figures(document_of(made)) if figure.key not in before]
    assert (new.surface, new.entries) == ("3221名", said.entries)
    assert made.citations.filter(key=new.key).exists()


def test_a_number_typed_over_a_figure_has_no_source(version, page, wu):
    made = save(version, reworded(page, "3221名", "3222名"), by=wu)
    assert "3222名" in text_of(document_of(made))
    assert "3222名" not in [figure.surface for figure in figures(document_of(made))]


def test_a_stale_version_is_not_overwritten(version, page, wu, wang):
    save(version, reworded(page, "挽回", "追回"), by=wu)
    with pytest.raises(Stale):
        save(version, reworded(page, "挽回", "要回"), by=wang)
    assert version.release.versions.count() == 2


@pytest.mark.parametrize("name", ["li", "sun", "zhao", "qian", "zheng"])
def test_only_editors_and_reviewers_of_the_lead_office_write(version, page, city_with_people, name):
    person = city_with_people.people[name]
    for act in (
        lambda: save(version, reworded(page, "挽回", "追回"), by=person),
        lambda: keep(version, page, by=person, serial=0),
        lambda: discard(version.release, by=person),
    ):
        with pytest.raises(Refused, match="只有牵头单位的编辑和主管可以修改文稿。"):
            act()
    assert (Version.objects.count(), Working.objects.count()) == (1, 0)


def test_unsaved_work_is_kept_and_given_back(version, page, wu):
    assert working_of(version.release, wu) is None
    changed = reworded(page, "挽回", "追回")
    working = keep(version, changed, by=wu, serial=0)
    assert page_in(working_of(version.release, wu)) == changed
    again = keep(version, page, by=wu, serial=working.serial)
    assert (again.serial, page_in(again)) == (2, page)
    assert Working.objects.count() == 1
    assert version.release.versions.count() == 1


def test_keeping_is_recorded_once_and_dropping_too(version, page, wu):
    for serial in range(3):
        keep(version, page, by=wu, serial=serial)
    assert discard(version.release, by=wu)
    assert not discard(version.release, by=wu)
    assert acts() == ["release.compile", "release.keep", "release.discard"]


def test_two_windows_of_one_person_do_not_overwrite_each_other(version, page, wu):
    keep(version, page, by=wu, serial=0)
    keep(version, reworded(page, "挽回", "追回"), by=wu, serial=1)
    with pytest.raises(Elsewhere) as caught:
        keep(version, reworded(page, "挽回", "要回"), by=wu, serial=1)
    assert page_in(caught.value.working) == reworded(page, "挽回", "追回")
    same = keep(version, reworded(page, "挽回", "追回"), by=wu, serial=1)
    assert same.serial == 3


def test_two_people_have_each_their_own(version, page, wu, wang):
    keep(version, reworded(page, "挽回", "追回"), by=wu, serial=0)
    keep(version, reworded(page, "挽回", "要回"), by=wang, serial=0)
    save(version, reworded(page, "挽回", "追回"), by=wu)
    assert working_of(version.release, wu) is None
    assert "要回" in "".join(line.text for line in page_in(working_of(version.release, wang)))


def test_saving_asks_as_often_for_a_long_page_as_for_a_short_one(version, page, wu):
    with CaptureQueriesContext(
        connection,
    ) as short:
        made = save(version, with_words(page, "增加一段。"), by=wu)
    long = page_of(document_of(made))
    for number in range(30):
        long = with_words(long, f"第{number}段，完。")
    with CaptureQueriesContext(connection) as more:
        save(made, long, by=wu)
    assert len(more) <= len(short) + 1  # the compiled version is looked up behind an edited one


def test_what_is_kept_is_plain(version, page, wu):
    keep(version, page, by=wu, serial=0)
    stored = Working.objects.get().page
    assert json.loads(json.dumps(stored)) == stored
    assert stored[0]["kind"] == "title"
