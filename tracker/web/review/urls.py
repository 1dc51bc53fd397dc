"""Addresses of the gate."""

from django.urls import path

from tracker.web.review import (
    adjusting,
    city_rules,
    disputes,
    keeping,
    many,
    page,
    queue,
    statistics,
    ticking,
)

urlpatterns = [
    path("review/", queue.review_queue, name="review-queue"),
    path("review/many/", many.review_many, name="review-many"),
    path("review/many/approve/", many.review_approve_many, name="review-approve-many"),
    path("review/disputes/", disputes.dispute_list, name="dispute-list"),
    path("review/disputes/add/", disputes.dispute_add, name="dispute-add"),
    path("review/disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("review/controls/", keeping.control_list, name="control-list"),
    path("review/<int:pk>/ticks/", ticking.review_tick, name="review-tick"),
    path("review/natures/", keeping.nature_list, name="nature-list"),
    path("review/freezes/", keeping.freeze_list, name="freeze-list"),
    path("review/freezes/<int:pk>/", keeping.freeze_page, name="freeze"),
    path("review/statistics/", statistics.review_statistics, name="review-statistics"),
    path(
        "review/statistics.xlsx", statistics.review_statistics_file, name="review-statistics-file"
    ),
    path("review/rules/", city_rules.city_rule_list, name="city-rule-list"),
    path("review/rules/add/", city_rules.city_rule_add, name="city-rule-add"),
    path("review/rules/<int:pk>/", city_rules.city_rule, name="city-rule"),
    path("review/rules/<int:pk>/active/", city_rules.city_rule_active, name="city-rule-active"),
    path("review/<int:pk>/", page.review_page, name="review-page"),
    path("review/<int:pk>/approve/", page.review_approve, name="review-approve"),
    path("review/<int:pk>/pass/", page.review_pass, name="review-pass"),
    path("review/<int:pk>/return/", page.review_return, name="review-return"),
    path("review/<int:pk>/reopen/", page.review_reopen, name="review-reopen"),
    path("submissions/<int:pk>/adjustments/", adjusting.adjustments, name="submission-adjustments"),
    path(
        "submissions/<int:pk>/adjustments/<int:adjustment>/drop/",
        adjusting.adjustment_drop,
        name="adjustment-drop",
    ),
    path("review/<int:pk>/comments/", page.review_comment, name="review-comment"),
]
