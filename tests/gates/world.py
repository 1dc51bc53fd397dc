"""One small state of the world with a thing of every kind, seen from 李 of the city's trade union.

Each kind of thing stands at several places: `own` (hers), `colleague` (her agency's, by somebody
else), `below` (a county union's), `other` (the youth league's, same city) and `abroad` (another
city's). What is one for the whole city stands at `city`.
"""

import base64
import datetime
import io
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import openpyxl
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.gazetteer import Division
from accounts.models import AuditEntry, Line, Region
from accounts.services import (
    add_area,
    appoint,
    close_agency,
    disable,
    manage_for,
    propose_role,
)
from accounts.services.divisions import import_regions
from accounts.services.tokens import issue_token
from tests import factories
from tests.cast import City, agency, employ, found_city
from tests.gates import bringing
from tests.gates.canaries import Canaries
from tests.gates.keeping import keep
from tracker.catalogue.dictionary import add_word
from tracker.catalogue.dictionary_book import WORDS
from tracker.catalogue.models import WorkdayOverride
from tracker.catalogue.spans import span_of
from tracker.catalogue.workbook import export_catalogue
from tracker.jobs import schedules
from tracker.jobs.models import Job, State
from tracker.jobs.services import enqueue
from tracker.ledger import history
from tracker.ledger.models import Entry
from tracker.notices.models import Channel, Delivery, Notice
from tracker.notices.wording import save_wording
from tracker.releases import issuing
from tracker.releases.compiling import compile_release
from tracker.releases.drafting.comments import remark, settle
from tracker.releases.example.services import learn
from tracker.releases.files import file_of
from tracker.releases.house.keeping import set_house
from tracker.releases.house.roster import enter
from tracker.releases.house.roster_book import ROSTER
from tracker.releases.house.style import House
from tracker.releases.models import PlanRun, Polish, ReleaseMail, ReleasePlan
from tracker.releases.past import take_past
from tracker.releases.transcript.services import merge, turns_of
from tracker.review import services as review
from tracker.submissions import services as filing
from tracker.submissions.models import Chase, Submission
from tracker.submissions.workbook import template_of
from tracker.submissions.workbook.sheets import FIGURES
from tracker.workbooks import papers, uploads
from tracker.workbooks.cells import Quantity
from tracker.workbooks.models import Upload
from tracker.workbooks.writing import write

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 24
PDF = b"%PDF-1.4\n"
PICTURE = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
# The people who act in the matrix, in the order of its columns.
ROLES = {
    "reporter": "li",
    "signer": "zhang",
    "line_reviewer": "he",
    "supervisor": "feng",
    "reviewer": "wang",
    "editor": "wu",
    "issuer": "zheng",
    "auditor": "zhao",
    "system_admin": "qian",
    "security_admin": "zhou",
}
STATES = ("draft", "returned", "signing", "submitted", "approved")
PLACES = ("own", "colleague", "below", "other", "abroad")


