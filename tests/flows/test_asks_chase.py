"""Asks 5, 8, 13 and 18 of those who use such systems, each tried through the pages as the person."""

import datetime
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.utils import timezone

from accounts.models import Agency
from tests import factories
from tests.cast import agency, employ, known_city
from tests.ledger.ground import Ground
from tests.notices.fixtures import ALL
from tracker.catalogue.models import Round, Target
from tracker.jobs import runner
from tracker.jobs.models import Job
from tracker.jobs.services import enqueue
from tracker.ledger.models import Entry
from tracker.submissions.models import Submission
from tracker.tasks import HANDLERS

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()
OPENED = datetime.datetime(2026, 7, 1, 8, tzinfo=ZONE)
DUE = datetime.datetime(2026, 7, 10, 17, tzinfo=ZONE)


@pytest.fixture
def people(city_with_people, union):
    """The cast, and two county unions with a reporter and a signer each."""
    for number, region in enumerate(city_with_people.region.children.order_by("code")[:2]):
        name = f"{region.name}总工会"
        below = agency("union", region, name, name, by=city_with_people.people["qian"])
        employ(city_with_people, f"fills{number}", f"填{number}", below, "干事", "reporter")
        employ(city_with_people, f"signs{number}", f"签{number}", below, "主席", "signer")
    return city_with_people.people


@pytest.fixture
def trained(li):
    training = factories.programme("union", "提升素质行动")
    return factories.indicator(li, "培训农民工", level="county", programme_=training)


@pytest.fixture
def warmth(li):
    giving = factories.programme("union", "送温暖行动")
    return factories.indicator(li, "慰问职工", level="county", programme_=giving)


@pytest.fixture
def june(people, city, trained, warmth):
    """June of both county unions, open from 1 July, due on Friday 10 July at 17:00."""
    owing = Agency.objects.filter(region__level="county").order_by("pk")
    cycle = factories.cycle(*owing)
    cycle.region = city
    cycle.save()
    made = factories.open_round(cycle, factories.month(2026, 6))
    Round.objects.filter(pk=made.pk).update(opens_at=OPENED, due_at=DUE)
    Submission.objects.bulk_create([Submission(round=made, agency=one) for one in owing])
    made.refresh_from_db()
    return made


def on(text: str):
    """At that moment of July 2026."""
    moment = datetime.datetime.fromisoformat(f"2026-07-{text}").replace(tzinfo=ZONE)
    return time_machine.travel(moment, tick=False)


def do_jobs() -> None:
    """What the worker does with all that is due."""
    while job := Job.objects.due(timezone.now()).order_by("pk").first():
        runner.run(job.pk, HANDLERS)


def of(june, number: int) -> Submission:
    return june.submissions.order_by("pk")[number]


def types(browser, submission, **values) -> None:
    """What the reporter types, saved as the form saves it, and hands in."""
    posted = {"act": "submit"}
    for indicator, text in values.values():
        key = f"f{indicator.pk}-{submission.agency.region_id}"
        posted |= {f"{key}-text": text, f"{key}-said": "value", f"{key}-seen": "0"}
    browser.post(f"/submissions/{submission.pk}/save/", posted)


def files(sign_in, people, june, number, trained_text, warmth_text, trained, warmth) -> Submission:
    """One county union's figures, filled in and signed through the pages."""
    one = of(june, number)
    types(
        sign_in(people[f"fills{number}"]), one, a=(trained, trained_text), b=(warmth, warmth_text)
    )
    one.refresh_from_db()
    assert one.status == "signing"
    sign_in(people[f"signs{number}"]).post(f"/submissions/{one.pk}/sign/", {"version": one.version})
    one.refresh_from_db()
    assert one.status == "submitted"
    return one


def approves(sign_in, people, submission) -> None:
    submission.refresh_from_db()
    form = {"version": submission.version, "note": "同意"}
    sign_in(people["wang"]).post(f"/review/{submission.pk}/approve/", form)
    submission.refresh_from_db()
    assert submission.status == "approved"


def test_ask_5_who_has_not_submitted_per_unit_and_per_section(
    june, people, trained, warmth, sign_in
):
    with on("08 10:00"):
        filed = files(sign_in, people, june, 0, "120", "30", trained, warmth)
        missing = of(june, 1)
        saved = {"act": "save"}
        key = f"f{trained.pk}-{missing.agency.region_id}"
        saved |= {f"{key}-text": "80", f"{key}-said": "value", f"{key}-seen": "0"}
        sign_in(people["fills1"]).post(f"/submissions/{missing.pk}/save/", saved)
        browser = sign_in(people["wang"])
        board = browser.get("/completeness/")
        page = board.content.decode()
        assert [row.submission for row in board.context["missing"]] == [missing]
        assert "共2个单位，已报1个，未报1个" in page
        assert f"尚未报送的单位：{missing.agency.name}。" in page
        assert f'href="/completeness/{missing.pk}/"' in page
        inside = browser.get(f"/completeness/{missing.pk}/")
    [gap] = inside.context["gaps"]
    assert (gap.programme, [cell.indicator for cell in gap.cells]) == (warmth.programme, [warmth])
    assert filed.agency.name not in inside.content.decode()


