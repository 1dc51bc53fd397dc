"""Addresses of 套稿."""

from django.urls import path

from tracker.web.releases import examples

urlpatterns = [
    path("releases/examples/", examples.example_list, name="example-list"),
    path("releases/examples/add/", examples.example_add, name="example-add"),
    path("releases/examples/<int:pk>/", examples.example, name="example"),
    path("releases/examples/<int:pk>/word/", examples.example_word, name="example-word"),
    path("releases/examples/<int:pk>/draft/", examples.example_draft, name="example-draft"),
    path("releases/examples/<int:pk>/retire/", examples.example_retire, name="example-retire"),
]
