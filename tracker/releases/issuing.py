"""The last step: a named person issues a draft, and what went out is frozen; or takes it back."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, User
from accounts.rules import Refused, require
from tracker import workflow
from tracker.documents.provenance import provenance_json
from tracker.documents.tree import Document
from tracker.language.dates import say_date
from tracker.ledger.publishing import publish
from tracker.releases import mailing, numbering
from tracker.releases.alarm.settling import settle_corrected
from tracker.releases.chain.signing import signature
from tracker.releases.chain.state import State, state_of
from tracker.releases.files import ENDINGS, freeze_files, written
from tracker.releases.house.style import say_issue, say_total
from tracker.releases.models import Issuance, IssueNumber, Release, Status, Step, Version
from tracker.releases.openslots import OPEN, frame_slots, settled_at_issue
from tracker.releases.provenance import provenance_of
from tracker.releases.publicity import default_mode, may_publish
from tracker.releases.recording import document_of, freeze, numbered
from tracker.releases.rules import may_issue, may_lift_embargo, may_withdraw

Mode = Issuance.Mode
TRIES = 5
READER = "呈报"


@dataclass(frozen=True)
class Order:
    """What the issuer decides beside yes: the number, to whom, since when. Empty: as usual.

    `readers` are the agencies that may see it in the system; none means all of the region.
    """

    mode: str = ""
    number: int | None = None
    total: int | None = None
    report_to: str = ""
    send_to: str = ""
    hand_to: str = ""
    copies: int | None = None
    embargo_until: datetime.datetime | None = None
    readers: Sequence[Agency] = ()


def latest(release: Release) -> Version:
    """The version that stands."""
    return release.versions.order_by("number").last()


def first_of(release: Release) -> Release:
    """What went out first, of a correction; else the release itself."""
    while release.corrects_id:
        release = release.corrects
    return release


def issue(
    release: Release, *, by: User, version: int, note: str = "", order: Order | None = None
) -> Release:
    """Issue the latest version and freeze its files; `version` is the release's as the person saw it.

    Signs it too where nobody has signed before. Refused when a rule says no, Stale when the draft has
    changed meanwhile.
    """
    order = order or Order()
    release = Release.objects.select_related("region", "corrects__issued_by").get(pk=release.pk)
    if release.version != version:
        raise workflow.Stale(release)
    require(may_issue(by, release))
    for _ in range(TRIES):
        try:
            return _issue(release, by, version, note.strip(), order)
        except numbering.NumberTaken as taken:
            if order.number or order.total:
                raise Refused(f"{taken}已经用过，请换一个期号，或留空由系统编定。") from taken
    raise Refused("期号正被他人占用，请再试一次。")


def _issue(release: Release, by: User, version: int, note: str, order: Order) -> Release:
    last, state = latest(release), state_of(release)
    mode = order.mode or default_mode(release, state.openness)
    _require_sound(release, last, state, mode, order, by, note)
    number = _number(release, document_of(last), mode, order, by)
    document = final(release, document_of(last), number, order)
    _require_filled(document)
    changed = document != document_of(last)
    if changed:
        document = numbered(document, last.number + 1)
    # Slow work first: the files are a pure function of a document that never changes.
    rows = provenance_of(document, release)
    made = {ending: written(document, rows, ending) for ending in ENDINGS}
    facts = hashlib.sha256(provenance_json(document, rows).encode()).hexdigest()
    with transaction.atomic():
        if number and not number.pk:
            numbering.give(number)
        issued = workflow.advance(
            release,
            Status.ISSUED,
            by=by,
            rule=may_issue,
            version=version,
            note=note,
            issued_by=by,
            issued_at=timezone.now(),
            embargo_until=order.embargo_until,
        )
        if latest(issued) != last:
            raise workflow.Stale(issued)
        issued.readers.set(order.readers)
        signed = _signed(issued, last, state, note, by)
        final_version = _final(issued, document, last, by) if changed else last
        freeze_files(final_version, made)
        _keep(issued, final_version, mode, state, signed, facts, order, by)
        settle_corrected(issued, by=by)
        # From here on these figures are made good for in a later period, not moved.
        publish(_quoted(final_version), where=issued.title, by=by)
        mailing.put_down(issued)
    return issued


def _quoted(version: Version) -> list[int]:
    """The ids of the entries that a version quotes."""
    quoted = version.citations.filter(entry__isnull=False)
    return list(quoted.values_list("entry", flat=True))


def _require_sound(release, last, state: State, mode, order: Order, by: User, note: str) -> None:
    if mode == Mode.PUBLISH:
        require(may_publish(release, last, state.openness))
    if order.embargo_until and order.embargo_until <= timezone.now():
        raise Refused("“此前不得下载”的时间要在现在以后。")
    original = release.corrects
    if original and original.issued_by_id != by.pk and not note:
        name = original.issued_by.name
        raise Refused(f"更正稿应由原签发人{name}签发；由他人签发的，请在“意见”里写明原因。")


def _number(
    release: Release, document: Document, mode: str, order: Order, by: User
) -> IssueNumber | None:
    """A correction keeps the number of what it corrects."""
    if release.corrects_id:
        return IssueNumber.objects.filter(release=first_of(release)).first()
    masthead = document.line("masthead")
    if not masthead or mode != Mode.PRINT:
        return None
    return numbering.propose(release, masthead, number=order.number, total=order.total, by=by)


def _require_filled(document: Document) -> None:
    if open_ := frame_slots(document):
        lines = "、".join(line.partition("：")[0] for line in open_)
        raise Refused(f"版记里还有待补的内容（{lines}）。请在签发时填写报送范围。")


def final(
    release: Release, document: Document, number: IssueNumber | None, order: Order
) -> Document:
    """The document with what is only known at issuing: its number, day, readers, the note of a correction."""
    meta = dict(document.meta)
    if number:
        meta["issue"] = _numbered(document, number)
    if OPEN in document.line("date"):
        meta["date"] = say_date(timezone.localdate())
    foot = _readers(document, order)
    if foot and document.line("masthead"):
        meta["foot"] = (*foot, *([f"共印{order.copies}份"] if order.copies else []))
    if release.correction_note:
        meta["correction"] = tuple(filter(None, release.correction_note.splitlines()))
    return document if meta == dict(document.meta) else replace(document, meta=meta)


def _numbered(document: Document, number: IssueNumber) -> str:
    """第22期（总第198期）, or as the city says it that the document was compiled for."""
    if not (own := document.lines("numbering")):
        return number.words
    return say_issue(own[0], number.number, number.year) + say_total(own[1], number.total)


def _readers(document: Document, order: Order) -> list[str]:
    """报、送、发; a paper for one reader says 呈报."""
    report = READER if any(line.startswith(READER) for line in document.lines("foot")) else "报"
    lines = {report: order.report_to, "送": order.send_to, "发": order.hand_to}
    return [f"{name}：{to.strip().rstrip('。')}。" for name, to in lines.items() if to.strip()]


def _final(release: Release, document: Document, last: Version, by: User) -> Version:
    return freeze(
        release,
        document,
        kind=Version.Kind.FINAL,
        by=by,
        snapshot=last.snapshot,
        remarks=settled_at_issue(last.remarks),
    )


def _signed(release: Release, last: Version, state: State, note: str, by: User) -> Step:
    """Who signed: before, on line or on paper; else who issues it now."""
    stage = state.stage(Step.Kind.SIGN)
    if stage.done:
        return stage.step
    return Step.objects.create(
        release=release,
        version=last,
        digest=state.digest,
        kind=Step.Kind.SIGN,
        outcome=Step.Outcome.AGREED,
        opinion=note,
        **signature(release, None, by=by, at=release.region),
    )


def _keep(release, version, mode, state: State, signed: Step, facts, order: Order, by) -> None:
    done = [stage.step for stage in state.stages if stage.step and stage.step != signed]
    Issuance.objects.create(
        release=release,
        version=version,
        mode=mode,
        openness=state.openness,
        report_to=order.report_to,
        send_to=order.send_to,
        hand_to=order.hand_to,
        copies=order.copies,
        signed_by=signed.signer_name,
        chain=[*map(_told, [*done, signed]), *_agencies(state)],
        facts=facts,
        by=by,
    )


def _told(step: Step) -> dict:
    return {
        "step": step.get_kind_display(),
        "number": step.ordinal,
        "signer": step.signer_name,
        "recorded_by": step.recorded_by.name,
        "paper": step.on_paper,
        "at": step.at.isoformat(timespec="seconds"),
        "opinion": step.opinion,
        "digest": step.digest,
    }


def _agencies(state: State) -> list[dict]:
    stage = state.stage("countersign")
    return [
        {"step": "会签", "agency": word.agency.name, "outcome": word.says,
         "opinion": word.answer.opinion if word.answer else "", "digest": word.part.digest}
        for word in (stage.words if stage else ())
    ]  # fmt: skip


@transaction.atomic
def withdraw(release: Release, *, by: User, version: int, note: str = "") -> Release:
    """Take back what was issued, or drop a draft; the versions and files stay on record.

    The number of what was issued becomes void. A draft has none to lose.
    """
    withdrawn = workflow.advance(
        release, Status.WITHDRAWN, by=by, rule=may_withdraw, version=version, note=note
    )
    used = IssueNumber.objects.filter(release=withdrawn, voided_at=None).first()
    if used:
        numbering.void_number(used, by=by, reason=note.strip() or "文稿撤回")
    return withdrawn


@transaction.atomic
def lift_embargo(release: Release, *, by: User, version: int) -> Release:
    """Let it be downloaded from now on."""
    release = workflow.fresh(release, version)
    require(may_lift_embargo(by, release))
    Release.objects.filter(pk=release.pk).update(embargo_until=None, version=version + 1)
    audit.record(by, "release.lift_embargo", release, until=release.embargo_until)
    lifted = Release.objects.get(pk=release.pk)
    mailing.hasten(lifted)
    return lifted
