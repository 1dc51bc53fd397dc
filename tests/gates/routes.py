"""What each address is about, and what somebody who may act would send to it.

`of` names a kind of thing of the world; the address is asked for each of its places and for one
that does not exist. `body` is what a person would post, so that an answer of "done" means that
nothing but permission stood between them and the act.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import Line
from tests.cast import PASSWORD
from tests.gates import bringing
from tests.gates.keeping import approved
from tests.gates.world import PNG, World
from tracker.catalogue.dictionary_book import plan_words
from tracker.catalogue.workbook import plan_import
from tracker.ledger.models import Entry
from tracker.releases import issuing
from tracker.releases.drafting.marked import marked
from tracker.releases.drafting.page import page_of
from tracker.releases.files import file_of as stored
from tracker.releases.house.roster_book import plan_roster
from tracker.releases.recording import document_of
from tracker.submissions.filling.reading import read_report
from tracker.submissions.models import Submission
from tracker.submissions.workbook import digest_of as figures_digest_of
from tracker.submissions.workbook import open_book, plan_workbook
from tracker.workbooks.plans import digest_of

NOWHERE = 999_999_999
Args = Callable[[Any], dict]
Body = Callable[[World, Any], dict]


def by_pk(thing) -> dict:
    return {"pk": thing.pk}


def nothing(world: World, thing) -> dict:
    return {}


@dataclass(frozen=True)
class Route:
    of: str = ""
    args: Args = by_pk
    body: Body = nothing
    query: Callable[[World, Any], str] = lambda world, thing: ""
    # Methods other than the page's own that a program may use are sent as JSON.
    json: bool = False


def version(world, record) -> dict:
    return {"version": record.version}


def decision(world, record) -> dict:
    return {"version": record.version, "note": "请核对"}


def reopening(world, record) -> dict:
    """What went out in a document is reopened only by who insists."""
    return decision(world, record) | {"though_published": True}


def pick(world, record) -> dict:
    return {"pick": f"{record.pk}-{record.version}", "note": ""}


def figures(world, record: Submission) -> dict:
    """One field of the form, typed anew."""
    figure = record.figures.first()
    key = key_of(figure)
    words = {"text": "71", "said": "value", "seen": figure.version, "note": "已核"}
    return {f"{key}-{name}": value for name, value in words.items()}


def key_of(figure) -> str:
    return f"f{figure.indicator_id}-{figure.region_id}" + ("-own" if figure.scope else "")


def one_figure(record: Submission) -> dict:
    return {"pk": record.pk, "key": key_of(record.figures.first())}


def beside_it(world, record: Submission) -> dict:
    """Words beside one figure."""
    figure = record.figures.first()
    key = key_of(figure)
    return {f"{key}-note": "已核", f"{key}-seen": figure.version}


def upload(name="佐证.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")


def text(world, thing) -> dict:
    seen = getattr(thing, "version", 0) if hasattr(thing, "submission_id") else 0
    words = {"kind": "practice", "text": "就近开班。", "speaker": "", "question": ""}
    return words | {"seen": seen}


def nested(name: str) -> Args:
    return lambda thing: {"pk": thing.submission_id, name: thing.pk}


def programme_of(record: Submission) -> dict:
    return {"pk": record.pk, "programme": record.figures.first().indicator.programme_id}


def version_of(release) -> dict:
    return {"pk": release.pk, "number": bringing.newest(release)}


def figure_of(release) -> dict:
    newest = bringing.newest(release)
    key = release.versions.get(number=newest).citations.first().key
    return {"pk": release.pk, "number": newest, "key": key}


def file_of(release) -> dict:
    return {"pk": release.pk, "number": bringing.newest(release), "ending": "docx"}


def reworded(world, release) -> dict:
    """The words of the document, with one paragraph more."""
    page = page_of(document_of(release.versions.get(number=1)))
    return {"number": 1, "text": f"{marked(page, {})}\n另起一段。"}


def returned(world, release) -> dict:
    """The words of the document as a plain file."""
    page = page_of(document_of(release.versions.get(number=1)))
    return {"number": 1, "file": SimpleUploadedFile("稿.txt", marked(page, {}).encode())}


def said(world, thing) -> dict:
    return {"number": 1, "text": "请核对"}


def compared(release) -> dict:
    return {"pk": release.pk, "old": 1, "new": 1}


def remark_of(comment) -> dict:
    return {"pk": comment.release_id, "remark": comment.pk}


def reason(world, thing) -> dict:
    return {"reason": "工作需要"}


def post(world, user) -> dict:
    home = user.appointments.order_by("pk").first().agency_id
    role = "auditor" if user.kind == "audit" else "line_reviewer"
    return {"agency": home, "post": "兼任", "roles": [role], "starts": "2026-01-01"}


def today(world, thing) -> dict:
    return {"ends": timezone.localdate().isoformat()}


def role(world, appointment) -> dict:
    kind = appointment.user.kind
    return {"role": "auditor" if kind == "audit" else "line_reviewer"}


def taker(world, appointment) -> dict:
    people = world.city.people
    return {"to": people["wang" if appointment.user == people["li"] else "li"].pk, "note": "调整"}


def account(world, user) -> dict:
    return {"name": user.name, "username": user.username, "phone": "0531"}


def office(world, region) -> dict:
    line = Line.objects.get(code="civil").pk
    names = {"name": f"{region}民政局", "short_name": "民政局", "spoken_name": "民政局"}
    return names | {"line": line, "region_code": region.code}


def names(world, agency) -> dict:
    renamed = {"name": f"新{agency.name}", "short_name": "新名", "spoken_name": "新名"}
    return renamed | {"since": "2026-01-01"}


def line(world, agency) -> dict:
    return {"line": agency.line_id}


def superior(world, agency) -> dict:
    return {"superior": "", "since": "2026-01-01"}


def programme(world, row) -> dict:
    own = Line.objects.get(code="union").pk
    return {"line": own, "name": "新项目", "order": 9, "purpose": "", "protected_name": ""}


def indicator(world, row) -> dict:
    home = row.programme_id if row else world.things["programme"]["own"].pk
    return {
        "code": "N001", "programme": home, "name": "走访职工", "order": 9, "unit_text": "人次",
        "measure": "flow", "entry_mode": "period", "display": "", "level": "county",
        "wording": "exact", "definition": "", "aliases": "", "comparability": "comparable",
    }  # fmt: skip


def target(world, row) -> dict:
    place = world.city.region.pk
    return {"region": place, "year": 2027, "kind": "at_least", "value": "12", "basis": "文件"}


def cycle(world, row) -> dict:
    return {
        "name": "新周期", "region": row.region_id if row else world.city.region.pk,
        "frequency": "month", "lines": [Line.objects.get(code="union").pk], "opens": "期后1日",
        "due": "期后10日", "sign_steps": 1, "filing": "own",
    }  # fmt: skip


def ad_hoc(world, row) -> dict:
    return cycle(world, row) | {"name": "急报", "due": "明天17:00", "span_key": "2026-11"}


def duty(world, row) -> dict:
    lead, outer = world.city.lead_office, world.city.people["qin"].appointments.get().agency
    return {"agency": (outer if row.region.code == "3702" else lead).pk, "filing": "own"}


def extension(world, row) -> dict:
    owing = row.cycle.duties.first().agency_id
    return {"agency": owing, "due_at": "2030-01-01T17:00", "reason": "系统故障"}


def late(world, row) -> dict:
    return {"late": "1", "reason": "系统故障"}


def by_kind(wording) -> dict:
    return {"kind": wording.kind}


def wording(world, row) -> dict:
    return {"title": "{单位}请速报", "text": "{期次}已逾期。"}


def rungs(world, row) -> dict:
    """Every rung on, with other days than the product's."""
    kinds = ("opened", "due-soon", "due-today", "overdue", "still-returned", "to-signer",
             "to-superior")  # fmt: skip
    return {f"{kind}-active": "on" for kind in kinds} | {f"{kind}-days": 4 for kind in kinds}


