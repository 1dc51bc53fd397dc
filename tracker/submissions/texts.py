"""The texts of a submission, and the numbers inside them that a person confirms."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import ProtectedError

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require
from tracker.catalogue.dictionary import names_kept_whole
from tracker.catalogue.models import Programme
from tracker.language.figures import recognise

from .drafting import Clash, editable, touched
from .models import Narrative, NarrativeFigure, Submission
from .rules import may_edit_text


@transaction.atomic
def save_narrative(
    submission: Submission,
    programme: Programme,
    kind: str,
    text: str,
    *,
    by: User,
    narrative: Narrative | None = None,
    seen: int = 0,
    speaker: str = "",
    question: str = "",
) -> Narrative:
    """Save a text of a programme. Its numbers have to be confirmed again when it changed.

    Raises Clash when it was changed meanwhile, Refused when the programme is another line's.
    """
    submission = editable(submission, by)
    require(may_edit_text(by, submission, narrative))
    if programme.line_id != submission.agency.line_id:
        require(refused("这个项目不属于本单位的条线。"))
    if narrative and narrative.submission_id != submission.pk:
        require(refused("这段文字不属于本次报送。"))
    row = narrative or Narrative(submission=submission, version=0)
    if narrative and narrative.version != seen:
        raise Clash({narrative.pk: narrative})
    if row.text != text:
        row.pk and row.figures.all().delete()
    row.programme, row.kind, row.text = programme, kind, text.strip()
    row.speaker, row.question = speaker.strip(), question.strip()
    row.edited_by, row.version = by, row.version + 1
    row.save()
    touched(submission)
    return row


@transaction.atomic
def remove_narrative(narrative: Narrative, *, by: User) -> None:
    """Take a text out of an editable submission; what was asked about is answered, not removed."""
    submission = editable(narrative.submission, by)
    require(may_edit_text(by, submission, narrative))
    audit.record(by, "narrative.remove", submission, programme=str(narrative.programme))
    try:
        narrative.delete()
    except ProtectedError:
        require(refused("这段文字有审核意见，不能删除，请改写。"))
    touched(submission)


def whole_names(*programmes: Programme) -> tuple[str, ...]:
    """The names in which a numeral counts nothing: those of the programmes and of the city's dictionary."""
    own = [one.protected_name for one in programmes if one.protected_name]
    return (*own, *names_kept_whole())


def numbers_in(text: str, protected: Iterable[str] = ()) -> tuple:
    """The figures of a text, to be confirmed by a person as passage figures."""
    return recognise(text, protected=tuple(protected)).figures


@transaction.atomic
def confirm_numbers(narrative: Narrative, starts: Iterable[int], *, by: User) -> int:
    """Confirm the numbers that begin at these offsets as passage figures; how many stand now."""
    submission = editable(narrative.submission, by)
    require(may_edit_text(by, submission, narrative))
    wanted = set(starts)
    narrative.figures.all().delete()
    found = numbers_in(narrative.text, whole_names(narrative.programme))
    NarrativeFigure.objects.bulk_create(
        NarrativeFigure(
            narrative=narrative,
            start=number.start,
            end=number.end,
            raw=number.raw,
            value=number.value,
            unit=number.unit,
            qualifier=number.qualifier,
            role=number.role,
            confirmed_by=by,
        )
        for number in found
        if number.start in wanted
    )
    touched(submission)
    return narrative.figures.count()


def texts_of(submission: Submission) -> list[Narrative]:
    """Its texts, each with its programme and its confirmed numbers."""
    rows = submission.narratives.select_related("programme")
    return list(rows.prefetch_related("figures"))


def unconfirmed(
    submission: Submission, texts: Iterable[Narrative] | None = None
) -> dict[Narrative, list]:
    """The numbers in the submission's texts that nobody has confirmed yet."""
    open_numbers = {}
    texts = texts_of(submission) if texts is None else list(texts)
    kept = names_kept_whole() if texts else ()
    for narrative in texts:
        done = {figure.start for figure in narrative.figures.all()}
        found = numbers_in(narrative.text, (narrative.programme.protected_name, *kept))
        if missing := [number for number in found if number.start not in done]:
            open_numbers[narrative] = missing
    return open_numbers
