"""What stands beside a release for the people who bring it out: its chain, and whose turn it is."""

from django.utils import timezone

from accounts.models import User
from tracker.releases.chain.handing import may_hand_in
from tracker.releases.chain.rules import may_ask, may_record, may_take
from tracker.releases.chain.state import COUNTERSIGN, state_of
from tracker.releases.models import Release, Status
from tracker.releases.openslots import unread_lines
from tracker.releases.recording import document_of

from .chain_forms import AskForm, OrderForm, PaperStepForm, StepForm


def chain_context(user, record: Release) -> dict:
    """What the side of the release page shows of the chain, and the forms of whose turn it is."""
    state = state_of(record)
    stage = state.next
    context = {"chain": state, "stage": stage, "may_ask": may_ask(user, record, state)}
    if record.status != Status.DRAFT or stage is None:
        return context
    if stage.kind == COUNTERSIGN:
        unasked = any(not word.asked for word in stage.words)
        return context | {"unasked": unasked, "ask_form": AskForm(initial=seen(record))}
    kind = seen(record) | {"kind": stage.kind}
    return context | {
        "may_take": may_take(user, record, stage, state),
        "may_record": may_record(user, record, stage, state),
        "may_hand_in": may_hand_in(user, record, state),
        "step_form": StepForm(initial=kind, kind=stage.kind, auto_id="step_%s"),
        "paper_form": PaperStepForm(initial=kind, kind=stage.kind, auto_id="paper_%s"),
    }


def seen(record: Release) -> dict:
    return {"version": record.version}


def order_form(*bound, record: Release) -> OrderForm:
    """The form of issuing; what was posted binds it."""
    document = document_of(record.versions.order_by("number").last())
    return OrderForm(
        *bound,
        initial=seen(record),
        release=record,
        masthead=document.line("masthead"),
        year=timezone.localdate().year,
        unread=bool(unread_lines(document)),
    )


def beside(user: User, record: Release) -> dict:
    """The chain, and the form of issuing where it is needed."""
    context = chain_context(user, record)
    if record.status == Status.DRAFT:
        context["issue_form"] = order_form(record=record)
    return context