def channel(world, row) -> dict:
    address = "https://oapi.dingtalk.com/robot/send?access_token=x"
    return {"service": "dingtalk", "name": "周报群", "address": address, "kinds": ["overdue"]}


def workday(world, row) -> dict:
    return {"day": "2026-10-10", "is_workday": "yes", "note": "调休"}


def compiling(world, region) -> dict:
    return {"genre": "brief", "region": region.pk, "period": "2026-05"}


def example(world, thing) -> dict:
    """The issued document of May as the first of a series of its own."""
    release = world.things["release"]["city-issued"]
    file = SimpleUploadedFile("范文.docx", stored(issuing.latest(release), "docx"))
    place = {"region": release.region_id, "period": release.span.key}
    return {"file": file, "name": "月报", "genre": release.genre} | place


def worded_subject(world, thing) -> str:
    return f"?subject=i{world.things['indicator']['other'].pk}"


def own_pattern(world, thing) -> dict:
    return {"source": "共有{数}", "act": "propose"}


def proposed_pattern(world, thing) -> dict:
    return {"indicator": world.things["indicator"]["other"].code, "source": "共有{数}"}


def example_period(world, thing) -> dict:
    return {"period": "2026-06"}


def plan(world, row) -> dict:
    region = row.region_id if row else world.city.region.pk
    return {"name": "新计划", "genre": "brief", "region": region, "on_missing": "wait"}


