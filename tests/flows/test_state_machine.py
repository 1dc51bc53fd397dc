"""R5: every state × act × role of a submission on its way, against a table written from the rules in words.

The table knows nothing of the code: who may do what where, and what comes of it. Walks at random are
followed by aimed ones, which take the table's shortest way to what nobody tried yet, until every cell
was reached. Short by default; SHIJI_MACHINE=2000 runs as many walks at random of 50 steps and prints
the cells that they reached (pytest -s).
"""

import itertools
import os
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import Region
from accounts.rules import Refused
from accounts.services import appoint, confirm_roles, propose_role
from tests import factories
from tests.cast import agency, employ
from tracker.ledger.models import Entry
from tracker.review import services as review
from tracker.submissions import services as filing
from tracker.submissions.drafting import Change
from tracker.submissions.models import Status, Submission
from tracker.workflow import Stale

WALKS = int(os.environ.get("SHIJI_MACHINE", "0"))
SHORT, STEPS = 4, 50 if WALKS else 25

ROLES = (
    "reporter", "signer", "line_reviewer", "reviewer", "both", "editor", "auditor", "stranger",
    "administrator",
)  # fmt: skip
ACTS = (
    "save", "submit", "sign", "send_back", "withdraw", "look", "pass", "approve", "return",
    "reopen", "comment", "stale",
)  # fmt: skip
EDITABLE, UNDER_WAY = ("draft", "returned"), ("signing", "line_review", "submitted")


@dataclass(frozen=True)
class Model:
    """What the table needs to know: where it stands, where it came from, and who had a hand in it."""

    state: str = "draft"
    begun: str = "draft"
    seen: bool = False
    editor: str = "reporter"
    submitter: str = ""
    approved_once: bool = False

    def innocent(self, role: str) -> bool:
        return role not in (self.editor, self.submitter)


def after(model: Model, act: str, role: str) -> Model | None:
    """The table: what the act leads to; None where it is refused."""
    reports, judges = role in ("reporter", "both"), role in ("reviewer", "both")
    state, clean = model.state, model.innocent(role)
    judged = judges and clean and state == "submitted"
    passed = role == "line_reviewer" and state == "line_review"
    table = {
        "save": reports and state in EDITABLE and replace(model, editor=role),
        "submit": reports
        and state in EDITABLE
        and replace(model, state="signing", begun=state, submitter=role, seen=False),
        "sign": role == "signer" and state == "signing" and replace(model, state="line_review"),
        "send_back": role == "signer" and state == "signing" and replace(model, state="returned"),
        "withdraw": reports
        and state in UNDER_WAY
        and not model.seen
        and replace(model, state=model.begun),
        # Whoever may not judge may look all the same; it leaves no trace.
        "look": replace(model, seen=model.seen or judged or passed),
        "pass": passed and replace(model, state="submitted", seen=False),
        "approve": judged and replace(model, state="approved", approved_once=True),
        "return": (judged or passed) and replace(model, state="returned"),
        "reopen": judges and clean and state == "approved" and replace(model, state="returned"),
        "comment": role in ("reporter", "signer", "line_reviewer", "reviewer", "both") and model,
    }
    return table[act] or None