@dataclass
class World:
    city: City
    canaries: Canaries = field(default_factory=Canaries)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    homes: dict[str, tuple] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def put(self, kind: str, place: str, thing: Any) -> Any:
        self.things.setdefault(kind, {})[place] = thing
        return thing

    def person(self, role: str):
        return self.city.people[ROLES[role]]

    def client(self, username: str) -> Client:
        """A fresh browser in which this person has signed in."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[username]
        return client


def session_of(user) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def build() -> World:
    world = World(found_city())
    _people(world)
    _catalogue(world)
    _submissions(world)
    _line_review(world)
    _releases(world)
    _offices(world)
    _rest(world)
    keep(world)
    # Before the first test: what a test writes is gone after it.
    world.sessions |= {name: session_of(user) for name, user in world.city.people.items()}
    return world


def _people(world: World) -> None:
    city, qian = world.city, world.city.people["qian"]
    import_regions([Division("3702", "青岛市"), Division("370202", "市南区")])
    island = Region.objects.get(code="3702")
    county = Region.objects.get(code="370102")
    below = agency("union", county, "历下区总工会", "区总工会", by=qian)
    abroad = agency("union", island, "青岛市总工会", "青岛总工会", by=qian)
    office = agency("general", island, "青岛市牵头办公室", "青岛牵头办", by=qian)
    office.leads = island
    office.save()
    lead = city.lead_office
    for username, name, at, *roles in (
        ("fang", "方", city.union, "reporter"),
        ("he", "何", city.union, "line_reviewer"),
        ("feng", "冯", lead, "supervisor"),
        ("wei", "魏", lead, "reviewer"),
        ("chen", "陈", below, "reporter"),
        ("hao", "郝", below, "signer"),
        ("jiang", "蒋", city.league, "signer"),
        ("tang", "唐", abroad, "reporter"),
        ("song", "宋", abroad, "signer"),
        ("qin", "秦", office, "reviewer", "editor", "issuer"),
        ("luo", "罗", office, "issuer"),
    ):
        employ(city, username, name, at, "干事", *roles)
    world.homes = {
        "own": (city.union, "li", "zhang", "wang"),
        "colleague": (city.union, "fang", "zhang", "wang"),
        "below": (below, "chen", "hao", "wang"),
        "other": (city.league, "sun", "jiang", "wang"),
        "abroad": (abroad, "tang", "song", "qin"),
    }


def _catalogue(world: World) -> None:
    li = world.city.people["li"]
    for place, line in (("own", "union"), ("other", "league")):
        word = world.canaries.word(f"{place} catalogue")
        home = factories.programme(line, f"{line}项目{word}", purpose=word)
        world.put("programme", place, home)
        counted = factories.indicator(
            li, f"服务职工{word}", programme_=home, level="county", verb="服务", must_say=True
        )
        world.put("indicator", place, counted)
        retired = factories.indicator(li, "旧指标", programme_=home, required=False, active=False)
        world.put("retired-indicator", place, retired)
        target = counted.targets.create(region=world.city.region, year=2026, value=1000)
        world.put("target", place, target)
    cycle = factories.cycle(*_owing(world, "own", "below", "other"))
    outer = factories.cycle(*_owing(world, "abroad"), name="青岛月报")
    alone = factories.cycle(*_owing(world, "other"), name="团委专报")
    for place, made in (("own", cycle), ("other", alone), ("abroad", outer)):
        world.put("cycle", place, made)
        world.put("duty", place, made.duties.get(agency=world.homes[place][0]))
    world.put("round", "other", factories.open_round(alone, factories.month(2027, 3)))
    for place in ("own", "abroad"):
        task = factories.cycle(*_owing(world, place), name=f"急办{place}", frequency="once")
        world.put("task", place, factories.open_round(task, factories.month(2027, 4)))


def _owing(world: World, *places: str) -> list:
    return [world.homes[place][0] for place in places]


def _submissions(world: World) -> None:
    """Month 1 to 5 of 2026 hold hers in each state, 6 to 10 her colleague's; 11 was reopened."""
    for number in range(1, 12):
        span = factories.month(2026, number)
        for place in ("own", "abroad"):
            made = factories.open_round(world.things["cycle"][place], span)
            world.things.setdefault("round", {}).setdefault(place, made)
            filing.prepare(made)
    for shift, places in ((0, ("own", "below", "other", "abroad")), (5, ("colleague",))):
        for number, state in enumerate(STATES, start=1 + shift):
            for place in places:
                row = Submission.objects.get(
                    agency=world.homes[place][0], round__span__key=f"2026-{number:02d}"
                )
                world.put(state, place, brought_to(world, row, place, state))
    row = Submission.objects.get(agency=world.city.union, round__span__key="2026-11")
    row, wang = brought_to(world, row, "own", "approved", "own reopened"), world.city.people["wang"]
    reason = world.canaries.word("own reopened reason")
    world.put("reopened", "own", review.reopen(row, by=wang, version=row.version, note=reason))


def brought_to(world: World, row: Submission, place: str, state: str, says="") -> Submission:
    """The submission filled in by the people of its place and brought to the state."""
    _, reporter, signer, decider = world.homes[place]
    people, says = world.city.people, says or f"{place} {state}"
    filled(world, row, place, people[reporter], says)
    if state == "draft":
        return Submission.objects.get(pk=row.pk)
    row.refresh_from_db()
    row = filing.submit(row, by=people[reporter], version=row.version)
    if state == "signing":
        return row
    row = filing.sign(row, by=people[signer], version=row.version)
    words = world.canaries.word
    review.comment(row, words(f"{says} comment"), by=people[decider])
    if state == "returned":
        asked = review.Question(row.figures.first().pk, "other", words(f"{says} question"))
        return review.return_(
            row, by=people[decider], version=row.version, note=words(f"{says} reason"),
            questions=[asked],
        )  # fmt: skip
    if state == "approved":
        return review.approve(row, by=people[decider], version=row.version)
    return row


