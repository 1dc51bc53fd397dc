"""What programs do: the acts of the pages, through the same verbs, each once."""

import re

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.services import issue_token
from tests.submissions.books import said
from tracker.api import once as keys
from tracker.ledger.models import Entry
from tracker.receipts.models import Receipt
from tracker.review.models import Comment
from tracker.submissions.models import Submission

KEY = "Idempotency-Key"


def at(submission, act: str, *more) -> str:
    return reverse(f"api-submission-{act}", args=[submission.pk, *more])


@pytest.fixture
def act(program, submission):
    """act(li, "submit") is her program's answer, with the version as it stands."""

    def of(user, name: str, *more, key="", **body):
        if "version" not in body and name not in ("comment", "workbook-take"):
            body["version"] = Submission.objects.get(pk=submission.pk).version
        headers = {KEY: key} if key else {}
        client = program(user, may_act=True)
        return client.post(at(submission, name, *more), body, headers=headers)

    return of


@pytest.fixture
def filled(act, li, submission, trained, money):
    """Both figures are in."""
    figures = [
        {"indicator": trained.code, "text": "3221"}, {"indicator": money.code, "text": "1302"},
    ]  # fmt: skip
    assert act(li, "figures", figures=figures).status_code == 200
    return submission


@pytest.fixture
def filed(act, filled, li, zhang):
    """Submitted and signed: it lies with the lead office."""
    assert act(li, "submit").json()["status"] == "signing"
    assert act(zhang, "sign").json()["status"] == "submitted"
    return filled


# Filling in


def test_figures_are_saved_as_they_are_typed_into_the_form(act, submission, li, trained, money):
    figures = [
        {"indicator": trained.code, "text": "7000多", "note": "含女职工"},
        {"indicator": money.code, "text": "16,740,000元"},
    ]
    answer = act(li, "figures", figures=figures)
    assert (answer.status_code, answer.json()["version"]) == (200, submission.version + 1)
    assert said(submission) == {
        "农民工": ("value", 7000, "多"),
        "经济损失": ("value", 16740000, ""),
    }


def test_what_is_left_out_stays_as_it_is(act, submission, li, money):
    submission.figures.update(note="含物资")
    act(li, "figures", figures=[{"indicator": money.code, "text": "1340"}])
    figure = submission.figures.get()
    assert (figure.value, figure.note) == (13400000, "含物资")


def test_every_wrong_item_is_told_at_once_and_nothing_is_saved(act, submission, li, trained, money):
    figures = [
        {"indicator": "无此码", "text": "1"},
        {"indicator": trained.code, "text": "一些"},
        {"indicator": money.code, "text": "5"},
        {"indicator": money.code, "text": "6"},
    ]
    answer = act(li, "figures", figures=figures)
    assert answer.status_code == 422
    told = [(one["index"], one["indicator"]) for one in answer.json()["errors"]]
    assert told == [(0, "无此码"), (1, trained.code), (3, money.code)]
    assert answer.json()["detail"] == "有3处错误，没有保存。"
    assert submission.figures.get().value == 13020000


@pytest.mark.parametrize(
    "body", [{}, {"figures": []}, {"figures": [{"text": "1"}]}, {"figures": "12"}]
)
def test_a_body_that_is_none_is_400_with_its_field(act, submission, li, body):
    answer = act(li, "figures", **body)
    assert (answer.status_code, "figures" in answer.json()) == (400, True)


def test_an_older_version_is_told_how_things_stand(act, submission, li, money):
    act(li, "figures", figures=[{"indicator": money.code, "text": "1340"}])
    answer = act(li, "figures", version=submission.version, figures=[
        {"indicator": money.code, "text": "1200"}])  # fmt: skip
    told = answer.json()
    assert (answer.status_code, told["version"]) == (409, submission.version + 1)
    assert (told["present"]["status"], told["present"]["version"]) == ("draft", told["version"])
    assert submission.figures.get().value == 13400000


def test_zero_report_of_what_is_blank(act, submission, li):
    answer = act(li, "zero")
    assert (answer.status_code, answer.json()["zero_report"]) == (200, True)
    assert said(submission)["农民工"] == ("zero", 0, "")


def test_a_text_is_written_its_numbers_confirmed_and_taken_out(
    act, submission, li, training, program
):
    words = {"programme": training.pk, "kind": "practice", "text": "走访320户，就近开班。"}
    assert act(li, "narrative", **words).status_code == 200
    text = submission.narratives.get()
    assert act(li, "numbers", text.pk, starts=[2]).status_code == 200
    [shown] = (
        program(li).get(reverse("api-submission-detail", args=[submission.pk])).json()["narratives"]
    )
    assert [(one["raw"], one["unit"]) for one in shown["numbers"]] == [("320户", "户")]
    changed = words | {"text": "走访321户。", "narrative": text.pk}
    assert act(li, "narrative", **changed).status_code == 200
    text.refresh_from_db()
    assert (text.text, text.version) == ("走访321户。", 2)
    assert act(li, "narrative-remove", text.pk).status_code == 200
    assert submission.narratives.count() == 0


