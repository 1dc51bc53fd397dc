"""Addresses of the pages; each desk's stand in its own lines."""

from django.urls import include, path

from tracker.web import home, jobs, jump, notices, schedules, search

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("tracker.web.people.urls")),
    path("", include("tracker.web.catalogue.urls")),
    path("", include("tracker.web.chase_urls")),
    path("", include("tracker.web.filing.urls")),
    path("", include("tracker.web.review.urls")),
    path("", include("tracker.web.releases.urls")),
    path("figures/", search.figure_search, name="figure-search"),
    path("figures/<int:pk>/", search.figure_page, name="figure-page"),
    path("jump/", jump.jump, name="jump"),
    path("schedules/", schedules.schedule_list, name="schedule-list"),
    path("schedules/<int:pk>/", schedules.schedule_edit, name="schedule-edit"),
    path("schedules/<int:pk>/run/", schedules.schedule_run, name="schedule-run"),
    path("jobs/", jobs.job_list, name="job-list"),
    path("jobs/<int:pk>/revive/", jobs.job_revive, name="job-revive"),
    path("jobs/<int:pk>/dismiss/", jobs.job_dismiss, name="job-dismiss"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notice_read_all, name="notice-read-all"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice-open"),
]