def filled(world: World, row: Submission, place: str, by, says: str) -> None:
    """A figure with a note, a text and a file, each with a string that stands nowhere else."""
    line = "other" if place == "other" else "own"
    counted, words = world.things["indicator"][line], world.canaries.word
    scope = "" if row.agency.region.level == "county" else "本级"
    change = filing.Change(
        counted.pk, row.agency.region_id, world.canaries.number(f"{says} figure"), scope=scope,
        note=words(f"{says} note"),
    )  # fmt: skip
    filing.save_figures(row, [change], by=by)
    text = f"走访320户，帮助{words(f'{says} text')}。"
    text = filing.save_narrative(row, counted.programme, "practice", text, by=by)
    filing.confirm_numbers(text, [2], by=by)
    # A picture gets its thumbnail in a process of its own: one for each place is enough.
    ending, content = ("png", PICTURE) if says == f"{place} draft" else ("pdf", PDF)
    scan = SimpleUploadedFile(f"{words(f'{says} file')}.{ending}", content)
    file = filing.attach(row, scan, by=by, caption=words(f"{says} caption"))
    if says == f"{place} draft":
        world.put("narrative", place, text)
        world.put("evidence", place, file)


def _line_review(world: World) -> None:
    """The county union's, on its way through the city union."""
    cycle = factories.cycle(*_owing(world, "below"), name="线审月报", line_review=True)
    made = factories.open_round(cycle, factories.month(2026, 12))
    filing.prepare(made)
    row = brought_to(world, made.submissions.get(), "below", "submitted")
    world.put("line_review", "below", row)


def _releases(world: World) -> None:
    people, region = world.city.people, world.city.region
    island = Region.objects.get(code="3702")
    words = world.canaries.word
    for place, at, by, issuer in (
        ("city", region, people["wang"], people["zheng"]),
        ("abroad", island, people["qin"], people["luo"]),
    ):
        made = compile_release("简报", at, factories.month(2026, 5), settings=bringing.READERS)
        made = bringing.read(made, by)
        issued = issuing.issue(made, by=issuer, version=made.version)
        world.put("release", f"{place}-issued", issued)
        number = 10 if place == "city" else 5
        data = file_of(issuing.latest(issued), "docx")
        series = words(f"{place} example")
        about = {"name": series, "genre": made.genre, "region": at, "span": made.span}
        world.put("example", place, learn(data, "范文.docx", by=by, **about))
        month = factories.month(2026, number)
        draft = compile_release("简报", at, month, settings=bringing.READERS)
        held = compile_release("发布会实录", at, factories.month(2026, 5), by=by)
        notes = f"主持人：{words(f'{place} notes')}，大家好。".encode()
        sent = papers.keep(notes, "速记.txt", Upload.Purpose.NOTES, by=by, about=held.pk)
        world.put("conference", place, held)
        world.put("notes-upload", place, sent)
        draft.title = f"{draft.title}{words(f'{place} unissued title')}"
        draft.save()
        draft = bringing.read(draft, by)
        world.put("release", f"{place}-draft", draft)
        proposed = {"state": Polish.State.DONE, "by": by}
        world.put("polish", place, Polish.objects.create(version=draft.versions.get(), **proposed))
        bringing.bring_out(world, place, issued, draft, by, issuer)
        asked = remark(draft.versions.get(), words(f"{place} remark"), by=by)
        world.put("remark", place, asked)
        settle(remark(draft.versions.get(), "标题再短一些。", by=by), by=by)
        material, said = held.versions.get(), notes.decode()
        turns = turns_of(material, [said])
        merge(material, said, turns, by=by, name="速记.txt", sha256="0" * 64)
        world.put("city", place, at)
        plan = ReleasePlan.objects.create(
            name=words(f"{place} plan"), genre=made.genre, region=at, cycle=None
        )
        world.put("plan", place, plan)
        log = {"cause": "hour", "missing": [words(f"{place} missing")]}
        world.put("plan-run", place, PlanRun.objects.create(plan=plan, state="waiting", **log))
        mailed = compile_release("简报", at, month, settings=bringing.READERS, plan=plan)
        letter = {"person": by, "ending": "docx", "not_before": timezone.now()}
        sent = ReleaseMail.objects.create(
            version=mailed.versions.get(), state="failed", error=words(f"{place} mail"), **letter
        )
        world.put("plan-mail", place, sent)


