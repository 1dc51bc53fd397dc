"""Asking an agency to file what a text says and the ledger lacks: asked, answered, filed or withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker.catalogue import rounds
from tracker.catalogue.duties import indicators_of
from tracker.catalogue.models import Duty, Indicator
from tracker.ledger.models import Entry
from tracker.releases import telling
from tracker.releases.models import FigureRequest, Release, Status, Version
from tracker.releases.waivers import stops_of
from tracker.submissions.models import Submission

State = FigureRequest.State
PEOPLE = ("reviewer", "editor", "issuer")


def may_ask_figure(user: User, release: Release) -> Verdict:
    """Whoever works on the draft."""
    if not user.reach.leads_region(release.region, *PEOPLE):
        return refused("只有牵头单位的主管、编辑和签发人可以请单位补报。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不再请单位补报。")
    return ALLOWED


def may_reply(user: User, asked: FigureRequest) -> Verdict:
    """The asked agency's reporters and signers, once."""
    own = (user.reach.has(role, asked.agency_id) for role in ("reporter", "signer"))
    if not any(own):
        return refused("只有被请补报的单位可以答复。")
    return _still_open(asked)


def may_withdraw_request(user: User, asked: FigureRequest) -> Verdict:
    verdict = may_ask_figure(user, asked.release)
    return _still_open(asked) if verdict else verdict


def _still_open(asked: FigureRequest) -> Verdict:
    if asked.state != State.ASKED:
        return refused(f"这项补报请求{asked.get_state_display()}。")
    return ALLOWED


@transaction.atomic
def ask_figure(
    version: Version,
    digest: str,
    agency: Agency,
    *,
    by: User,
    wanted: str,
    indicator: Indicator | None = None,
) -> FigureRequest:
    """Ask the agency for the figure of this finding; it is told `wanted` and nothing else of the text."""
    release = Release.objects.select_for_update().get(pk=version.release_id)
    require(may_ask_figure(by, release))
    if not wanted.strip():
        raise ValidationError("请写明要补报什么。", "wanted")
    stop = next((one for one in stops_of(version) if one.digest == digest), None)
    if stop is None:
        require(refused("这处文字已经改过或不再有问题，不需要补报。"))
    try:
        with transaction.atomic():
            made = FigureRequest.objects.create(
                release=release,
                agency=agency,
                indicator=indicator,
                digest=digest,
                raw=stop.raw[:200],
                wanted=wanted.strip()[:300],
                asked_by=by,
            )
    except IntegrityError:
        require(refused("这处已经请单位补报，先撤回原来的请求才能另请。"))
    audit.record(by, "figure_request.ask", made, release=release.pk, agency=agency.name)
    telling.figure_asked(made)
    return made


@transaction.atomic
def reply(asked: FigureRequest, words: str, *, by: User) -> FigureRequest:
    """The agency's answer: that it is filed and where, or why there is no such figure."""
    asked = _held(asked)
    require(may_reply(by, asked))
    if not words.strip():
        raise ValidationError("请写明答复。", "reply")
    _close(asked, State.REPLIED, by, words.strip()[:500])
    telling.figure_answered(asked)
    return asked


@transaction.atomic
def withdraw_request(asked: FigureRequest, *, by: User) -> FigureRequest:
    """It was asked of the wrong agency, or is not needed any more."""
    asked = _held(asked)
    require(may_withdraw_request(by, asked))
    return _close(asked, State.WITHDRAWN, by)


def _held(asked: FigureRequest) -> FigureRequest:
    rows = FigureRequest.objects.select_for_update(of=("self",))
    return rows.select_related("release__region", "release__span", "agency", "asked_by").get(pk=asked.pk)  # fmt: skip


def _close(asked: FigureRequest, state: str, by: User | None, words: str = "") -> FigureRequest:
    asked.state, asked.reply, asked.closed_by = state, words, by
    asked.closed_at = timezone.now()
    asked.save()
    audit.record(by, f"figure_request.{state}", asked, reply=words)
    return asked


@transaction.atomic
def settle_filed() -> int:
    """Close what has been approved since it was asked for, and tell who asked; how many."""
    rows = with_filed(FigureRequest.objects.open().select_for_update(of=("self",)))
    filed = [one for one in rows.select_related("release__span", "agency") if one.filed]
    for one in filed:
        telling.figure_answered(_close(one, State.FILED, None))
    return len(filed)


def with_filed(rows: QuerySet[FigureRequest]) -> QuerySet[FigureRequest]:
    """Each with `filed`: an entry of the agency, the period and the named indicator was approved since."""
    since = Entry.objects.current().filter(
        agency=OuterRef("agency"),
        span=OuterRef("release__span"),
        approved_at__gt=OuterRef("asked_at"),
    )
    named = Exists(since.filter(indicator=OuterRef("indicator")))
    return rows.annotate(filed=Q(indicator__isnull=True) & Exists(since) | named)


def filed_since(asked: FigureRequest) -> bool:
    """Does an entry stand that answers the request?"""
    return with_filed(FigureRequest.objects.filter(pk=asked.pk)).get().filed


@dataclass(frozen=True)
class Form:
    """A form of the agency in which the figure may be filed; `opens` is why not, empty when it may."""

    submission: Submission
    closed: str


def forms_for(asked: FigureRequest) -> list[Form]:
    """The agency's forms of the period and those that are open, the fitting ones first."""
    found = Q(round__span=asked.release.span_id) | Q(round__state="open")
    rows = Submission.objects.filter(found, agency=asked.agency)
    rows = rows.select_related("round__cycle", "round__span", "agency")
    made = [Form(row, _closed(row)) for row in rows.prefetch_related("round__extensions")]
    fitting = [one for one in made if _holds(one.submission, asked)]
    return sorted(fitting, key=lambda one: (bool(one.closed), -one.submission.pk))


def _holds(submission: Submission, asked: FigureRequest) -> bool:
    """Does the form ask for the indicator; for any form where none is named."""
    if asked.indicator_id is None:
        return True
    duty = Duty.objects.filter(cycle=submission.round.cycle_id, agency=submission.agency_id).first()
    return bool(duty) and any(one.pk == asked.indicator_id for one in indicators_of(duty))


def _closed(submission: Submission) -> str:
    if submission.status not in Submission.Status.editable:
        return f"{submission.get_status_display()}，改数须由牵头单位退回"
    came_back = submission.status == Submission.Status.RETURNED
    if not came_back and not rounds.accepts(submission.round, submission.agency, timezone.now()):
        return "已截止，须由牵头单位延期"
    return ""


def states_of(release: Release) -> Iterator[tuple[FigureRequest, bool]]:
    """Every request of a release, and whether its figure has been filed since."""
    rows = with_filed(release.figure_requests.select_related("agency", "asked_by", "closed_by"))
    for row in rows:
        yield row, row.state == State.FILED or row.state == State.ASKED and row.filed