def test_the_checks_name_indicator_and_region_by_code(program, submission, li, trained):
    found = program(li).get(at(submission, "checks")).json()
    required = [one for one in found if one["rule"] == "required"]
    assert [(one["indicator"], one["region"], one["blocks"]) for one in required] == [
        (trained.code, "3701", True)
    ]


# From draft to decision


def test_what_is_in_the_way_of_submitting_is_told_item_by_item(act, submission, li, trained):
    answer = act(li, "submit")
    assert answer.status_code == 422
    assert [one["indicator"] for one in answer.json()["findings"]] == [trained.code]
    assert Submission.objects.get().status == "draft"


def test_from_filling_in_to_the_ledger_by_programs_alone(act, filed, wang, trained):
    answer = act(wang, "approve")
    assert (answer.status_code, answer.json()["status"]) == (200, "approved")
    entry = Entry.objects.get(indicator=trained)
    assert (entry.value, entry.reporter.name, entry.approver.name) == (3221, "李", "王")
    acts = AuditEntry.objects.filter(outcome="done", act__startswith="submission.")
    assert list(acts.order_by("seq").values_list("act", "actor_name")) == [
        ("submission.signing", "李"), ("submission.submitted", "张"), ("submission.approved", "王"),
    ]  # fmt: skip


def test_withdrawn_while_nobody_has_looked(act, filed, li):
    assert act(li, "withdraw").json()["status"] == "draft"


def test_a_signer_sends_back_with_a_reason(act, filled, li, zhang):
    act(li, "submit")
    assert act(zhang, "send-back", note=" ").status_code == 422
    assert act(zhang, "send-back", note="请核对口径").json()["status"] == "returned"


def test_returned_for_one_figure_only_that_opens(act, filed, li, wang, trained, money):
    asked = filed.figures.get(indicator=money)
    answer = act(
        wang, "return", questions=[{"figure": asked.pk, "reason": "unit", "text": "核单位"}]
    )
    assert (answer.status_code, answer.json()["status"]) == (200, "returned")
    assert Comment.objects.get(figure=asked).text == "核单位"
    refused = act(li, "figures", figures=[{"indicator": trained.code, "text": "1"}])
    assert (refused.status_code, refused.json()["detail"]) == (
        409, "本次只退回了被质询的数据，其他数据不能修改。",
    )  # fmt: skip


def test_reopening_suspends_what_was_approved(act, filed, wang):
    act(wang, "approve")
    assert act(wang, "reopen").status_code == 422
    assert act(wang, "reopen", note="口径更正").json()["status"] == "returned"
    assert Entry.objects.current().filter(origin="figure").count() == 0


def test_a_comment_of_each_side_is_kept(act, filed, li, wang, money):
    figure = filed.figures.get(indicator=money)
    assert act(wang, "comment", text="请附清单", figure=figure.pk).status_code == 200
    assert act(li, "comment", text="已附").status_code == 200
    assert list(Comment.objects.values_list("text", "figure")) == [
        ("请附清单", figure.pk), ("已附", None),
    ]  # fmt: skip


def test_many_are_approved_each_on_its_own(program, filed, wang):
    client = program(wang, may_act=True)
    filed.refresh_from_db()
    chosen = [{"id": filed.pk, "version": filed.version}]
    [outcome] = client.post(reverse("api-submission-approve-many"), {"submissions": chosen}).json()
    assert (outcome["approved"], outcome["status"], outcome["reason"]) == (True, "approved", "")
    [again] = client.post(reverse("api-submission-approve-many"), {"submissions": chosen}).json()
    assert (again["approved"], again["reason"]) == (False, "内容已有变化，请打开查看后再核定。")


def test_what_she_does_not_see_cannot_be_among_many(program, filed, sun):
    chosen = [{"id": filed.pk, "version": 1}]
    client = program(sun, may_act=True)
    answer = client.post(reverse("api-submission-approve-many"), {"submissions": chosen})
    assert answer.status_code == 404


# Who may


ACTS = (
    "figures", "narrative", "zero", "submit", "sign", "send-back", "withdraw", "comment",
    "pass-line", "approve", "return", "reopen", "workbook",
)  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["sun", "qian", "zhou"])
def test_others_find_nothing_to_act_on(act, submission, city_with_people, name, who):
    assert act(city_with_people.people[who], name).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_a_token_for_reading_acts_on_nothing(program, submission, li, name):
    answer = program(li).post(at(submission, name), {"version": submission.version})
    assert (answer.status_code, "只能读取" in answer.json()["detail"]) == (403, True)


