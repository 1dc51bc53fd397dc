"""Telling people what has happened, and marking it read."""

from collections.abc import Iterable

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User

from .models import Kind, Notice, type_of


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

    `link` is a path of this site. `words` fill templates/notices/<kind>.txt, whose first line is the
    title. They may name an agency, a round or a date, never a figure. What was said already for the
    same record and occasion (a version, a day) is not said again.
    """
    title, _, text = render_to_string(f"notices/{Kind(kind)}.txt", words).strip().partition("\n")
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=person,
                kind=kind,
                title=title,
                text=text.strip(),
                link=link,
                target_type=type_of(about),
                target_id=about.pk,
                occasion=str(occasion),
                created=now,
            )
            for person in sorted(set(people), key=lambda person: person.pk)
        ],
        ignore_conflicts=True,
    )


def unread_count(user: User) -> int:
    """How many notices the person has not read."""
    return Notice.objects.visible_to(user).unread().count()


def mark_read(notice: Notice, *, by: User) -> None:
    """Remember when its recipient first read the notice; another's notice stays as it is."""
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=timezone.now())


def mark_all_read(*, by: User) -> int:
    """Mark everything read that the person has; the number of notices that were unread."""
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())
