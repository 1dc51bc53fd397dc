"""Refusals and stale versions become answers that a person can act on."""

import pytest

from accounts.models import AuditEntry, Line

pytestmark = pytest.mark.django_db
FROM = {"HTTP_REFERER": "http://testserver/desk/agencies/"}
HTMX = {"HTTP_HX_REQUEST": "true"}


def last_entry() -> AuditEntry:
    return AuditEntry.objects.order_by("seq").last()


def test_a_refused_button_leads_back_with_the_reason(sign_in, wang, desk):
    answer = sign_in(wang).post("/desk/forbid/7/", follow=True, **FROM)
    assert answer.redirect_chain == [("http://testserver/desk/agencies/", 302)]
    assert [str(message) for message in answer.context["messages"]] == ["本期已截止，不能退回。"]


def test_a_refusal_is_recorded_after_the_rollback(sign_in, wang, desk, settings):
    answer = sign_in(wang).post("/desk/forbid/7/", **FROM)
    assert answer.status_code == 302
    entry = last_entry()
    assert (entry.actor, entry.act, entry.outcome) == (wang, "desk-forbid", "refused")
    assert entry.data == {"reason": "本期已截止，不能退回。", "url_pk": "7"}
    assert not Line.objects.filter(code="never").exists()


@pytest.mark.parametrize("origin", ["", "https://evil.example/desk/", "//evil.example/"])
def test_a_refusal_never_leads_to_a_foreign_address(sign_in, wang, desk, origin):
    answer = sign_in(wang).post("/desk/forbid/7/", HTTP_REFERER=origin)
    assert answer.status_code == 409
    assert "本期已截止，不能退回。" in answer.text


def test_a_refusal_keeps_what_was_typed_under_its_labels(sign_in, wang, desk):
    typed = {"name": "济南市文联", "short_name": "文联", "once": "k", "version": "3"}
    answer = sign_in(wang).post("/desk/edit/", typed, **FROM)
    assert answer.status_code == 409
    kept = [(entry.label, entry.text) for entry in answer.context["kept"]]
    assert kept == [("机构全称", "济南市文联"), ("简称", "文联")]


def test_without_a_form_every_typed_field_is_kept(sign_in, wang, desk):
    answer = sign_in(wang).post("/desk/forbid/7/", {"note": "请核对<b>", "act": "return"}, **FROM)
    assert [entry.text for entry in answer.context["kept"]] == ["请核对<b>"]
    assert "请核对&lt;b&gt;" in answer.text


def test_htmx_gets_the_reason_into_the_line_of_messages(sign_in, wang, desk):
    answer = sign_in(wang).post("/desk/forbid/7/", {"note": "x"}, **HTMX, **FROM)
    assert answer.status_code == 409
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#messages", "innerHTML")
    assert answer.text.startswith('<div class="note note-error" role="alert">')


def test_a_stale_form_shows_both_sides_and_sends_the_typed_one_again(
    sign_in, wang, league, lead_office, desk
):
    typed = {
        "name": "团市委（新）",
        "short_name": "团市委",
        "other": "x",
        "version": "6",
        "once": "k",
    }
    answer = sign_in(wang).post("/desk/stale/", typed, **FROM)
    assert answer.status_code == 409
    assert [tuple(entry) for entry in answer.context["compared"]] == [
        ("name", "机构全称", "团市委（新）", league.name),
        ("short_name", "简称", "团市委", league.short_name),
    ]
    assert answer.context["hidden"] == [
        ("name", "团市委（新）"),
        ("short_name", "团市委"),
        ("other", "x"),
        ("version", "7"),
    ]
    assert answer.context["back"] == "http://testserver/desk/agencies/"
    assert (last_entry().act, last_entry().outcome) == ("desk-stale", "refused")


def test_a_stale_part_of_a_page_leaves_the_page_alone(sign_in, wang, league, desk):
    answer = sign_in(wang).post("/desk/stale/", {"name": "x"}, **HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#messages")


def test_other_exceptions_are_left_alone(sign_in, wang, desk):
    with pytest.raises(ZeroDivisionError):
        sign_in(wang).get("/desk/crash/")
