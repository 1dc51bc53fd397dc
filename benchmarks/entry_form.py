"""The entry form of 200 indicators: server time against its SQL, its template and an empty request."""

from _harness import head, in_turn, installation, row

installation()

from _city import Large  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from tests import factories  # noqa: E402


def flat(context) -> dict:
    """What the templates were given: a list of contexts, and lists within it where parts were shown."""
    if isinstance(context, list):
        return {name: value for one in context for name, value in flat(one).items()}
    return context.flatten()


def main() -> None:
    setup_test_environment()
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    large = Large(indicators=200)
    cycle = large.cycle()
    for number in range(1, 6):
        large.approved(large.draft(cycle, factories.month(2026, number)))
    record = large.filled(large.draft(cycle, factories.month(2026, 6)))
    client = Client()
    client.force_login(large.people["li"], backend="django.contrib.auth.backends.ModelBackend")
    url = record.get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    queries = sum(1 for one in asked if not one["sql"].startswith(("BEGIN", "COMMIT")))
    template = answer.templates[0].name
    context = flat(answer.context)
    statements = [
        query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")
    ]

    def parts() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"), [])
                cursor.fetchall()
        render_to_string(template, context, answer.wsgi_request)
        client.get("/profile/")

    floor, ours = in_turn(parts, lambda: client.get(url))
    head()
    row(
        f"entry form of 200 indicators ({queries} queries)",
        floor,
        ours,
        "3x, or 50 ms and 20 queries (P6)",
    )


main()
