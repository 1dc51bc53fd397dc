"""What a compile fetches (a month, its year, the year before) against hand-written SQL."""

from _harness import head, in_turn, installation, row

installation()

from _city import Large  # noqa: E402
from django.db import connection  # noqa: E402

from tests import factories  # noqa: E402
from tracker.exact import from_scaled  # noqa: E402
from tracker.ledger.totals import totals  # noqa: E402

MONTH, YEAR, BEFORE = "2025-12", "2025", "2024"
SQL = """
    SELECT e.indicator_id,
           SUM(CASE WHEN s.key = %s THEN e.value END),
           SUM(CASE WHEN s.start >= '2025-01-01' THEN e.value END),
           SUM(CASE WHEN s.start < '2025-01-01' THEN e.value END)
    FROM tracker_entry e
    JOIN tracker_span s ON s.id = e.span_id
    JOIN accounts_region r ON r.id = e.region_id
    WHERE s.start >= '2024-01-01' AND s.end < '2026-01-01' AND s.kind = 'month'
      AND r.path LIKE %s AND NOT e.is_control
      AND NOT EXISTS (SELECT 1 FROM tracker_entry n WHERE n.supersedes_id = e.id)
      AND COALESCE((SELECT t.kind FROM tracker_standing t WHERE t.entry_id = e.id
                    ORDER BY t.id DESC LIMIT 1), 'restored') = 'restored'
    GROUP BY e.indicator_id
"""


def main() -> None:
    large = Large(indicators=200, counties=11)
    for year in (2024, 2025):
        for month in range(1, 13):
            large.report(factories.month(year, month))
    region = large.city.region

    def by_hand() -> dict:
        with connection.cursor() as cursor:
            cursor.execute(SQL, [MONTH, f"{region.path}%"])
            return {
                (indicator, key): from_scaled(value)
                for indicator, *values in cursor.fetchall()
                for key, value in zip((MONTH, YEAR, BEFORE), values, strict=True)
            }

    def ours() -> dict:
        found = totals(large.indicators, [region], [MONTH, YEAR, BEFORE])
        return {(indicator, key): total.value for (indicator, _, key), total in found.items()}

    if by_hand() != ours():
        raise SystemExit("The two do not say the same.")
    head()
    row(
        "fetch of a compile: 200 x 11 x 24 months", *in_turn(by_hand, ours), "1.4x on roll-ups (P1)"
    )


main()
