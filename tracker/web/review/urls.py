"""Addresses of the gate."""

from django.urls import path

from tracker.web.review import many, page, queue

urlpatterns = [
    path("review/", queue.review_queue, name="review-queue"),
    path("review/many/", many.review_many, name="review-many"),
    path("review/many/approve/", many.review_approve_many, name="review-approve-many"),
    path("review/<int:pk>/", page.review_page, name="review-page"),
    path("review/<int:pk>/approve/", page.review_approve, name="review-approve"),
    path("review/<int:pk>/pass/", page.review_pass, name="review-pass"),
    path("review/<int:pk>/return/", page.review_return, name="review-return"),
    path("review/<int:pk>/reopen/", page.review_reopen, name="review-reopen"),
    path("review/<int:pk>/comments/", page.review_comment, name="review-comment"),
]
