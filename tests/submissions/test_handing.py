"""A hand-over takes the open work along: nothing before the roles are confirmed, nothing twice."""

import pytest
from django.urls import reverse

from accounts.models import HandOver, RoleGrant
from accounts.services import confirm_roles, hand_over, open_account
from tests.cast import settled
from tracker.notices.models import Notice
from tracker.submissions.handing import follow, open_work, settle_open
from tracker.submissions.services import Change, save_figures, submit


@pytest.fixture
def heir(qian):
    """林 is new at the union and has no post yet."""
    user, _ = open_account(name="林", username="lin", by=qian)
    return settled(user)


@pytest.fixture
def post(li):
    return li.appointments.get()


def confirmed(zhou):
    confirm_roles(RoleGrant.objects.pending(), by=zhou)


def told(person) -> list[tuple[str, str]]:
    return [(one.kind, one.link) for one in Notice.objects.filter(recipient=person).order_by("pk")]


def test_nothing_follows_before_the_roles_are_confirmed(submission, post, heir, qian):
    handed = hand_over(post, to=heir, by=qian)
    assert follow(handed, by=qian) == []
    handed.refresh_from_db()
    assert handed.settled_at is None
    assert told(heir) == []


def test_the_open_work_follows_and_the_hand_over_is_settled(submission, post, heir, qian, zhou):
    handed = hand_over(post, to=heir, by=qian)
    confirmed(zhou)
    assert follow(handed, by=zhou) == [submission]
    handed.refresh_from_db()
    assert handed.settled_at is not None
    assert told(heir) == [("handed-over", submission.get_absolute_url())]
    [notice] = Notice.objects.filter(recipient=heir)
    assert notice.title == "李已把市总工会的工作移交给您：月度工作数据（2026年6月）"
    assert "目前草稿，请接着办理" in notice.text


def test_it_follows_once(submission, post, heir, qian, zhou):
    handed = hand_over(post, to=heir, by=qian)
    confirmed(zhou)
    assert settle_open(by=zhou) == 1
    assert settle_open(by=zhou) == 0
    assert follow(handed, by=zhou) == []
    assert len(told(heir)) == 1


def test_what_the_giver_never_read_goes_to_the_taker(submission, post, heir, li, qian, zhou):
    Notice.objects.create(
        recipient=li, kind="opened", title="开始填报", text="请填报", link="/", occasion="opened",
        target_type="submission", target_id=submission.pk, created=submission.round.opens_at,
    )  # fmt: skip
    handed = hand_over(post, to=heir, by=qian)
    confirmed(zhou)
    follow(handed, by=zhou)
    assert sorted(kind for kind, _ in told(heir)) == ["handed-over", "opened"]
    assert not Notice.objects.unread().filter(recipient=li).exists()


def test_one_who_keeps_the_post_keeps_the_notices(submission, post, heir, li, qian, zhou):
    Notice.objects.create(
        recipient=li, kind="opened", title="开始填报", text="请填报", link="/", occasion="opened",
        target_type="submission", target_id=submission.pk, created=submission.round.opens_at,
    )  # fmt: skip
    handed = hand_over(post, to=heir, keep=True, by=qian)
    confirmed(zhou)
    follow(handed, by=zhou)
    assert Notice.objects.unread().filter(recipient=li).count() == 1


def test_a_signers_work_is_what_waits_for_a_signature(
    submission, trained, money, city, zhang, li, heir, qian, zhou
):
    post = zhang.appointments.get()
    assert open_work(post, {"signer"}) == []
    save_figures(
        submission, [Change(trained.pk, city.pk, "1"), Change(money.pk, city.pk, "1")], by=li
    )
    submission.refresh_from_db()
    submit(submission, by=li, version=submission.version)
    assert open_work(post, {"signer"}) == [submission]


def test_confirming_the_role_on_its_page_settles_the_hand_over(
    submission, post, heir, li, qian, zhou, sign_in
):
    page = sign_in(qian).get(reverse("hand-over", args=[post.pk])).content.decode()
    assert "随之移交1项：月度工作数据（2026年6月）（草稿）" in page
    sign_in(qian).post(reverse("hand-over", args=[post.pk]), {"to": heir.pk, "note": "调岗"})
    handed = HandOver.objects.get()
    assert handed.settled_at is None
    grants = [one.pk for one in RoleGrant.objects.pending()]
    sign_in(zhou).post(reverse("grant-confirm"), {"grant": grants})
    handed.refresh_from_db()
    assert handed.settled_at is not None
    desk = sign_in(heir).get(reverse("submission-desk"))
    assert [row.submission for row in desk.context["owed"]] == [submission]
    assert sign_in(li).get(submission.get_absolute_url()).status_code == 404
