"""A city's own sentence may leave a name out; what somebody writes around its figure afterwards may not."""

from dataclasses import replace

import pytest

from accounts.models import AuditEntry
from tests.releases.own_patterns.conftest import SENTENCE
from tests.releases.own_patterns.test_compile import holds, text  # noqa: F401 - a fixture
from tracker.documents.tree import figures
from tracker.releases.drafting.marked import marked
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.rebuilding import known
from tracker.releases.drafting.saving import save
from tracker.releases.own_patterns import services as verbs
from tracker.releases.proof import prove_version, stops_issuing
from tracker.releases.recompiling import recompile
from tracker.releases.recording import document_of

OWN = "全市累计培训3221名"
OTHER = "全市累计表彰3221名"


@pytest.fixture
def version(approved, holds):  # noqa: F811
    holds(SENTENCE)
    return approved.version("简报")


@pytest.fixture
def page(version):
    return page_of(document_of(version))


def reworded(page, old, new, **run_fields):
    """The page with words typed before its figure, which stays the chip that it was."""
    return tuple(
        replace(line, runs=tuple(_reworded(line.runs, old, new, run_fields))) for line in page
    )


def _reworded(runs, old, new, run_fields):
    rewritten = False
    for run in runs:
        if run.figure and rewritten:
            yield replace(run, **run_fields)
        else:
            yield replace(run, text=run.text.replace(old, new))
        rewritten = old in run.text


def chip(version):
    return next(one for one in figures(document_of(version)) if one.surface == "3221名")


def test_the_sentence_as_it_was_approved_stands(version, page, wang):
    assert stops_issuing(version) == ()
    elsewhere = save(version, reworded(page, "职工综合素质", "职工的素质"), by=wang)
    assert stops_issuing(elsewhere) == ()


def test_another_sentence_around_its_figure_stops(version, page, wang):
    edited = save(version, reworded(page, "累计培训", "累计表彰"), by=wang)
    assert OTHER in text(edited)
    assert chip(edited).entries == chip(version).entries
    [stop] = prove_version(edited).stops
    assert (stop.figure.raw, str(stop.verdict), stop.rivals[0].entries) == (
        "3221名", "unsupported", chip(version).entries,
    )  # fmt: skip


def chosen_for(page):
    line = next(line.text for line in page if OTHER in line.text)
    return next(words for words in line.split("。") if OTHER in words)


def test_who_chooses_the_origin_for_that_sentence_is_asked_no_more(version, page, wang):
    other = reworded(page, "累计培训", "累计表彰")
    chosen = reworded(page, "累计培训", "累计表彰", chosen_for=chosen_for(other))
    edited = save(version, chosen, by=wang)
    assert stops_issuing(edited) == ()
    assert AuditEntry.objects.filter(act="release.edit").last().data["chosen"] == [chip(edited).key]


def test_the_choice_holds_for_no_third_sentence(version, page, wang):
    other = reworded(page, "累计培训", "累计表彰")
    chosen = reworded(page, "累计培训", "累计表彰", chosen_for=chosen_for(other))
    edited = save(version, chosen, by=wang)
    again = save(edited, reworded(page_of(document_of(edited)), "累计表彰", "累计救助"), by=wang)
    assert [str(one.verdict) for one in prove_version(again).stops] == ["unsupported"]


def test_the_origin_is_chosen_without_javascript_too(version, page, wang):
    words = marked(page, known(document_of(version)).blocks).replace("累计培训", "累计表彰")
    edited = save(version, words, by=wang)
    assert len(prove_version(edited).stops) == 1
    mark = f"⟦{chip(edited).key}:3221名⟧"
    shown = marked(page_of(document_of(edited)), known(document_of(edited)).blocks)
    chosen = save(edited, shown.replace(mark, mark.replace(":", "=")), by=wang)
    assert stops_issuing(chosen) == ()
    last = marked(page_of(document_of(chosen)), known(document_of(chosen)).blocks)
    assert mark.replace(":", "=") in last


def test_a_compile_in_newer_words_does_not_unsettle_the_paragraph_that_an_editor_kept(
    version, page, city, subject, wang, wei
):
    """The sentence beside an editor's own words is the one that was approved then."""
    edited = save(version, reworded(page, "全市累计挽回", "全市共挽回"), by=wang)
    verbs.approve(verbs.propose(city, subject, "{全域}共有{农民工}参加培训。", by=wang), by=wei)
    release = edited.release
    release.refresh_from_db()
    merged = recompile(release, by=wang, version=release.version)
    assert stops_issuing(merged) == ()
