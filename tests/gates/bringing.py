"""Releases on their way out and after it, for the world of the gates, and what people send about them."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Agency
from tests.releases.walking import signer_of, step
from tracker.documents.tree import Paragraph, Section, Text
from tracker.releases import issuing
from tracker.releases.alarm import copies, correcting
from tracker.releases.chain import acts, scans
from tracker.releases.chain.wanted import set_chain
from tracker.releases.compiling import compile_release
from tracker.releases.genres import Chain
from tracker.releases.models import Alarm, FigureRequest, Release, Version
from tracker.releases.recording import document_of, freeze
from tracker.releases.supplying import ask_figure
from tracker.releases.waivers import ask_waiver, stops_of

ASKING = "press_release"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


def scan(name="单.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")


READERS = {"报": "市委、市政府"}


def read(release, by):
    """Read, and with that ready for its issuer."""
    return step(release, "reading", by)


def bring_out(world, place: str, issued, draft, by, issuer) -> None:
    """Beside an issued release and a draft: what else there is of a city's documents."""
    people, put = world.city.people, world.put
    put("scan", place, scans.keep(draft, scan(), by=by))
    put("number", place, issued.issue_number)
    version = issuing.latest(issued)
    cited = version.citations.filter(entry__isnull=False).first()
    put(
        "alarm", place, Alarm.objects.create(version=version, entry=cited.entry, cause="superseded")
    )
    put("copy", place, copies.note_copy(issued, place="市政府网站", posted_by="信息中心", by=by))
    held = read(compile_release("简报", issued.region, issued.span, settings=READERS), by)
    order = issuing.Order(embargo_until=timezone.now() + datetime.timedelta(days=900))
    held = issuing.issue(held, by=issuer, version=held.version, order=order)
    put("embargoed", place, held)
    put("correction", place, correcting.begin_correction(held, by=by))
    _stopped(world, place, issued, by, people["wu"] if place == "city" else issuer)
    _asking(world, place, issued, by)


def _stopped(world, place: str, issued, by, asks) -> None:
    """A draft with two figures that nobody reported; for one a waiver was asked."""
    made = compile_release("简报", issued.region, issued.span, by=by)
    words = (Paragraph((Text("另有9871人参加。"),)), Paragraph((Text("还有5432人到场。"),)))
    document = document_of(issuing.latest(made))
    sections = (*document.sections, Section("more", None, words))
    version = freeze(
        made, type(document)(document.title, sections, document.profile, document.meta),
        kind=Version.Kind.EDITED, by=asks, snapshot=issuing.latest(made).snapshot, remarks=[],
    )  # fmt: skip
    world.put("stopped", place, made)
    first, other = stops_of(version)
    _supplying(world, place, version, other, asks)
    world.put("waiver", place, ask_waiver(version, first.digest, "会议签到统计", by=asks))


def _supplying(world, place: str, version, stop, by) -> None:
    """The figure was asked of the union and of the league, each by a text of its own."""
    city = world.city
    agencies = {"own": city.union, "other": city.league} if place == "city" else {place: None}
    for name, agency in agencies.items():
        row = ask_figure(
            version,
            stop.digest,
            agency or Agency.objects.filter(region=version.release.region).first(),
            by=by,
            wanted=world.canaries.word(f"{name} wanted figure"),
        )
        FigureRequest.objects.filter(pk=row.pk).update(digest=f"{row.pk:064d}")
        world.put("request", name, FigureRequest.objects.get(pk=row.pk))


def _asking(world, place: str, issued, by) -> None:
    """Drafts that wait for the agencies: one to be sent out, one that an agency differs on."""
    setting = set_chain(issued.region, ASKING, Chain(readings=0, countersign=True), by=by)
    world.things.setdefault("genre", {"city": setting})
    world.put("asking", place, compile_release(ASKING, issued.region, issued.span, by=by))
    sent = compile_release(ASKING, issued.region, issued.span, by=by)
    for row in acts.ask_agencies(sent, by=by, version=sent.version):
        signer = signer_of(row.agency, world.city.people)
        acts.answer(row, by=signer, agrees=False, opinion="口径应为全市")
        name = {"union": "own", "league": "other"}[row.agency.line.code]
        world.put("countersign", name if place == "city" else place, row)


# What people send.


def fresh(release) -> dict:
    return {"version": Release.objects.values_list("version", flat=True).get(pk=release.pk)}


def refusing(world, release) -> dict:
    return fresh(release) | {"kind": "sign", "outcome": "returned", "opinion": "开头太长"}


def of_release(name: str):
    return lambda row: {"pk": row.release_id, name: row.pk}


def of_alarm(row) -> dict:
    return {"pk": row.version.release_id, "alarm": row.pk}


def finding(world, release) -> dict:
    version = issuing.latest(release)
    return {"digest": stops_of(version)[-1].digest, "number": version.number, "reason": "签到统计"}


def wanted(world, release) -> dict:
    """The other finding: of an agency of the release's own region."""
    version = issuing.latest(release)
    agency = Agency.objects.active().filter(region=release.region).order_by("pk").first()
    return {
        "digest": stops_of(version)[-1].digest, "number": version.number, "agency": agency.pk,
        "wanted": "到场人数",
    }  # fmt: skip


def empty_number(world, thing) -> dict:
    return {"masthead": "工作简报", "year": 2026, "number": 77, "reason": "印错"}


def newest(release) -> int:
    return issuing.latest(release).number
