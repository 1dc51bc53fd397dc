"""Addresses of the documents."""

from django.urls import path

from tracker.web.releases import (
    acting,
    chain_urls,
    editor_urls,
    example_urls,
    house_urls,
    past,
    pattern_urls,
    plan_log,
    planning,
    polishing,
    reading,
    recompiling,
    transcript,
)

urlpatterns = [
    *chain_urls.urlpatterns,
    *editor_urls.urlpatterns,
    *example_urls.urlpatterns,
    *house_urls.urlpatterns,
    *pattern_urls.urlpatterns,
    path("releases/", reading.release_list, name="release-list"),
    path("releases/past/", past.past_list, name="past-list"),
    path("releases/past/<int:pk>/", past.past_proof, name="past-proof"),
    path("releases/past/<int:pk>/lacking/", past.past_lacking, name="past-lacking"),
    path("releases/past/<int:pk>/drop/", past.past_drop, name="past-drop"),
    path("releases/compile/", acting.release_compile, name="release-compile"),
    path("releases/plans/", planning.plan_list, name="plan-list"),
    path("releases/plans/add/", planning.plan_edit, name="plan-add"),
    path("releases/plans/<int:pk>/", planning.plan_edit, name="plan-edit"),
    path("releases/plans/<int:pk>/run/", planning.plan_run, name="plan-run"),
    path("releases/plans/<int:pk>/runs/", plan_log.plan_runs, name="plan-runs"),
    path("releases/plans/<int:pk>/runs/<int:run>/", plan_log.plan_log, name="plan-log"),
    path(
        "releases/plans/<int:pk>/mails/<int:mail>/again/",
        plan_log.plan_mail_again,
        name="plan-mail-again",
    ),
    path("releases/<int:pk>/", reading.release, name="release"),
    path("releases/<int:pk>/polish/", polishing.release_polish, name="release-polish"),
    path(
        "releases/<int:pk>/polish/<int:number>/",
        polishing.release_polished,
        name="release-polished",
    ),
    path("releases/<int:pk>/transcript/", transcript.release_transcript, name="release-transcript"),
    path(
        "releases/<int:pk>/transcript/<int:upload>/", transcript.release_notes, name="release-notes"
    ),
    path(
        "releases/<int:pk>/transcript/<int:upload>/drop/",
        transcript.release_notes_drop,
        name="release-notes-drop",
    ),
    path("releases/<int:pk>/recompile/", recompiling.release_recompile, name="release-recompile"),
    path("releases/<int:pk>/issue/", acting.release_issue, name="release-issue"),
    path("releases/<int:pk>/withdraw/", acting.release_withdraw, name="release-withdraw"),
    path("releases/<int:pk>/versions/<int:number>/", reading.release, name="release-version"),
    path(
        "releases/<int:pk>/versions/<int:number>/figures/<str:key>/",
        reading.release_figure,
        name="release-figure",
    ),
    path(
        "releases/<int:pk>/versions/<int:number>/provenance/",
        reading.release_provenance,
        name="release-provenance",
    ),
    path(
        "releases/<int:pk>/versions/<int:number>/files/<str:ending>/",
        reading.release_file,
        name="release-file",
    ),
]
