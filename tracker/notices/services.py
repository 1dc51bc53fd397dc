"""Telling people what has happened, and marking it read."""

from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from accounts.models import User

from . import outgoing
from .models import Notice, type_of
from .wording import outside, pattern_of


def notify(
    people: Iterable[User],
    kind: str,
    *,
    about: models.Model,
    link: str,
    occasion: object = "",
    **words: object,
) -> None:
    """Tell each of `people` once that `kind` happened to the record `about`, on this `occasion`.

    `link` is a path of this site. `words` fill templates/notices/<kind>.txt (or the city's own
    words), whose first line is the title. They may name an agency, a round or a date, never a
    figure. What was said already for the same record and occasion (a version, a day) is not said
    again. Where the city has channels for the kind, mail and chat groups are told as well.
    """
    people = sorted(set(people), key=lambda person: person.pk)
    pattern, now = pattern_of(kind), timezone.now()
    title, text = pattern.fill(words)
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=person,
                kind=kind,
                title=title[:120],
                text=text,
                link=link,
                target_type=type_of(about),
                target_id=about.pk,
                occasion=str(occasion),
                created=now,
            )
            for person in people
        ],
        ignore_conflicts=True,
    )
    outgoing.put(
        people,
        kind,
        about=about,
        link=link,
        occasion=str(occasion),
        said=pattern.fill(outside(words)),
        agency=words.get("agency"),
        now=now,
    )


def settle(about: models.Model, kinds: Iterable[str]) -> None:
    """The matter is dealt with: what waits to be sent about it is dropped, and read is what was told."""
    now, kinds = timezone.now(), list(kinds)
    outgoing.drop(about, kinds, now)
    Notice.objects.about(about).unread().filter(kind__in=kinds).update(read_at=now)


def unread(user: User) -> models.QuerySet[Notice]:
    """The notices that the person has not read."""
    return Notice.objects.visible_to(user).unread()


def mark_read(notice: Notice, *, by: User) -> None:
    """Remember when its recipient first read the notice; another's notice stays as it is."""
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=timezone.now())


def mark_all_read(*, by: User) -> int:
    """Mark everything read that the person has; the number of notices that were unread."""
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())
