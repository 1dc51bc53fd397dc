"""Pictures for a feature: approved, captioned, asked for by their caption; nothing else gets out."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import factories
from tracker.releases.pictures import captions, pictures
from tracker.submissions.models import Evidence, Submission

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


@pytest.fixture
def submission(ground, year):
    cycle = factories.cycle(ground.city.union, name="年度工作")
    cycle.region = ground.city.region
    cycle.save()
    round_ = factories.open_round(cycle, year)
    return Submission.objects.create(
        round=round_,
        agency=ground.city.union,
        status=Submission.Status.APPROVED,
        decided_by=ground.people["wang"],
        decided_at=timezone.now(),
        filed_at=timezone.now(),
        submitted_by=ground.people["li"],
    )


def attached(submission, caption, **fields):
    known = {"name": "a.png", "content_type": "image/png", "size": len(PNG), "sha256": caption}
    row = Evidence(submission=submission, caption=caption, **{**known, **fields})
    row.by = submission.decided_by
    row.file.save("a.png", ContentFile(PNG))
    return row


def found(submission, wanted, lines=()):
    round_ = submission.round
    rows = pictures(round_.cycle.region, round_.span, lines, wanted)
    return [one.caption for one in rows]


def test_they_come_in_the_order_in_which_they_were_asked_for(submission):
    for caption in ("甲", "乙", "丙"):
        attached(submission, caption)
    assert found(submission, "丙；甲") == ["丙", "甲"]
    assert found(submission, "丙;\n甲；丙") == ["丙", "甲"]
    [one] = pictures(submission.round.cycle.region, submission.round.span, (), "乙")
    assert one.source == PNG


def test_what_nobody_asked_for_is_not_read(submission):
    attached(submission, "甲")
    attached(submission, "")
    assert found(submission, "") == found(submission, "；") == []


@pytest.mark.parametrize(
    "fields",
    [{"content_type": "application/pdf"}, {"removed_at": timezone.now}],
    ids=["no picture", "removed"],
)
def test_only_standing_pictures_are_taken(submission, fields):
    attached(submission, "甲", **{k: v() if callable(v) else v for k, v in fields.items()})
    assert found(submission, "甲") == []


def test_only_what_was_approved_is_taken(submission):
    attached(submission, "甲")
    Submission.objects.filter(pk=submission.pk).update(
        status="submitted", decided_by=None, decided_at=None
    )
    assert found(submission, "甲") == []


def test_captions_are_typed_between_semicolons():
    assert captions(" 甲；乙;\n丙 ；") == ["甲", "乙", "丙"]
