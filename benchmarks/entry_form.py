"""The entry form of 200 indicators: server time against its SQL, its template and an empty request.

Processor time of this thread, the least of many rounds: what else the machine does is left out.
"""

from _harness import head, installation, least, row

installation()

from _city import Large  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)

from tests import factories  # noqa: E402


def flat(context) -> dict:
    """What the templates were given: a list of contexts, and lists within it where parts were shown."""
    if isinstance(context, list):
        return {name: value for one in context for name, value in flat(one).items()}
    return context.flatten()


def looked_into(client: Client, url: str):
    """The answer with its templates and contexts, for which every template is made slower."""
    setup_test_environment()
    answer = client.get(url)
    teardown_test_environment()
    settings.ALLOWED_HOSTS = ["testserver"]
    return answer


def main() -> None:
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
    answer = looked_into(client, url)
    template, context = answer.templates[0].name, flat(answer.context)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    queries = sum(1 for one in asked if not one["sql"].startswith(("BEGIN", "COMMIT")))
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

    floor, ours = least(parts, lambda: client.get(url))
    head()
    row(
        f"entry form of 200 indicators ({queries} queries)",
        floor,
        ours,
        "3x, or 50 ms and 20 queries (P6)",
    )


main()
