"""The pages of the gate under one entry of the navigation."""

from django.urls import reverse

PAGES = (
    ("review-queue", "待审报送"),
    ("dispute-list", "口径争议"),
    ("control-list", "控制数核对"),
    ("nature-list", "快报与定案"),
    ("freeze-list", "数据冻结"),
    ("city-rule-list", "自定义校验"),
    ("review-statistics", "审核统计"),
)


def tabs_of(user, current: str) -> list[dict]:
    """For reviewers of a lead office; a line reviewer has the queue alone."""
    if not user.reach.leads("reviewer"):
        return []
    return [
        {"url": reverse(page), "title": title, "current": page == current, "count": None}
        for page, title in PAGES
    ]
