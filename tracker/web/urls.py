"""Addresses of the pages; each desk's stand in its own lines."""

from django.urls import include, path

from tracker.web import home, jump, notices, search

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("tracker.web.people.urls")),
    path("", include("tracker.web.catalogue.urls")),
    path("", include("tracker.web.filing.urls")),
    path("", include("tracker.web.review.urls")),
    path("", include("tracker.web.releases.urls")),
    path("figures/", search.figure_search, name="figure-search"),
    path("figures/<int:pk>/", search.figure_page, name="figure-page"),
    path("jump/", jump.jump, name="jump"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notice_read_all, name="notice-read-all"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice-open"),
]
