"""Ending an alarm: by the corrected document, or because people judged that none is needed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker.releases.models import Alarm, Release


def settle_corrected(release: Release, *, by: User) -> None:
    """A correction that went out ends the alarms of what it replaces; nothing for any other release."""
    if release.corrects_id:
        open_alarms(release.corrects).update(
            settled_at=timezone.now(), settled_by=by, outcome=Alarm.Outcome.CORRECTED
        )


def open_alarms(release: Release):
    return Alarm.objects.open().filter(version__release=release)


def may_judge(user: User, alarm: Alarm) -> Verdict:
    """Reviewers and issuers of the lead office."""
    if not user.reach.leads_region(alarm.version.release.region, "reviewer", "issuer"):
        return refused("只有牵头单位的主管和签发人可以了结失效提醒。")
    if alarm.settled_at:
        return refused(f"这项提醒{alarm.get_outcome_display()}。")
    return ALLOWED


@transaction.atomic
def judge(alarm: Alarm, *, by: User, note: str) -> Alarm:
    """Say why what went out needs no correction; the reason stays beside the document."""
    require(may_judge(by, alarm))
    if not note.strip():
        raise ValidationError("请写明不需更正的理由。")
    settled = {
        "settled_at": timezone.now(),
        "settled_by": by,
        "outcome": Alarm.Outcome.JUDGED,
        "note": note.strip()[:500],
    }
    if not Alarm.objects.open().filter(pk=alarm.pk).update(**settled):
        require(refused("这项提醒已经了结。"))
    audit.record(by, "alarm.judge", alarm.version.release, alarm=alarm.pk, note=note)
    return Alarm.objects.get(pk=alarm.pk)