def test_a_refusal_says_why_and_is_on_record(act, filed, li):
    answer = act(li, "approve")
    assert (answer.status_code, answer.json()["detail"]) == (
        409, "只有牵头单位的主管可以核定或退回。",
    )  # fmt: skip
    refused = AuditEntry.objects.get(outcome="refused")
    assert (refused.act, refused.actor) == ("api-submission-approve", li)


# Keys


def test_a_request_that_comes_again_with_its_key_is_one_act(act, submission, li, money):
    figures = [{"indicator": money.code, "text": "1340"}]
    first = act(li, "figures", key="a1", version=1, figures=figures)
    again = act(li, "figures", key="a1", version=1, figures=figures)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert (again["Idempotency-Replayed"], first.has_header("Idempotency-Replayed")) == (
        "true", False,
    )  # fmt: skip
    assert submission.figures.get().version == 2


def test_without_a_key_the_second_is_stale(act, submission, li, money):
    figures = [{"indicator": money.code, "text": "1340"}]
    first, again = (act(li, "figures", version=1, figures=figures) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 409)


def test_one_key_for_two_requests_is_told_so(act, submission, li, money):
    act(li, "figures", key="a1", version=1, figures=[{"indicator": money.code, "text": "1340"}])
    other = act(
        li, "figures", key="a1", version=1, figures=[{"indicator": money.code, "text": "9"}]
    )
    assert (other.status_code, other.json()["detail"]) == (422, keys.OTHER)


def test_a_key_whose_act_was_refused_may_come_again(act, filled, li, zhang):
    refused = act(zhang, "sign", key="s1", version=2)
    assert (refused.status_code, Receipt.objects.count()) == (409, 0)
    act(li, "submit", version=2)
    assert act(zhang, "sign", key="s1", version=3).status_code == 200


def test_keys_are_each_persons_own(act, submission, li, zhang, money):
    act(li, "figures", key="a1", version=1, figures=[{"indicator": money.code, "text": "1340"}])
    assert act(zhang, "comment", key="a1", text="请核对").status_code == 200


def test_a_key_as_long_as_a_letter_is_refused(act, submission, li):
    assert act(li, "zero", key="k" * 201).status_code == 400


def test_a_receipt_without_its_act_would_be_seen(act, submission, li, money, monkeypatch):
    """Planted: the key is not kept, so the second request acts again."""
    monkeypatch.setattr(keys.receipts, "answered", lambda receipt, *_: receipt.delete())
    figures = [{"indicator": money.code, "text": "1340"}]
    first, again = (act(li, "figures", key="a1", version=1, figures=figures) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 409)


def test_the_owner_makes_a_token_that_acts_by_the_page(li, sign_in):
    browser = sign_in(li)
    browser.post(reverse("token-new"), {"name": "填报", "days": "30", "may_act": "on"})
    browser.post(reverse("token-new"), {"name": "大屏", "days": "30"})
    assert [one.may_act for one in li.tokens.order_by("pk")] == [True, False]
    assert issue_token(name="取数", days=30, by=li)[0].may_act is False


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40, -(10**40)])
def test_a_number_that_no_row_has_is_not_found(program, filed, wang, number):
    client = program(wang, may_act=True)
    chosen = {"submissions": [{"id": number, "version": 1}]}
    known = 0 < number < 2**63
    answer = client.post(reverse("api-submission-approve-many"), chosen)
    assert answer.status_code == (404 if known else 400)
    sides = [{"entry": number, "definition": "甲"}, {"entry": number - 1, "definition": "乙"}]
    answer = client.post(reverse("api-dispute-list"), {"title": "两个口径", "sides": sides})
    assert (answer.status_code, answer.json()) == (404, {"detail": "没有找到，或者无权查看。"})


@pytest.mark.parametrize("body", ["", "{", "null", "[" * 100_000, '{"version": NaN}', "\ufeff{}"])
def test_what_is_no_body_is_400_in_chinese(program, submission, li, body):
    client = program(li, may_act=True)
    answer = client.post(at(submission, "sign"), body, content_type="application/json")
    assert answer.status_code == 400
    assert re.search("[一-龥]", str(answer.json()))


def test_an_address_that_there_is_none_of_is_told_as_data(program, submission, li):
    answer = program(li).get("/api/v1/nothing/")
    assert (answer.status_code, answer.json()) == (404, {"detail": "没有找到，或者无权查看。"})
