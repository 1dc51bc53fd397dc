"""Addresses of the gate."""

from django.urls import path

from tracker.web.review import adjusting, many, page, queue

urlpatterns = [
    path("review/", queue.review_queue, name="review-queue"),
    path("review/many/", many.review_many, name="review-many"),
    path("review/many/approve/", many.review_approve_many, name="review-approve-many"),
    path("review/<int:pk>/", page.review_page, name="review-page"),
    path("review/<int:pk>/approve/", page.review_approve, name="review-approve"),
    path("review/<int:pk>/pass/", page.review_pass, name="review-pass"),
    path("review/<int:pk>/return/", page.review_return, name="review-return"),
    path("review/<int:pk>/reopen/", page.review_reopen, name="review-reopen"),
    path(
        "submissions/<int:pk>/adjustments/", adjusting.adjustments, name="submission-adjustments"
    ),
    path(
        "submissions/<int:pk>/adjustments/<int:adjustment>/drop/",
        adjusting.adjustment_drop,
        name="adjustment-drop",
    ),
    path("review/<int:pk>/comments/", page.review_comment, name="review-comment"),
]
