"""A person's notices on their page."""

import pytest

from tracker.notices import services as notices
from tracker.notices.models import Notice

pytestmark = pytest.mark.django_db


def tell(person, union, count=1):
    for number in range(count):
        notices.notify(
            [person],
            "opened",
            about=union,
            link="/notices/",
            occasion=number,
            round="6月",
            due="今天",
        )


def test_the_bell_counts_what_is_unread(sign_in, li, union):
    tell(li, union, 2)
    assert 'aria-label="通知，2 条未读"' in sign_in(li).get("/notices/").text


def test_opening_a_notice_marks_it_read_and_leads_to_its_matter(sign_in, li, union):
    tell(li, union)
    notice = Notice.objects.get()
    answer = sign_in(li).post(f"/notices/{notice.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (302, "/notices/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_another_persons_notice_is_not_there(sign_in, li, sun, union):
    tell(li, union)
    assert sign_in(sun).post(f"/notices/{Notice.objects.get().pk}/open/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_all_are_marked_read_at_once_and_only_ones_own(sign_in, li, sun, union):
    tell(li, union, 2)
    tell(sun, union)
    page = sign_in(li).post("/notices/read/", follow=True)
    assert [str(message) for message in page.context["messages"]] == ["已将 2 条通知标为已读。"]
    assert Notice.objects.unread().get().recipient == sun


def test_only_the_unread_on_request(sign_in, li, union):
    tell(li, union, 2)
    notices.mark_read(Notice.objects.first(), by=li)
    page = sign_in(li).get("/notices/?only=unread")
    assert list(page.context["page"]) == [Notice.objects.unread().get()]


@pytest.mark.parametrize(
    ("address", "words"),
    [("/notices/", "还没有通知"), ("/notices/?only=unread", "没有未读通知")],
)
def test_an_empty_list_says_what_will_come(sign_in, li, address, words):
    assert words in sign_in(li).get(address).text


def test_the_list_costs_the_same_for_one_and_for_three(
    sign_in, li, union, django_assert_num_queries, django_assert_max_num_queries
):
    client = sign_in(li)
    tell(li, union)
    client.get("/notices/")
    with django_assert_max_num_queries(12) as one:
        client.get("/notices/")
    tell(li, union, 3)
    with django_assert_num_queries(len(one)):
        client.get("/notices/")
