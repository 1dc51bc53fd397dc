"""What people do on the pages, said once for the stories."""

import re

from tracker.jobs import runner
from tracker.jobs.models import Job
from tracker.tasks import HANDLERS


def do_jobs() -> list[str]:
    """What the worker does with all that waits; the kinds of the jobs in their order."""
    done = []
    while job := Job.objects.queued().order_by("pk").first():
        runner.run(job.pk, HANDLERS)
        job.refresh_from_db()
        assert job.state == "done", f"{job.kind}: {job.error}"
        done.append(job.kind)
    return done


def confirm(page, button: str) -> None:
    """Press a button that asks first, and say yes."""
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("#confirm-yes").click()


def fill_by_keyboard(page, values: dict[str, str]) -> None:
    """Type every figure of the form in the order of its fields: the number, then Enter."""
    fields = page.locator("input[name$='-text']")
    fields.first.wait_for()
    names = [
        re.sub("^济南市|，[^，]*$", "", label)
        for label in fields.evaluate_all(
            "found => found.map(one => one.getAttribute('aria-label'))"
        )
    ]
    assert sorted(names) == sorted(values)
    fields.first.focus()
    for name in names:
        page.keyboard.type(values[name])
        page.keyboard.press("Enter")