class World:
    """A county union with its people, its superior, the lead office and those who have no part in it."""

    def __init__(self, city):
        qian = city.people["qian"]
        self.county = Region.objects.get(code="370102")
        home = agency("union", self.county, "历下区总工会", "区总工会", by=qian)
        self.indicator = factories.indicator(city.people["li"], "培训农民工", level="county")
        cycle = factories.cycle(home, line_review=True)
        filing.prepare(factories.open_round(cycle, factories.month(2026, 6)))
        both = employ(city, "yan", "严", home, "干事", "reporter")
        both = also_at(city, both, city.lead_office, "reviewer")
        self.people = {
            "reporter": employ(city, "chen", "陈", home, "干事", "reporter"),
            "signer": employ(city, "hao", "郝", home, "主席", "signer"),
            "line_reviewer": employ(city, "he", "何", city.union, "部长", "line_reviewer"),
            "reviewer": city.people["wang"],
            "both": both,
            "editor": city.people["wu"],
            "auditor": city.people["zhao"],
            "stranger": city.people["sun"],
            "administrator": qian,
        }
        self.row = Submission.objects.get()
        self.reached: Counter[tuple[str, str, str]] = Counter()
        self.do("save", "reporter")

    def now(self) -> Submission:
        rows = Submission.objects.select_related("agency__region", "round__cycle")
        return rows.get(pk=self.row.pk)

    def do(self, act: str, role: str) -> None:
        by, row = self.people[role], self.now()
        words = {"by": by, "version": row.version}
        verbs = {
            "save": lambda: self.save(row, by),
            "submit": lambda: filing.submit(row, **words),
            "sign": lambda: filing.sign(row, **words),
            "send_back": lambda: filing.send_back(row, note="请核对", **words),
            "withdraw": lambda: filing.withdraw(row, **words),
            "look": lambda: review.look(row, by=by),
            "pass": lambda: review.pass_line_review(row, **words),
            "approve": lambda: review.approve(row, **words),
            "return": lambda: review.return_(row, note="请核对", **words),
            "reopen": lambda: review.reopen(row, note="请核对", **words),
            "comment": lambda: review.comment(row, "请核对", by=by),
            "stale": lambda: review.approve(row, by=by, version=row.version - 1),
        }
        verbs[act]()

    def save(self, row: Submission, by) -> None:
        figure = row.figures.first()
        change = Change(
            self.indicator.pk, self.county.pk, "12", seen=figure.version if figure else 0
        )
        filing.save_figures(row, [change], by=by)


def also_at(city, user, home, role: str):
    """One more post of the same person."""
    post = appoint(
        user, home, "兼任", starts=user.appointments.get().starts, by=city.people["qian"]
    )
    confirm_roles([propose_role(post, role, by=city.people["qian"])], by=city.people["zhou"])
    user.__dict__.pop("reach", None)
    return user


def trace(world: World) -> tuple:
    row = world.now()
    return (row.status, row.version, row.moves.count(), row.signatures.count(),
            Entry.objects.count(), row.comments.count(), row.seen_at)  # fmt: skip


def walked(world: World, model: Model, act: str, role: str) -> Model:
    """Do it and hold it against the table; the model as it stands afterwards."""
    world.reached[model.state, act, role] += 1
    before = trace(world)
    wanted = model if act == "stale" else after(model, act, role)
    try:
        with transaction.atomic():
            world.do(act, role)
        outcome = "done"
    except Refused as refusal:
        outcome = "refused" if refusal.verdict.reason else "refused without a word"
    except Stale:
        outcome = "stale"
    expected = "stale" if act == "stale" else "done" if wanted else "refused"
    assert (act, role, model, outcome) == (act, role, model, expected)
    if outcome != "done":
        assert trace(world) == before
    wanted = wanted or model
    row = world.now()
    assert (row.status, row.seen_at is not None) == (wanted.state, seen_of(row, wanted))
    return wanted


def seen_of(row: Submission, model: Model) -> bool:
    """A look is remembered until the submission is filed anew."""
    return model.seen if model.state in UNDER_WAY else row.seen_at is not None


def sound(world: World, model: Model) -> None:
    """What holds at every step, whatever the way to it."""
    row = world.now()
    moves = list(row.moves.values_list("from_status", "to_status"))
    assert all(one[1] == two[0] for one, two in itertools.pairwise(moves))
    assert all(to in Status.moves[before] for before, to in moves)
    official = Entry.objects.current().filter(origin="figure").count()
    assert official == (1 if row.status == "approved" else 0)
    if row.status == "approved":
        hands = {row.submitted_by_id, row.signed_by_id, row.figures.get().edited_by_id}
        assert row.decided_by_id not in hands


PATHS = {
    "draft": [],
    "signing": ["submit"],
    "line_review": ["submit", "sign"],
    "submitted": ["submit", "sign", "pass"],
    "approved": ["submit", "sign", "pass", "approve"],
    "returned": ["submit", "sign", "pass", "return"],
}
CELLS = tuple(itertools.product(PATHS, ACTS, ROLES))
DOERS = {"submit": "reporter", "sign": "signer", "pass": "line_reviewer",
         "approve": "reviewer", "return": "reviewer"}  # fmt: skip


@pytest.fixture
def world(city_with_people) -> World:
    return World(city_with_people)


@pytest.mark.parametrize("state", PATHS)
def test_every_act_of_every_role_in_every_state(world, state):
    model, reached = Model(), set()
    for act in PATHS[state]:
        model = walked(world, model, act, DOERS[act])
    for act, role in itertools.product(ACTS, ROLES):
        with transaction.atomic():
            walked(world, model, act, role)
            sound(world, model)
            transaction.set_rollback(True)
        reached.add((act, role))
    assert len(reached) == len(ACTS) * len(ROLES)