def mail_of(mail) -> dict:
    return {"pk": mail.version.release.plan_id, "mail": mail.pk}


def timing(world, task) -> dict:
    return {"enabled": "on", "rhythm": "day", "at": "09:30"}


def book(world, thing) -> dict:
    content = bytes(world.things["upload"]["by-wang"].content)
    return {"file": SimpleUploadedFile("目录.xlsx", content)}


def seen(world, upload) -> dict:
    by = world.city.people["wang"]
    return {"seen": digest_of(plan_import(bytes(upload.content), by=by, filename=upload.name))}


def typed_figures(world, record: Submission) -> dict:
    """The same field from a program."""
    figure = record.figures.select_related("indicator", "region").first()
    place = {"indicator": figure.indicator.code, "region": figure.region.code}
    return version(world, record) | {"figures": [place | {"scope": figure.scope, "text": "71"}]}


def typed_text(world, record: Submission) -> dict:
    programme = record.figures.first().indicator.programme_id
    words = {"programme": programme, "kind": "practice", "text": "就近开班。"}
    return version(world, record) | words


def of_submission(world, narrative) -> dict:
    return {"version": Submission.objects.get(pk=narrative.submission_id).version}


def confirmed(world, narrative) -> dict:
    return of_submission(world, narrative) | {"starts": [2]}


def chosen_many(world, record: Submission) -> dict:
    return {"submissions": [{"id": record.pk, "version": record.version}]}


def figures_book(world, record: Submission) -> dict:
    content = bytes(world.things["figures-upload"]["own"].content)
    return {"file": SimpleUploadedFile("填报.xlsx", content)}


def upload_of(upload) -> dict:
    return {"pk": upload.about, "upload": upload.pk}


def figures_seen(world, upload) -> dict:
    record = Submission.objects.get(pk=upload.about)
    book = open_book(bytes(upload.content), upload.name)
    return {"seen": figures_digest_of(plan_workbook(record, book, by=upload.by))}


def notes(world, release) -> dict:
    return {"file": SimpleUploadedFile("速记.txt", "主持人：大家好。".encode())}


def published(world, region) -> dict:
    file = SimpleUploadedFile("通稿.txt", "共培训71人次。".encode())
    return {"file": file, "region": region.pk, "period": "2020"}


def report(world, record: Submission) -> dict:
    return {"file": SimpleUploadedFile("总结.txt", "共培训71人次。".encode())}


def first_figure(world, upload) -> dict:
    """The report's number, given to the first cell of the form."""
    reading = read_report(Submission.objects.get(pk=upload.about), bytes(upload.content).decode())
    start = reading.proposals[0].figure.start
    return {
        "only": start,
        f"cell-{start}": reading.options[0].key,
        f"text-{start}": "71",
    }


def chosen(kind: str):
    return lambda world, thing: (
        "?" + "&".join(f"pick={one.pk}-{one.version}" for one in world.things[kind].values())
    )


def making_good(world, record) -> dict:
    return {"entry": approved(world, "own").pk, "text": "-3", "note": "重复统计"}


def making_good_now(world, record) -> dict:
    return version(world, record) | making_good(world, record)


def two_sources(world, thing) -> dict:
    sides = [
        {"entry": approved(world, place).pk, "definition": place} for place in ("own", "below")
    ]
    return {"title": "两个口径", "sides": sides}


def first_side(world, thing) -> str:
    return f"?first={approved(world, 'own').pk}"


def two_sides(world, thing) -> dict:
    entry = approved(world, "below")
    return {
        "second": entry.pk, "title": "两个口径", "first_definition": "甲", "second_definition": "乙",
    }  # fmt: skip


def ruling(world, row) -> dict:
    return version(world, row) | {"decision": "differ", "basis": "口径不同"}


def gap(world, thing) -> dict:
    entry = approved(world, "own")
    return {"indicator": entry.indicator_id, "region": entry.region_id, "text": "另有本级"}


