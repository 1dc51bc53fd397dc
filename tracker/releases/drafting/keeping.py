"""Unsaved work: kept while it is typed, given back, dropped."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.releases.drafting.page import Page, from_plain, to_plain
from tracker.releases.models import Release, Version, Working
from tracker.releases.rules import may_edit


class Elsewhere(Exception):
    """The same person has typed on in another window; `working` is what stands there."""

    def __init__(self, working: Working):
        super().__init__("您在另一个窗口里也修改了这份文稿。")
        self.working = working


def working_of(release: Release, user: User) -> Working | None:
    """The person's own unsaved text of the release."""
    return Working.objects.select_related("base").filter(release=release, user=user).first()


def page_in(working: Working) -> Page:
    return from_plain(working.page)


@transaction.atomic
def keep(version: Version, page: Page, *, by: User, serial: int | None) -> Working:
    """Keep the text that is being made of `version`; the first time is recorded, not every key.

    `serial` is the one that the window has seen, 0 for none. Elsewhere when another window was
    quicker; None asks nothing.
    """
    release = Release.objects.select_for_update().get(pk=version.release_id)
    require(may_edit(by, release))
    plain = to_plain(page)
    working = Working.objects.filter(release=release, user=by).first()
    if working is None:
        working = Working.objects.create(release=release, user=by, base=version, page=plain)
        audit.record(by, "release.keep", release, base=version.number)
        return working
    if serial is not None and working.serial != serial and working.page != plain:
        raise Elsewhere(working)
    working.base, working.page, working.serial = version, plain, working.serial + 1
    working.save()
    return working


@transaction.atomic
def discard(release: Release, *, by: User) -> bool:
    """Drop the person's own unsaved text; whether there was one."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    require(may_edit(by, release))
    gone, _ = Working.objects.filter(release=release, user=by).delete()
    if gone:
        audit.record(by, "release.discard", release)
    return bool(gone)
