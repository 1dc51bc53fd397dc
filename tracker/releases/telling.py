"""Who learns what about a release: whose turn it is, what came back, what no longer stands."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.models import Region, RoleGrant, User, lead_office_of
from tracker.notices.services import notify
from tracker.releases.models import (
    Countersign,
    CountersignAnswer,
    FigureRequest,
    Release,
    Step,
    Waiver,
)

READERS, CLEARERS = ("reviewer", "editor"), ("reviewer", "issuer")
TURNS = {
    Step.Kind.READING: READERS,
    "countersign": READERS,
    Step.Kind.SECRECY: CLEARERS,
    Step.Kind.SIGN: ("issuer",),
}


def holders(agency: int | None, roles: Iterable[str]) -> set[User]:
    """The people who hold one of these roles today at an agency."""
    grants = RoleGrant.objects.current(timezone.localdate()).filter(
        role__in=roles, appointment__agency=agency
    )
    return set(User.objects.filter(appointments__grants__in=grants).distinct())


def lead_people(region: Region, roles: Iterable[str]) -> set[User]:
    """The people of the region's lead office who hold one of these roles."""
    lead = lead_office_of(region)
    return holders(lead.pk, roles) if lead else set()


def authors(release: Release) -> set[User]:
    """Who compiled it and who worked on its words; the editors where the system compiled it alone."""
    people = {row.by for row in release.versions.select_related("by") if row.by}
    people |= {release.compiled_by} if release.compiled_by else set()
    return {one for one in people if one.is_active} or lead_people(release.region, READERS)


def after_step(release: Release, step: Step, state) -> None:
    """What was returned goes to its authors, what was agreed to to whose turn is next."""
    if step.outcome == Step.Outcome.RETURNED:
        _returned(authors(release), release, step.get_kind_display(), step.opinion, f"s{step.pk}")
    else:
        whose_turn(release, state, apart={step.recorded_by})


def whose_turn(release: Release, state, apart: Iterable[User | None] = ()) -> set[User]:
    """Tell those who can take the next step, `apart` from some; who they are."""
    stage = state.next
    if stage is None:
        return set()
    people = lead_people(release.region, TURNS[stage.kind]) - set(apart)
    notify(
        people, "release-turn", about=release, link=release.get_absolute_url(), occasion=turn(state),
        release=release.title, step=stage.name,
    )  # fmt: skip
    return people


def turn(state) -> str:
    """These words at their next step: a person is told of it once."""
    return f"{state.digest[:16]}-{state.next.kind}{state.next.ordinal}"


def asked(rows: Iterable[Countersign]) -> None:
    """The agencies' signers, and their reporters who may record a paper."""
    for row in rows:
        due = f"{timezone.localtime(row.due_at):%Y-%m-%d %H:%M}"
        notify(
            holders(row.agency_id, ("signer", "reporter")),
            "countersign",
            about=row,
            link=reverse("countersign", args=[row.pk]),
            release=row.release.title,
            due=due,
        )


def after_answer(release: Release, made: CountersignAnswer, state) -> None:
    """A differing opinion goes to the authors at once; the next stage is told when all have agreed."""
    if made.outcome == CountersignAnswer.Outcome.DIFFERS:
        agency = made.countersign.agency.short_name
        people = authors(release) | lead_people(release.region, CLEARERS)
        _returned(people, release, f"{agency}会签", made.opinion, f"c{made.pk}")
    elif state.next is None or state.next.kind != "countersign":
        whose_turn(release, state)


def waiver_asked(waiver: Waiver) -> None:
    release = waiver.release
    notify(
        lead_people(release.region, CLEARERS) - {waiver.asked_by},
        "waiver",
        about=waiver,
        link=reverse("waiver-list", args=[release.pk]),
        release=release.title,
        person=waiver.asked_by.name,
    )


def figure_asked(asked: FigureRequest) -> None:
    """The agency's reporters and signers; they hear neither the title nor a word of the text here."""
    notify(
        holders(asked.agency_id, ("reporter", "signer")), "figure-request", about=asked,
        link=asked.get_absolute_url(), person=asked.asked_by.name, round=str(asked.release.span),
    )  # fmt: skip


def figure_answered(asked: FigureRequest) -> None:
    """Who asked: that the agency has answered, or that its figure is approved."""
    people = (
        {asked.asked_by} if asked.asked_by.is_active else lead_people(asked.release.region, READERS)
    )
    notify(
        people, "figure-answered", about=asked, link=reverse("waiver-list", args=[asked.release_id]),
        occasion=asked.state, agency=asked.agency.short_name, release=asked.release.title,
        state=asked.get_state_display(),
    )  # fmt: skip


def countersign_due(row: Countersign, day) -> None:
    """The asked agency once more, on each working day after its time."""
    due = f"{timezone.localtime(row.due_at):%Y-%m-%d %H:%M}"
    notify(
        holders(row.agency_id, ("signer", "reporter")), "countersign-due", about=row,
        link=reverse("countersign", args=[row.pk]), occasion=day, release=row.release.title, due=due,
    )  # fmt: skip


def alarmed(release: Release, occasion: str, *, issued: bool) -> None:
    """The people of a release whose figures have changed under it."""
    roles = ("reviewer", "editor", "issuer") if issued else READERS
    people = authors(release) | lead_people(release.region, roles)
    people |= {release.issued_by} if release.issued_by and release.issued_by.is_active else set()
    link = reverse("release-corrections", args=[release.pk])
    state = release.get_status_display()
    notify(
        people, "release-alarm", about=release, link=link, occasion=occasion[:80],
        release=release.title, state=state,
    )  # fmt: skip


def _returned(people: Iterable[User], release: Release, step: str, reason: str, occasion: str):
    notify(
        people, "release-returned", about=release, link=release.get_absolute_url(),
        occasion=occasion, release=release.title, step=step, reason=reason,
    )  # fmt: skip