def settling(world, thing) -> dict:
    entry = approved(world, "own")
    final = Entry.objects.get(nature="final", indicator=entry.indicator)
    return {"earlier": entry.pk, "final": final.pk, "text": "年末补入"}


def hour(world, thing) -> dict:
    return {"key": "2026-05", "moment": "2030-01-01T17:00", "note": ""}


def own_rule(world, row) -> dict:
    counted = world.things["indicator"]["own"]
    words = {
        "name": "不超十万", "indicator": counted.pk, "comparison": "<=", "against": "number",
        "number": "100000", "times": "1", "severity": "warning", "message": "请核对",
    }  # fmt: skip
    return words | (version(world, row) if row else {})


def ticked(world, record: Submission) -> dict:
    """The ✓ on its first figure."""
    figure = record.figures.first()
    return {"on": f"{figure.pk}-{figure.version}"}


def deputy(world, thing) -> dict:
    """Next year's leave, for which nobody is named yet."""
    post = world.city.people["li"].appointments.first()
    return {"deputy": post.pk, "starts": "2031-01-01", "ends": "2031-01-09", "reason": "休假"}


def house_general(world, thing) -> dict:
    number = world.things["house-style"]["city"].number
    return {"version": number, "range_mark": "至", "note": ""}


def house_of_genre(world, thing) -> dict:
    words = {"设-刊名": "民生简报", "设-联系人": "新闻科"}
    return words | {"version": world.things["house-style"]["city"].number}


def roster_row(world, person) -> dict:
    words = {"part": "reader", "agency": "", "body": "市政府", "name": "郑光", "post": "副市长"}
    dates = {"order": 1, "starts": "2021-01-01", "ends": ""}
    return words | dates | (version(world, person) if person else {})


def city_word(world, word) -> dict:
    words = {"kind": "sensitive", "words": "老城改造", "instead": "城市更新", "note": ""}
    return words | (version(world, word) if word else {})


def words_book(world, thing) -> dict:
    content = bytes(world.things["words-upload"]["by-wang"].content)
    return {"file": SimpleUploadedFile("词典.xlsx", content)}


def roster_book(world, thing) -> dict:
    content = bytes(world.things["roster-upload"]["by-wang"].content)
    return {"file": SimpleUploadedFile("名册.xlsx", content)}


def roster_seen(world, upload) -> dict:
    by, region = world.city.people["wang"], world.city.region
    plan = plan_roster(bytes(upload.content), region, by=by, filename=upload.name)
    return {"seen": digest_of(plan)}


def words_seen(world, upload) -> dict:
    by, region = world.city.people["wang"], world.city.region
    plan = plan_words(bytes(upload.content), region, by=by, filename=upload.name)
    return {"seen": digest_of(plan)}