def _offices(world: World) -> None:
    """People, posts, grants and agencies, as the administrators' desks have them."""
    people, qian = world.city.people, world.city.people["qian"]
    for place, (office, reporter, _, _) in world.homes.items():
        user = people[reporter]
        world.put("user", place, user)
        world.put("post", place, user.appointments.get())
        world.put("grant", place, user.appointments.get().grants.get(role="reporter"))
        if place != "colleague":
            world.put("agency", place, office)
        spare = employ(world.city, f"spare-{place}", f"备{place}", office, "备员", "signer")
        world.put("disabled-user", place, disable(spare, by=qian, reason="调离"))
        extra = appoint(user, office, "兼职", by=qian)
        world.put("pending", place, propose_role(extra, "supervisor", by=qian))
    world.put("user", "admin", people["zhao"])
    world.put("post", "admin", people["zhao"].appointments.get())
    world.put("agency", "lead", world.city.lead_office)
    for place, code in (("city", "370103"), ("abroad", "370202")):
        region = Region.objects.get(code=code)
        shut = agency("women", region, f"{region}妇联", f"{region}妇联", by=qian)
        world.put("site", place, region)
        world.put("closed-agency", place, close_agency(shut, reason="撤并", by=qian))


def _rest(world: World) -> None:
    city, people = world.city, world.city.people
    qian, li = people["qian"], people["li"]
    world.put("line", "city", Line.objects.get(code="women"))
    area = add_area(code="3701GX", name="高新区", parent=city.region, by=qian)
    world.put("region", "city", area)
    town = Region.objects.get(code="370102001")
    world.put("overlap", "city", manage_for(town, Region.objects.get(code="370103"), by=qian))
    day = WorkdayOverride.objects.create(day=datetime.date(2026, 5, 5), is_workday=True)
    world.put("workday", "city", day)
    notice(world, "own", li)
    notice(world, "colleague", people["fang"])
    _channels(world)
    world.put("audit-entry", "city", AuditEntry.objects.order_by("seq").first())
    for place, username in (("own", "li"), ("colleague", "fang")):
        token, _ = issue_token(name="取数程序", days=30, by=people[username])
        world.put("token", place, token)
    for place, row in world.things["approved"].items():
        figure = Entry.objects.get(origin="figure", origin_id=row.figures.get().pk)
        world.put("figure", place, figure)
    _workbooks(world)
    _house(world)
    _jobs(world)


def _house(world: World) -> None:
    """What the city and the island have set for their documents: style, roster, dictionary."""
    for place, username in (("city", "wang"), ("abroad", "qin")):
        by = world.city.people[username]
        region = world.city.region if place == "city" else Region.objects.get(code="3702")
        style = set_house(region, House(range_mark="～"), by=by, version=0)
        world.put("house-style", place, style)
        if place == "city":
            # Numbers are each region's own: another one's is no address here.
            world.put("house-version", place, style)
        person = enter(
            region, by=by, part="host", agency=None, body="市委宣传部", name="孟", post="副部长",
            order=1, starts=datetime.date(2020, 1, 1), ends=None,
        )  # fmt: skip
        world.put("roster-person", place, person)
        word = add_word(region, by=by, kind="term", words="弱势群体", instead="困难群众")
        world.put("city-word", place, word)
        book = write([(WORDS, [{"kind": "term", "words": "旧称呼", "instead": "新称呼"}])])
        upload = uploads.keep(book, "词典.xlsx", Upload.Purpose.WORDS, by=by)
        world.put("words-upload", f"by-{username}", upload)
        row = {"part": "host", "body": "市委宣传部", "name": "郑", "post": "部长"}
        book = write([(ROSTER, [row | {"starts": datetime.date(2020, 1, 1)}])])
        upload = uploads.keep(book, "名册.xlsx", Upload.Purpose.ROSTER, by=by)
        world.put("roster-upload", f"by-{username}", upload)