def machine(world: World) -> type[RuleBasedStateMachine]:
    class Walk(RuleBasedStateMachine):
        """One walk; everything that it wrote is gone at its end."""

        def __init__(self):
            super().__init__()
            self.model, self.undo = Model(), transaction.atomic()
            self.undo.__enter__()

        @rule(act=st.sampled_from(ACTS), role=st.sampled_from(ROLES))
        def anybody(self, act, role):
            self.model = walked(world, self.model, act, role)

        @rule(ahead=st.sampled_from(sorted(DOERS)))
        def the_right_one(self, ahead):
            """So that walks get somewhere: most acts of most people are refused."""
            self.model = walked(world, self.model, ahead, DOERS[ahead])

        @invariant()
        def holds(self):
            sound(world, self.model)

        def teardown(self):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    return Walk


def walk(world: World, count: int) -> None:
    run_state_machine_as_test(
        machine(world),
        settings=settings(
            max_examples=count, stateful_step_count=STEPS, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def moves_from(model: Model) -> Iterator[tuple[str, str, Model]]:
    """What changes anything, and what comes of it."""
    for act, role in itertools.product(ACTS, ROLES):
        then = model if act == "stale" else after(model, act, role)
        if then and then != model:
            yield act, role, then


def way_to(cells: set, model: Model) -> list[tuple[str, str]]:
    """The table's shortest way from here to one of these cells, its own act last; [] for none."""
    ways, known = deque([(model, [])]), {model}
    while ways:
        here, way = ways.popleft()
        if goal := min((cell for cell in cells if cell[0] == here.state), default=None):
            return [*way, goal[1:]]
        for act, role, then in moves_from(here):
            if then not in known:
                known.add(then)
                ways.append((then, [*way, (act, role)]))
    return []


@contextmanager
def undone():
    """Everything that is written is gone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def aim(world: World, cells: tuple = ()) -> set:
    """Walks of as many steps as the others, each step towards what nobody tried; what no way leads to."""
    while unseen := set(cells or CELLS) - world.reached.keys():
        if not way_to(unseen, Model()):
            return unseen
        with undone():
            model = Model()
            for _ in range(STEPS):
                if not (way := way_to(unseen, model)):
                    break
                model = walked(world, model, *way[0])
                sound(world, model)
                unseen -= world.reached.keys()
    return set()


def reached_by(world: World) -> str:
    """How often each act of each role was tried in each state."""
    lines = [f"{sum(world.reached.values())} steps, {len(world.reached)} of {len(CELLS)} cells"]
    for state in PATHS:
        lines.append(f"{state:14}" + "".join(f"{role:>14}" for role in ROLES))
        for act in ACTS:
            times = (world.reached[state, act, role] for role in ROLES)
            lines.append(f"  {act:12}" + "".join(f"{count:14}" for count in times))
    return "\n".join(lines)


def test_walks_through_submission_and_review_keep_to_the_table(world):
    walk(world, WALKS or SHORT)
    at_random = len(world.reached)
    assert aim(world) == set()
    print(f"{at_random} cells at random;", reached_by(world))  # noqa: T201 - what the long form is run for
    assert [cell for cell in CELLS if cell not in world.reached] == []


def test_a_cell_to_which_no_way_leads_is_named(world, monkeypatch):
    """Planted: nobody passes a line review, so nothing is ever judged."""
    table = after
    monkeypatch.setattr(
        f"{__name__}.after",
        lambda model, act, role: act != "pass" and table(model, act, role) or None,
    )
    lost = aim(world, tuple(cell for cell in CELLS if cell[1:] == ("look", "stranger")))
    assert lost == {("submitted", "look", "stranger"), ("approved", "look", "stranger")}


def test_a_rule_that_forgets_the_hand_somebody_had_is_seen(world, monkeypatch):
    """Planted: whoever filled a figure in may approve it."""
    monkeypatch.setattr("tracker.review.rules.had_no_hand", lambda user, submission: True)
    model = walked(world, Model(), "save", "both")
    for act in ("submit", "sign", "pass"):
        model = walked(world, model, act, DOERS[act])
    with pytest.raises(AssertionError):
        walked(world, model, "approve", "both")