def test_ask_8_reminders_pushed_to_the_group_returned_ones_too_and_stopping_at_once(
    june, people, trained, warmth, sign_in, chat
):
    admin, wang = people["qian"], people["wang"]
    with on("01 09:00"):
        form = {"quiet_from": "20:00", "quiet_until": "08:00", "gather_minutes": "0"}
        sign_in(admin).post("/notices/manner/", form)
        for service, path in (
            ("wecom", "/cgi-bin/webhook/send?key=K"),
            ("dingtalk", "/robot/send"),
        ):
            form = {"service": service, "name": service, "address": chat.url + path,
                    "kinds": ALL, "active": "on"}  # fmt: skip
            sign_in(admin).post("/notices/channels/new/", form)

    def pushed(moment: str) -> list[str]:
        """What both groups heard when the clock came by."""
        before = len(chat.heard)
        with on(moment):
            enqueue("remind-due", key=moment)
            do_jobs()
        return chat.texts()[before:]

    first, second = pushed("08 09:00")
    assert first == second
    assert first.startswith("有2件事要办\n1. 历下区总工会：")
    # A reviewer reminds of one by hand; the group hears of it, and the reporter finds it on the page.
    with on("09 10:00"):
        sign_in(wang).post("/completeness/remind/", {"pick": of(june, 1).pk})
        do_jobs()
        inbox = sign_in(people["fills1"]).get("/notices/").content.decode()
    assert "请尽快报送" in inbox
    assert "请尽快报送" in chat.texts()[-1]
    # One files: it is not named any more.
    with on("09 11:00"):
        filed = files(sign_in, people, june, 0, "120", "30", trained, warmth)
        do_jobs()
    assert [text.count("历下区总工会：") for text in pushed("10 09:00")] == [0, 0]
    # It comes back, with a figure in the reason: the reporter reads it, the group does not.
    with on("10 10:00"):
        form = {"version": filed.version, "note": "培训农民工120应为102，请核对"}
        sign_in(wang).post(f"/review/{filed.pk}/return/", form)
        filed.refresh_from_db()
        assert filed.status == "returned"
        do_jobs()
        inbox = sign_in(people["fills0"]).get("/notices/").content.decode()
    assert "120应为102" in inbox
    assert "已退回" in chat.texts()[-1]
    again = pushed("14 09:00")
    assert [("退回后尚未重报" in text) for text in again] == [True, True]
    assert [text for text in chat.texts() if "102" in text or "120" in text] == []


def test_ask_13_target_against_actual_for_the_whole_programme_with_breakdown_and_export(
    june, people, trained, warmth, city, sign_in
):
    counties = [of(june, number).agency.region for number in range(2)]
    for region, value in ((city, 1000), (counties[0], 600), (counties[1], 400)):
        Target.objects.create(indicator=trained, region=region, year=2026, value=value)
    with on("08 10:00"):
        for month in range(1, 6):
            earlier(people, trained, counties, month)
        for number, figures in enumerate((("120", "30"), ("80", "20"))):
            filed = files(sign_in, people, june, number, *figures, trained, warmth)
            approves(sign_in, people, filed)
        browser = sign_in(people["wang"])
        page = browser.get("/dispatch/")
        sheet = b"".join(browser.get("/dispatch/table/").streaming_content)
    training, giving = page.context["tables"]
    shown = [(line.region, line.to_date, line.target, line.rate, line.ahead)
             for line in (training.whole, *training.lines)]  # fmt: skip
    assert shown == [
        ("济南市", "450人次", "不少于1000人次", "45.00%", "-5.00个百分点"),
        ("历下区", "270人次", "不少于600人次", "45.00%", "-5.00个百分点"),
        ("市中区", "180人次", "不少于400人次", "45.00%", "-5.00个百分点"),
    ]
    assert [giving.whole.now, *[line.now for line in giving.lines]] == [
        "50人次",
        "30人次",
        "20人次",
    ]
    [table] = openpyxl.load_workbook(BytesIO(sheet)).worksheets
    rows = list(table.iter_rows(min_row=2, values_only=True))
    assert [(row[2], row[5], row[7], row[8]) for row in rows[:3]] == [row[:4] for row in shown]


def earlier(people, indicator, regions, month: int) -> None:
    """30 a month and county from January to May, as history has them."""
    ground = Ground(known_city())
    for region in regions:
        ground.say_at(
            region.code, indicator, f"2026-{month:02d}", 30 if region == regions[0] else 20
        )


def test_ask_18_the_digest_contains_approved_content_only(june, people, trained, warmth, sign_in):
    """Of two that filed one is approved: the other's figures are in no table, print or sheet."""
    with on("08 10:00"):
        approved = files(sign_in, people, june, 0, "12345", "30", trained, warmth)
        waiting = files(sign_in, people, june, 1, "67891", "20", trained, warmth)
        approves(sign_in, people, approved)
        answers = {}
        for who in ("wang", "wu", "zheng"):
            browser = sign_in(people[who])
            page = browser.get("/dispatch/").content.decode()
            sheet = b"".join(browser.get("/dispatch/table/").streaming_content)
            [table] = openpyxl.load_workbook(BytesIO(sheet)).worksheets
            said = page + str(list(table.iter_rows(values_only=True)))
            answers[who] = (
                "12345" in said,
                "67891" in said,
                "本期还没有核定数据：市中区。" in page,
            )
    assert Entry.objects.filter(agency=waiting.agency).count() == 0
    assert {who: found[:2] for who, found in answers.items()} == dict.fromkeys(
        ("wang", "wu", "zheng"), (True, False)
    )
