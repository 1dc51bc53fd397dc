"""Who looks at a text before it goes out, and for which words their agreement holds."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.releases.rewording import reword
from tests.releases.walking import asked, ready, step
from tracker.notices.models import Notice
from tracker.releases.chain import acts
from tracker.releases.chain.matter import parts_of, text_digest
from tracker.releases.chain.signing import Paper
from tracker.releases.chain.state import state_of
from tracker.releases.chain.wanted import chain_of, set_chain
from tracker.releases.genres import Chain
from tracker.releases.issuing import issue, latest
from tracker.releases.models import Countersign, Openness, Release, Step
from tracker.releases.rules import may_issue
from tracker.workflow import Stale

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


def scan(name="审签单.png"):
    return SimpleUploadedFile(name, PNG, "image/png")


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


@pytest.fixture
def wanted(city, wang):
    """wanted(readings=3) is what the city asks of a brief."""

    def set_to(genre="brief", **steps):
        set_chain(city, genre, Chain(**steps), by=wang)

    return set_to


@pytest.fixture
def draft(approved):
    return approved.compile("简报")


def fresh(release):
    return Release.objects.select_related("region").get(pk=release.pk)


def reworded(release, by, before="挽回", after="追回"):
    reword(latest(release), before, after, by=by)
    return fresh(release)


def names(release):
    return [(stage.name, stage.done) for stage in state_of(fresh(release)).stages]


def test_a_brief_is_read_once_and_then_signed(draft):
    assert names(draft) == [("核稿", False), ("签发", False)]


def test_a_conference_goes_the_whole_way(approved):
    release = approved.compile("发布会实录")
    assert [name for name, _ in names(release)] == ["核稿", "会签", "保密审查", "签发"]


def test_without_extra_steps_the_issuer_alone_is_enough(draft, wanted, zheng):
    wanted(readings=0)
    done = issue(draft, by=zheng, version=draft.version)
    assert (done.status, done.issuance.signed_by) == ("issued", "郑")


def test_a_step_that_is_missing_stops_the_issue_and_is_named(draft, zheng, wang):
    assert may_issue(zheng, draft).reason == "还没有办理核稿。"
    read = step(draft, "reading", wang)
    assert may_issue(zheng, read)


def test_three_readings_are_by_three_people_in_their_order(draft, wanted, wang, wu, zheng):
    wanted(readings=3)
    release = step(draft, "reading", wang)
    with pytest.raises(Refused, match="您已核过一次，请由另一人核稿。"):
        step(release, "reading", wang)
    release = step(step(release, "reading", wu), "reading", zheng)
    assert names(release) == [("一核", True), ("二核", True), ("三核", True), ("签发", False)]


def test_who_changed_the_words_last_does_not_read_them(draft, wu, wang):
    release = reworded(draft, wu)
    with pytest.raises(Refused, match="最后修改文稿的人不能办理核稿"):
        step(release, "reading", wu)
    assert names(step(release, "reading", wang))[0] == ("核稿", True)


@pytest.mark.parametrize("name", ["li", "sun", "zhang", "zhao", "qian"])
def test_nobody_from_outside_takes_a_step(draft, people, name):
    with pytest.raises(Refused, match="只有牵头单位"):
        step(draft, "reading", people[name])


def test_a_changed_text_is_read_again_before_it_goes_out(draft, wang, wu, zheng):
    release = reworded(step(draft, "reading", wang), wu)
    assert names(release)[0] == ("核稿", False)
    assert may_issue(zheng, release).reason == "核稿以后文字又改过，请重新办理核稿。"
    assert may_issue(zheng, step(release, "reading", wang))


def test_an_earlier_reading_stands_when_the_last_one_saw_the_change(draft, wanted, wang, wu, zheng):
    wanted(readings=2)
    release = reworded(step(draft, "reading", wang), wu)
    assert names(release)[:2] == [("一核", True), ("二核", False)]
    release = step(release, "reading", zheng)
    assert names(release)[:2] == [("一核", True), ("二核", True)]
    release = reworded(release, wu, "追回", "挽回")
    assert names(release)[:2] == [("一核", True), ("二核", False)]


def test_a_change_that_is_taken_back_leaves_the_agreement_as_it_was(draft, wang, wu):
    release = reworded(step(draft, "reading", wang), wu)
    assert names(reworded(release, wu, "追回", "挽回"))[0] == ("核稿", True)


def test_a_return_needs_a_reason_and_comes_back_to_the_authors(draft, wang, wu):
    with pytest.raises(ValidationError, match="请写明退回修改的原因。"):
        step(draft, "reading", wang, outcome="returned")
    step(draft, "reading", wang, outcome="returned", opinion="开头太长")
    told = Notice.objects.filter(kind="release-returned")
    # Nobody compiled it by hand: all who work on documents learn of it.
    assert {one.recipient for one in told} == {wang, wu}
    assert "开头太长" in told[0].text
    assert names(draft)[0] == ("核稿", False)
    assert may_issue(wang, draft).reason.startswith("只有牵头单位的签发人")


def test_a_returned_text_may_be_agreed_to_after_all(draft, wang, zheng):
    release = step(draft, "reading", wang, outcome="returned", opinion="开头太长")
    assert may_issue(zheng, release).reason == "核稿已退回：开头太长。请修改后重新办理。"
    assert may_issue(zheng, step(release, "reading", wang))


def test_clearing_says_how_open_the_text_is(draft, wanted, wang):
    wanted(readings=0, secrecy=True)
    with pytest.raises(ValidationError, match="请选择公开属性。"):
        step(draft, "secrecy", wang)
    release = step(draft, "secrecy", wang, openness=Openness.ON_REQUEST)
    assert state_of(release).openness == "on_request"


def test_an_editor_neither_clears_nor_signs(draft, wanted, wu):
    wanted(readings=0, secrecy=True)
    with pytest.raises(Refused, match="只有牵头单位的主管和签发人可以办理保密审查。"):
        step(draft, "secrecy", wu, openness=Openness.PROACTIVE)
    wanted(readings=0)
    with pytest.raises(Refused, match="只有牵头单位的签发人可以办理签发。"):
        step(draft, "sign", wu)


def test_a_step_out_of_turn_is_refused(draft, zheng):
    with pytest.raises(Refused, match="现在轮到核稿，还不能办理签发。"):
        step(draft, "sign", zheng)


def test_a_step_on_a_page_left_open_is_stale(draft, wang, wu):
    seen = draft.version
    reworded(draft, wu)
    with pytest.raises(Stale):
        acts.take_step(draft, "reading", by=wang, version=seen)


def test_paper_says_who_signed_and_who_recorded_it(draft, wang, zheng):
    read = step(draft, "reading", wang)
    paper = Paper("马", scan(), "市领导")
    signed = step(read, "sign", wang, paper=paper)
    made = Step.objects.get(kind="sign")
    assert (made.signer, made.signer_name, made.signer_post) == (None, "马", "市领导")
    assert (made.recorded_by, made.scan.name, made.on_paper) == (wang, "审签单.png", True)
    done = issue(signed, by=zheng, version=signed.version)
    assert (done.issued_by, done.issuance.signed_by) == (zheng, "马")


def test_paper_without_name_or_with_a_strange_file_is_not_recorded(draft, wang):
    with pytest.raises(ValidationError, match="请填写签字人姓名。"):
        step(draft, "reading", wang, paper=Paper(" ", scan()))
    odd = SimpleUploadedFile("单.png", b"MZ", "image/png")
    with pytest.raises(ValidationError, match="文件内容与扩展名"):
        step(draft, "reading", wang, paper=Paper("马", odd))
    assert Step.objects.count() == 0


def test_the_database_wants_a_scan_for_what_another_signed(draft, wang, zheng):
    version = latest(draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(
            release=draft, version=version, digest="x", kind="sign", outcome="agreed",
            signer=zheng, signer_name="郑", recorded_by=wang,
        )  # fmt: skip


def test_each_step_is_on_record_with_the_digest_of_what_was_seen(draft, wang):
    step(draft, "reading", wang, opinion="同意")
    entry = AuditEntry.objects.filter(act="release.step").get()
    assert (entry.actor, entry.data["step"], entry.data["said"]) == (wang, "reading", "agreed")
    assert entry.data["digest"] == text_digest(latest(draft))


def test_whose_turn_it_is_learns_of_it(draft, wang, zheng):
    step(draft, "reading", wang)
    told = Notice.objects.filter(kind="release-turn")
    assert [(one.recipient, one.title) for one in told] == [(zheng, "请办理签发")]


def test_the_city_sets_what_it_asks_of_a_genre(draft, city, wang, wu, zheng):
    assert chain_of(draft) == Chain(readings=1)
    set_chain(city, "brief", Chain(readings=2, secrecy=True), by=wang)
    assert chain_of(draft) == Chain(readings=2, secrecy=True)
    with pytest.raises(Refused, match="只有牵头单位的主管和签发人可以设定办理流程。"):
        set_chain(city, "brief", Chain(readings=0), by=wu)
    assert AuditEntry.objects.get(act="release_chain.set").data["readings"] == 2


def test_where_it_stands_costs_the_same_for_one_step_and_for_many(draft, wanted, wang, wu, zheng):
    wanted(readings=3)
    with CaptureQueriesContext(connection) as one:
        state_of(fresh(draft))
    step(step(draft, "reading", wang), "reading", wu)
    with CaptureQueriesContext(connection) as many:
        state_of(fresh(draft))
    assert len(one) == len(many)


# 会签


@pytest.fixture
def signing(draft, wanted):
    """Waits for the agencies, and for nobody else."""
    wanted(readings=0, countersign=True)
    return draft


def countersign(release, by):
    [row] = asked(release, by).values()
    return row


def test_an_agency_is_asked_about_its_own_paragraphs_and_figures(approved, signing, union):
    part = parts_of(latest(signing))[union.pk]
    assert [surface for surface, _ in part.figures] == ["40万元", "3221名", "1302万元"]
    assert any("3221名" in words for words in part.sentences)
    assert any("大桥村投入40万元" in words for words in part.sentences)


def test_it_is_told_with_the_time_that_it_has(signing, wang, li, zhang):
    row = countersign(signing, wang)
    told = Notice.objects.filter(kind="countersign")
    assert sorted(one.recipient.name for one in told) == ["张", "李"]
    assert row.due_at > timezone.now()
    assert timezone.localtime(row.due_at).hour == 17


def test_its_signer_agrees_and_the_chain_goes_on(signing, wang, zhang, zheng):
    acts.answer(countersign(signing, wang), by=zhang, agrees=True)
    assert names(signing) == [("会签", True), ("签发", False)]
    assert Notice.objects.filter(kind="release-turn", recipient=zheng).count() == 1


@pytest.mark.parametrize("name", ["li", "sun", "wang", "zheng", "zhao"])
def test_nobody_else_answers_for_it(signing, wang, people, name):
    with pytest.raises(Refused, match="只有本单位的审签人可以会签。"):
        acts.answer(countersign(signing, wang), by=people[name], agrees=True)


def test_another_agency_sees_nothing_of_it(signing, wang, sun, zhang, wu, qian):
    row = countersign(signing, wang)
    assert list(Countersign.objects.visible_to(zhang)) == [row]
    assert list(Countersign.objects.visible_to(wu)) == [row]
    assert list(Countersign.objects.visible_to(sun)) == []
    assert list(Countersign.objects.visible_to(qian)) == []


def test_a_differing_opinion_stops_the_text_until_the_lead_office_decides_and_stays(
    signing, wang, zhang, wu, zheng
):
    row = countersign(signing, wang)
    with pytest.raises(ValidationError, match="不同意请写明意见。"):
        acts.answer(row, by=zhang, agrees=False)
    acts.answer(row, by=zhang, agrees=False, opinion="口径应为全市")
    assert may_issue(zheng, fresh(signing)).reason == "会签还没有办完：市总工会（不同意见）。"
    with pytest.raises(Refused, match="只有牵头单位的主管和签发人可以裁定会签。"):
        acts.decide(row, by=wu, reason="按台账口径")
    with pytest.raises(ValidationError, match="请写明裁定的理由。"):
        acts.decide(row, by=wang, reason=" ")
    acts.decide(row, by=wang, reason="按台账口径")
    assert names(signing)[0] == ("会签", True)
    said = [(one.outcome, one.opinion) for one in row.answers.all()]
    assert said == [("differs", "口径应为全市"), ("decided", "按台账口径")]


def test_time_has_to_pass_before_silence_is_decided(signing, wang):
    row = countersign(signing, wang)
    with pytest.raises(Refused, match="会签期限未到"):
        acts.decide(row, by=wang, reason="未答复")
    late = Countersign(
        release=row.release, agency=row.agency, version=row.version, digest=row.digest,
        due_at=timezone.now() - datetime.timedelta(hours=1), asked_by=wang,
    )  # fmt: skip
    late.save()
    [word] = state_of(fresh(signing)).stage("countersign").words
    assert (word.overdue, word.says) == (True, "逾期未答复")
    acts.decide(late, by=wang, reason="逾期未答复")
    assert names(signing)[0] == ("会签", True)


def test_a_deadline_that_is_past_already_is_no_deadline(signing, wang):
    with pytest.raises(ValidationError, match="会签期限要在现在以后。"):
        acts.ask_agencies(
            signing, by=wang, version=signing.version,
            due_at=timezone.now() - datetime.timedelta(minutes=1),
        )  # fmt: skip


def test_a_change_elsewhere_leaves_its_word_a_change_of_its_own_part_asks_again(
    approved, ground, signing, wang, wu, zhang
):
    row = countersign(signing, wang)
    acts.answer(row, by=zhang, agrees=True)
    elsewhere = reworded(signing, wu, "工作进展", "进展情况")
    assert names(elsewhere)[0] == ("会签", True)
    own = reworded(elsewhere, wu)
    [word] = state_of(own).stage("countersign").words
    assert (word.done, word.says) == (False, "内容有改动，须重新会签")
    again = countersign(own, wang)
    with pytest.raises(Refused, match="这部分内容已经改动并重新发送会签"):
        acts.answer(row, by=zhang, agrees=True)
    acts.answer(again, by=zhang, agrees=True)
    assert names(own)[0] == ("会签", True)


def test_it_answers_once(signing, wang, zhang):
    row = countersign(signing, wang)
    acts.answer(row, by=zhang, agrees=True)
    with pytest.raises(Refused, match="会签已经办结。"):
        acts.answer(row, by=zhang, agrees=False, opinion="再想想")


def test_paper_of_an_agency_is_recorded_by_its_reporter_or_the_lead_office(signing, wang, li, sun):
    row = countersign(signing, wang)
    with pytest.raises(Refused, match="只有本单位的填报员和牵头单位可以登记纸质会签。"):
        acts.answer(row, by=sun, agrees=True, paper=Paper("孙", scan()))
    made = acts.answer(row, by=li, agrees=True, paper=Paper("张", scan(), "副主席"))
    assert (made.signer, made.signer_name, made.recorded_by) == (None, "张", li)


def test_nothing_new_is_not_asked_twice(signing, wang):
    countersign(signing, wang)
    with pytest.raises(Refused, match="各单位都已发送会签"):
        asked(fresh(signing), wang)


def test_agencies_are_not_asked_before_the_readings(draft, wanted, wang):
    wanted(readings=1, countersign=True)
    with pytest.raises(Refused, match="现在轮到核稿，不是会签。"):
        asked(draft, wang)


def test_the_whole_way_is_kept_with_what_went_out(approved, people, zheng):
    release = ready(approved.compile("发布会实录"), people)
    done = issue(release, by=zheng, version=release.version)
    kept = done.issuance
    assert [row["step"] for row in kept.chain] == ["核稿", "保密审查", "签发", "会签"]
    assert (kept.openness, kept.mode, kept.signed_by) == ("proactive", "publish", "郑")


@pytest.mark.parametrize("who", ["wang", "wu"])
def test_who_had_it_compiled_and_who_edited_last_do_not_read_it(
    approved, people, wang, wu, zheng, who
):
    draft = approved.compile("简报", by=wang)
    edited = reworded(draft, wu)
    with pytest.raises(Refused, match="核稿"):
        step(edited, "reading", people[who])
    assert step(edited, "reading", zheng).steps.get().signer == zheng


def test_nor_by_a_paper_in_their_name(approved, wang, wu):
    draft = approved.compile("简报", by=wang)
    paper = Paper(wang.name, scan())
    with pytest.raises(ValidationError, match="核稿人不能是拟稿人本人"):
        step(draft, "reading", wu, paper=paper)
    assert Step.objects.count() == 0