def _channels(world: World) -> None:
    """A robot that leads nowhere, a message that it did not take, and words of the city."""
    channel = Channel.objects.create(
        service="wecom", name="工作群", address="https://robots.invalid/hook", kinds=["overdue"]
    )
    world.put("channel", "city", channel)
    now = timezone.now()
    message = Delivery.objects.create(
        channel=channel, kind="overdue", target_type="round", target_id=1, title="已逾期", text="x",
        link="/submissions/", state="failed", attempts=6, created=now, not_before=now,
    )  # fmt: skip
    world.put("delivery", "city", message)
    chased = world.things["draft"]["colleague"]
    Chase.objects.create(submission=chased, kind="due-soon", occasion="2026-06-08", at=now, told=1)
    words = save_wording("overdue", "{单位}逾期", "{期次}逾期。", by=world.city.people["wang"])
    world.put("wording", "city", words)


def _workbooks(world: World) -> None:
    """Two reviewers of the lead office have sent a catalogue and history, not yet dealt with."""
    for username in ("wang", "wei", "qin"):
        by, place = world.city.people[username], f"by-{username}"
        name = f"{world.canaries.word(f'{place} upload')}.xlsx"
        book = uploads.keep(export_catalogue(), name, Upload.Purpose.CATALOGUE, by=by)
        world.put("upload", place, book)
        old = uploads.keep(past(world, by), name, Upload.Purpose.HISTORY, by=by)
        world.put("history-upload", place, old)
        text = f"{name}。培训农民工71人次，慰问医生88人。".encode()
        home = by.appointments.get().agency.region
        sent = take_past(text, f"{name}.txt", home, span_of("2020"), by=by)
        world.put("past-upload", place, sent)
        batch = history.stage(past(world, by, month=2), by=by, filename=name)
        world.put("batch", place, batch)
    _figures_books(world)
    _reports(world)


def _figures_books(world: World) -> None:
    """Reporters have sent a workbook for their drafts, not yet dealt with."""
    for place in PLACES:
        row, by = world.things["draft"][place], world.city.people[world.homes[place][1]]
        word = world.canaries.word(f"{place} figures upload")
        kept = template_of(row, by=by)
        world.put(
            "figures-upload",
            place,
            uploads.keep(
                noted(kept, word), f"{word}.xlsx", Upload.Purpose.SUBMISSION, by=by, about=row.pk
            ),
        )


def _reports(world: World) -> None:
    """Reporters have sent a written report for their drafts."""
    for place in PLACES:
        row, by = world.things["draft"][place], world.city.people[world.homes[place][1]]
        word = world.canaries.word(f"{place} report")
        data = f"{word}。今年共培训农民工71人次。".encode()
        sent = papers.keep(data, f"{word}.txt", Upload.Purpose.REPORT, by=by, about=row.pk)
        world.put("report-upload", place, sent)


def noted(data: bytes, word: str) -> bytes:
    """The template with a note in the last column that is typed."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[FIGURES.name]
    sheet.cell(2, [one.key for one in FIGURES.columns].index("note") + 1).value = word
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def past(world: World, by, month: int = 1) -> bytes:
    """A workbook of history: one figure, and one text with a number in it."""
    own = world.things["indicator"]["own"]
    region = by.appointments.get().agency.region.full_code
    span = f"2020-{month:02d}"
    figure = {"code": own.code, "region": region, "span": span, "value": Quantity(Decimal(12), "")}
    text = {
        "line": own.line.name, "programme": own.programme.name, "region": region, "span": span,
        "text": f"走访{world.canaries.word(f'by-{by.username} history')}，慰问320户。",
    }  # fmt: skip
    return write([(history.ENTRIES, [figure]), (history.PASSAGES, [text])])


def _jobs(world: World) -> None:
    waiting = enqueue("compile-plan", key=world.things["plan"]["city"].pk)
    world.put("job", "waiting", waiting)
    stuck = enqueue("compile-plan", key=world.things["plan"]["abroad"].pk)
    Job.objects.filter(pk=stuck.pk).update(state=State.DEAD)
    world.put("job", "stuck", stuck)
    world.put("schedule", "city", schedules.install("开放期次", "open-rounds", "0 6 * * *"))


def notice(world: World, place: str, user) -> None:
    made = Notice.objects.create(
        recipient=user, kind="opened", title=world.canaries.word(f"{place} notice"), text="请填报。",
        link="/submissions/", target_type="round", target_id=1, created=timezone.now(),
    )  # fmt: skip
    world.put("notice", place, made)