ROUTES: dict[str, Route] = {
    "health": Route(),
    "home": Route(),
    "jump": Route(query=lambda world, thing: "?q=z"),
    "sign-in": Route(body=lambda world, thing: {"username": "li", "password": PASSWORD}),
    "sign-out": Route(),
    "profile": Route(body=lambda world, thing: {"phone": "0531"}),
    "change-password": Route(
        body=lambda world, thing: {
            "old_password": PASSWORD,
            "new_password1": "another-horse-of-battery",
            "new_password2": "another-horse-of-battery",
        }
    ),
    "token-new": Route(body=lambda world, thing: {"name": "取数程序", "days": 30}),
    "token-revoke": Route("token"),
    "notice-list": Route(),
    "notice-read-all": Route(),
    "notice-open": Route("notice"),
    # people
    "user-list": Route(),
    "user-slips": Route(),
    "user-new": Route(body=lambda world, thing: {"name": "新来的", "kind": "business"}),
    "user-page": Route("user"),
    "user-edit": Route("user", body=account),
    "user-reset": Route("user"),
    "user-disable": Route("user", body=reason),
    "user-enable": Route("disabled-user"),
    "appointment-new": Route("user", body=post),
    "appointment-end": Route("post", body=today),
    "role-propose": Route("post", body=role),
    "hand-over": Route("post", body=taker),
    "grant-list": Route(),
    "grant-confirm": Route("pending", args=lambda thing: {}, body=lambda w, g: {"grant": g.pk}),
    "grant-revoke": Route("grant", body=reason),
    "agency-list": Route(),
    "agency-new": Route("site", args=lambda thing: {}, body=office),
    "agency-page": Route("agency"),
    "agency-rename": Route("agency", body=names),
    "agency-edit": Route("agency", body=line),
    "agency-move": Route("agency", body=superior),
    "agency-lead": Route("agency"),
    "agency-close": Route("agency", body=reason),
    "agency-reopen": Route("closed-agency"),
    "line-list": Route(body=lambda world, thing: {"name": "新条线", "order": 9}),
    "line-edit": Route("line", body=lambda world, thing: {"name": "妇女联合会", "order": 9}),
    "region-list": Route(),
    "region-page": Route("region"),
    "area-new": Route("region", body=lambda world, thing: {"code": "3701NEW", "name": "新区"}),
    "region-retire": Route("region", body=lambda world, thing: {"ends": "2030-01-01"}),
    "region-manage": Route("region", body=lambda world, thing: {"manager_code": "370103"}),
    "overlap-end": Route("overlap"),
    "audit-log": Route(),
    "audit-entry": Route("audit-entry"),
    "audit-verify": Route(),
    "audit-export": Route(),
    # catalogue
    "catalogue": Route(),
    "indicator-add": Route(body=indicator),
    "indicator": Route("indicator"),
    "indicator-edit": Route("indicator", body=indicator),
    "indicator-retire": Route("indicator", body=reason),
    "indicator-restore": Route("retired-indicator"),
    "target-add": Route("indicator", body=target),
    "target-drop": Route("target", body=reason),
    "programme-list": Route(),
    "programme-add": Route(body=programme),
    "programme-edit": Route("programme", body=programme),
    "cycle-list": Route(),
    "cycle-add": Route(body=cycle),
    "cycle-ad-hoc": Route(body=ad_hoc),
    "cycle": Route("cycle"),
    "cycle-edit": Route("cycle", body=cycle),
    "cycle-active": Route("cycle", body=lambda world, thing: {"active": "0"}),
    "duty-add": Route("cycle", body=duty),
    "duty-release": Route("duty", body=reason),
    "round": Route("round"),
    "round-extend": Route("round", body=extension),
    "round-late": Route("round", body=late),
    "round-recall": Route("task", body=reason),
    "workday-list": Route(body=workday),
    "workday-remove": Route("workday"),
    "workbook": Route(body=book),
    "workbook-export": Route(),
    "workbook-template": Route(),
    "workbook-preview": Route("upload"),
    "workbook-confirm": Route("upload", body=seen),
    "workbook-drop": Route("upload"),
    "workbook-marked": Route("upload"),
    "history-list": Route(body=book),
    "history-preview": Route("history-upload"),
    "history-stage": Route("history-upload"),
    "history-drop": Route("history-upload"),
    "history-marked": Route("history-upload"),
    "history-batch": Route("batch"),
    "history-mark": Route("batch", body=lambda w, row: {"passage": row.passages.get().pk}),
    "history-confirm": Route("batch"),
    "history-reject": Route("batch", body=reason),
    # submissions
    "submission-desk": Route(),
    "signing-queue": Route(),
    "delegation-list": Route(body=deputy),
    "delegation-end": Route("delegation"),
    "completeness": Route(),
    "completeness-rounds": Route(),
    "completeness-cell": Route("draft"),
    "completeness-remind": Route(
        "draft", args=lambda thing: {}, body=lambda world, record: {"pick": record.pk}
    ),
    "chase-ladder": Route(body=rungs),
    "dispatch": Route(),
    "dispatch-table": Route(),
    "dispatch-settings": Route(body=lambda world, thing: {"ranks_counties": "on"}),
    "notice-words": Route(),
    "notice-word": Route("wording", args=by_kind, body=wording),
    "notice-word-reset": Route("wording", args=by_kind),
    "notice-manner": Route(
        body=lambda world, thing: {
            "quiet_from": "21:00",
            "quiet_until": "07:00",
            "gather_minutes": 3,
        }
    ),
    "channel-list": Route(),
    "channel-add": Route(body=channel),
    "channel-edit": Route("channel", body=channel),
    "channel-try": Route("channel"),
    "delivery-list": Route(),
    "delivery-again": Route("delivery"),
    "profile-contact": Route(
        body=lambda world, thing: {"email": "li@example.com", "by_mail": "on", "mobile": ""}
    ),
    "submission": Route("draft"),
    "submission-save": Route("draft", body=figures),
    "submission-autosave": Route("draft", body=figures),
    "submission-paste": Route("draft", body=lambda world, thing: {"block": "71\t72"}),
    "submission-figure": Route("draft", args=one_figure, body=beside_it),
    "submission-matrix": Route("submitted", args=programme_of),
    "submission-matrix-file": Route("submitted", args=programme_of),
    "submission-zero": Route("draft"),
    "submission-print": Route("submitted"),
    "submission-withdraw": Route("signing", body=version),
    "submission-sign": Route("signing", body=version),
    "submission-send-back": Route("signing", body=decision),
    "submission-paper": Route(
        "signing",
        body=lambda world, record: (
            version(world, record)
            | {"signer_name": "张", "signer_post": "主席", "scan": upload("签字页.png")}
        ),
    ),
    "narrative-add": Route("draft", args=programme_of, body=text),
    "narrative-found": Route("draft", args=programme_of, body=text),
    "narrative-edit": Route("narrative", args=nested("narrative"), body=text),
    "narrative-remove": Route("narrative", args=nested("narrative")),
    "narrative-numbers": Route("narrative", args=nested("narrative")),
    "submission-workbook": Route("draft", body=figures_book),
    "submission-workbook-template": Route("draft"),
    "submission-workbook-preview": Route("figures-upload", args=upload_of),
    "submission-workbook-take": Route("figures-upload", args=upload_of, body=figures_seen),
    "submission-workbook-drop": Route("figures-upload", args=upload_of),
    "submission-workbook-marked": Route("figures-upload", args=upload_of),
    "submission-fill": Route("draft", body=report),
    "submission-filling": Route("report-upload", args=upload_of, body=first_figure),
    "submission-fill-close": Route("report-upload", args=upload_of),
    "submission-comment": Route("submitted", body=lambda world, thing: {"text": "已补充"}),
    "evidence-add": Route("draft", body=lambda world, record: {"file": upload(), "caption": ""}),
    "evidence-download": Route("evidence", args=nested("evidence")),
    "evidence-thumbnail": Route("evidence", args=nested("evidence")),
    "evidence-caption": Route(
        "evidence", args=nested("evidence"), body=lambda world, thing: {"caption": "签到表"}
    ),
    "evidence-remove": Route("evidence", args=nested("evidence")),
    # review
    "review-queue": Route(),
    "review-many": Route(query=chosen("submitted")),
    "review-approve-many": Route("submitted", args=lambda thing: {}, body=pick),
    "review-page": Route("submitted"),
    "review-approve": Route("submitted", body=version),
    "review-return": Route("submitted", body=decision),
    "review-pass": Route("line_review", body=version),
    "review-reopen": Route("approved", body=reopening),
    "submission-adjustments": Route("draft", body=making_good),
    "adjustment-drop": Route("adjustment", args=nested("adjustment")),
    "dispute-list": Route(),
    "dispute-add": Route(body=two_sides, query=first_side),
    "dispute": Route("dispute", body=ruling),
    "control-list": Route(body=gap),
    "nature-list": Route(body=settling),
    "freeze-list": Route(body=hour),
    "freeze": Route("freeze"),
    "city-rule-list": Route(),
    "city-rule-add": Route(body=own_rule),
    "city-rule": Route("city-rule", body=own_rule),
    "city-rule-active": Route("city-rule", body=lambda w, row: version(w, row) | {"active": "1"}),
    "review-statistics": Route(),
    "review-statistics-file": Route(),
    "review-tick": Route("submitted", body=ticked),
    "review-comment": Route("submitted", body=lambda world, thing: {"say": "请补充说明"}),
    # releases
    "release-list": Route(),
    "release-transcript": Route("conference", body=notes),
    "release-notes": Route(
        "notes-upload", args=upload_of, body=lambda world, thing: {"act": "merge"}
    ),
    "release-notes-drop": Route("notes-upload", args=upload_of),
    "past-list": Route("city", args=lambda thing: {}, body=published),
    "past-proof": Route("past-upload"),
    "past-lacking": Route("past-upload"),
    "past-drop": Route("past-upload"),
    "release-compile": Route("city", args=lambda thing: {}, body=compiling),
    "release": Route("release"),
    "release-version": Route("release", args=version_of),
    "release-figure": Route("release", args=figure_of),
    "release-provenance": Route("release", args=version_of),
    "release-file": Route("release", args=file_of),
    "release-edit": Route("release", body=reworded),
    "release-edit-keep": Route("release", body=reworded),
    "release-edit-discard": Route("release", body=lambda world, thing: {"number": 1}),
    "release-edit-proof": Route("release", body=reworded),
    "release-edit-figure": Route("release", args=figure_of),
    "release-edit-merge": Route("release", body=lambda world, thing: {"number": 1}),
    "release-edit-upload": Route("release", body=returned),
    "release-compare": Route("release", args=compared),
    "release-compare-file": Route("release", args=compared),
    "release-remark": Route("release", body=said),
    "release-remark-settle": Route("remark", args=remark_of),
    "release-recompile": Route("release", body=version),
    "release-issue": Route("release", body=version),
    "release-withdraw": Route("release", body=version),
    "release-step": Route("release", body=bringing.refusing),
    "release-hand-in": Route("stopped", body=version),
    "release-ask": Route("asking", body=version),
    "release-approval": Route("release"),
    "release-approval-file": Route("release"),
    "release-scan": Route("scan", args=bringing.of_release("scan")),
    "release-lift": Route("embargoed", body=version),
    "release-corrections": Route("release"),
    "release-correct": Route("release"),
    "release-note": Route("correction", body=lambda w, r: version(w, r) | {"text": "更正说明。"}),
    "alarm-judge": Route("alarm", args=bringing.of_alarm, body=reason),
    "copy-add": Route("release", body=lambda w, r: {"place": "某报", "posted_by": "编辑部"}),
    "copy-settle": Route(
        "copy",
        args=bringing.of_release("copy"),
        body=lambda w, r: {"state": "corrected", "note": "已换稿"},
    ),
    "waiver-list": Route("stopped", body=bringing.finding),
    "waiver-decide": Route(
        "waiver", args=bringing.of_release("waiver"), body=lambda w, r: {"grants": "yes"}
    ),
    "figure-request-add": Route("stopped", body=bringing.wanted),
    "figure-request-withdraw": Route("request", args=bringing.of_release("asked")),
    "figure-request": Route("request"),
    "figure-request-reply": Route("request", body=lambda w, r: {"reply": "没有这项数据"}),
    "countersign-list": Route(),
    "countersign": Route("countersign"),
    "countersign-answer": Route("countersign", body=lambda w, r: {"agrees": "yes"}),
    "countersign-decide": Route("countersign", body=reason),
    "house-style": Route(body=house_general),
    "house-genre": Route(
        "genre", args=lambda setting: {"genre": setting.genre}, body=house_of_genre
    ),
    "house-version-list": Route(),
    "house-version": Route("house-version", args=lambda row: {"number": row.number}),
    "roster-list": Route(),
    "roster-add": Route(body=roster_row),
    "roster-edit": Route("roster-person", body=roster_row),
    "roster-strike": Route("roster-person", body=version),
    "roster-book": Route(body=roster_book),
    "roster-book-template": Route(),
    "roster-book-export": Route(),
    "roster-book-preview": Route("roster-upload"),
    "roster-book-confirm": Route("roster-upload", body=roster_seen),
    "roster-book-drop": Route("roster-upload"),
    "roster-book-marked": Route("roster-upload"),
    "word-list": Route(),
    "word-add": Route(body=city_word),
    "word-edit": Route("city-word", body=city_word),
    "word-drop": Route("city-word", body=version),
    "word-book": Route(body=words_book),
    "word-book-template": Route(),
    "word-book-export": Route(),
    "word-book-preview": Route("words-upload"),
    "word-book-confirm": Route("words-upload", body=words_seen),
    "word-book-drop": Route("words-upload"),
    "word-book-marked": Route("words-upload"),
    "chain-list": Route(),
    "chain-edit": Route(
        "genre",
        args=lambda setting: {"genre": setting.genre},
        body=lambda w, g: {"readings": 2, "countersign_days": 1},
    ),
    "number-list": Route(body=bringing.empty_number),
    "number-void": Route("number", body=reason),
    "affected-list": Route(),
    "figure-search": Route(),
    "figure-page": Route("figure"),
    "release-polish": Route("release"),
    "release-polished": Route(
        "polish", args=lambda row: {"pk": row.version.release_id, "number": row.pk}
    ),
    "example-list": Route(),
    "example-add": Route(body=example),
    "example": Route("example"),
    "example-word": Route("example", query=lambda world, thing: "?period=2026-06"),
    "example-draft": Route("example", body=example_period),
    "example-retire": Route("example"),
    "pattern-list": Route(),
    "pattern-edit": Route(body=own_pattern, query=worded_subject),
    "pattern": Route("pattern"),
    "pattern-decide": Route("pattern", body=lambda world, row: {"approves": "yes"}),
    "pattern-withdraw": Route("pattern"),
    "plan-list": Route(),
    "plan-add": Route(body=plan),
    "plan-edit": Route("plan", body=plan),
    "plan-run": Route("plan"),
    "plan-runs": Route("plan"),
    "plan-log": Route("plan-run", args=lambda run: {"pk": run.plan_id, "run": run.pk}),
    "plan-mail-again": Route("plan-mail", args=mail_of),
    # the system
    "schedule-list": Route(),
    "schedule-edit": Route("schedule", body=timing),
    "schedule-run": Route("schedule"),
    "job-list": Route(),
    "job-revive": Route("job"),
    "job-dismiss": Route("job"),
    # for programs
    "api-schema": Route(),
    "api-docs": Route(),
    "api-line-list": Route(),
    "api-line-detail": Route("line", args=lambda line: {"code": line.code}),
    "api-programme-list": Route(),
    "api-programme-detail": Route("programme"),
    "api-indicator-list": Route(),
    "api-indicator-detail": Route("indicator"),
    "api-target-list": Route(),
    "api-target-detail": Route("target"),
    "api-cycle-list": Route(),
    "api-cycle-detail": Route("cycle"),
    "api-round-list": Route(),
    "api-round-detail": Route("round"),
    "api-submission-list": Route(),
    "api-submission-detail": Route("draft"),
    "api-submission-checks": Route("draft"),
    "api-submission-figures": Route("draft", body=typed_figures, json=True),
    "api-submission-narrative": Route("draft", body=typed_text, json=True),
    "api-submission-numbers": Route(
        "narrative", args=nested("narrative"), body=confirmed, json=True
    ),
    "api-submission-narrative-remove": Route(
        "narrative", args=nested("narrative"), body=of_submission, json=True
    ),
    "api-submission-zero": Route("draft", body=version, json=True),
    "api-submission-submit": Route("draft", body=version, json=True),
    "api-submission-sign": Route("signing", body=version, json=True),
    "api-submission-send-back": Route("signing", body=decision, json=True),
    "api-submission-withdraw": Route("signing", body=version, json=True),
    "api-submission-workbook": Route("draft", body=figures_book),
    "api-submission-workbook-take": Route(
        "figures-upload", args=upload_of, body=figures_seen, json=True
    ),
    "api-submission-workbook-marked": Route("figures-upload", args=upload_of),
    "api-submission-evidence": Route("draft", body=lambda world, thing: {"file": upload()}),
    "api-submission-evidence-remove": Route("evidence", args=nested("evidence"), json=True),
    "api-submission-adjust": Route("draft", body=making_good_now, json=True),
    "api-submission-adjust-drop": Route(
        "adjustment", args=nested("adjustment"), body=of_submission, json=True
    ),
    "api-pattern-list": Route(body=proposed_pattern, json=True),
    "api-pattern-detail": Route("pattern"),
    "api-house-style-list": Route(),
    "api-house-style-detail": Route("house-style"),
    "api-roster-list": Route(),
    "api-roster-detail": Route("roster-person"),
    "api-plan-list": Route(),
    "api-plan-detail": Route("plan"),
    "api-plan-run-list": Route(),
    "api-plan-run-detail": Route("plan-run"),
    "api-word-list": Route(),
    "api-word-detail": Route("city-word"),
    "api-dispute-list": Route(body=two_sources, json=True),
    "api-dispute-detail": Route("dispute"),
    "api-dispute-decide": Route("dispute", body=ruling, json=True),
    "api-submission-comment": Route(
        "submitted", body=lambda world, thing: {"text": "已补充"}, json=True
    ),
    "api-submission-pass-line": Route("line_review", body=version, json=True),
    "api-submission-approve": Route("submitted", body=version, json=True),
    "api-submission-return": Route("submitted", body=decision, json=True),
    "api-submission-reopen": Route("approved", body=reopening, json=True),
    "api-submission-approve-many": Route(
        "submitted", args=lambda thing: {}, body=chosen_many, json=True
    ),
    "api-figure-list": Route(),
    "api-figure-detail": Route("figure"),
    "api-release-list": Route(),
    "api-release-detail": Route("release"),
    "api-release-version": Route("release", args=version_of),
    "api-release-file": Route("release", args=file_of),
}


def addresses(resolver=None, prefix: str = "", outer: str = "") -> dict[str, tuple[str, Any]]:
    """Every address of the product: name -> (pattern, view). One without a name goes by its pattern."""
    found: dict[str, tuple[str, Any]] = {}
    for one in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            space = f"{outer}{one.namespace}:" if one.namespace else outer
            found |= addresses(one, pattern, space)
        elif isinstance(one, URLPattern):
            found[outer + one.name if one.name else pattern] = (pattern, one.callback)
    return found
