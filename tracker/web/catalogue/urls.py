"""Addresses of the catalogue, all under its one entry at the left."""

from django.urls import include, path

from tracker.web import books
from tracker.web.catalogue import cycles, history, indicators, programmes, rounds, workbooks

below = [
    path("", indicators.catalogue, name="catalogue"),
    path("add/", indicators.indicator_edit, name="indicator-add"),
    path("<int:pk>/", indicators.indicator, name="indicator"),
    path("<int:pk>/edit/", indicators.indicator_edit, name="indicator-edit"),
    path("<int:pk>/retire/", indicators.indicator_retire, name="indicator-retire"),
    path("<int:pk>/restore/", indicators.indicator_restore, name="indicator-restore"),
    path("<int:pk>/targets/add/", indicators.target_add, name="target-add"),
    path("targets/<int:pk>/drop/", indicators.target_drop, name="target-drop"),
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/add/", programmes.programme_edit, name="programme-add"),
    path("programmes/<int:pk>/", programmes.programme_edit, name="programme-edit"),
    path("cycles/", cycles.cycle_list, name="cycle-list"),
    path("cycles/add/", cycles.cycle_edit, name="cycle-add"),
    path("cycles/ad-hoc/", cycles.ad_hoc, name="cycle-ad-hoc"),
    path("cycles/<int:pk>/", cycles.cycle, name="cycle"),
    path("cycles/<int:pk>/edit/", cycles.cycle_edit, name="cycle-edit"),
    path("cycles/<int:pk>/active/", cycles.cycle_active, name="cycle-active"),
    path("cycles/<int:pk>/duties/add/", cycles.duty_add, name="duty-add"),
    path("duties/<int:pk>/release/", cycles.duty_release, name="duty-release"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/extend/", rounds.round_extend, name="round-extend"),
    path("rounds/<int:pk>/late/", rounds.round_late, name="round-late"),
    path("rounds/<int:pk>/recall/", rounds.round_recall, name="round-recall"),
    path("workdays/", rounds.workdays, name="workday-list"),
    path("workdays/<int:pk>/remove/", rounds.workday_remove, name="workday-remove"),
    *books.paths(workbooks.BOOK, "workbook/", "reviewer"),
    path("history/", history.history_list, name="history-list"),
    path("history/uploads/<int:pk>/", history.history_preview, name="history-preview"),
    path("history/uploads/<int:pk>/stage/", history.history_stage, name="history-stage"),
    path("history/uploads/<int:pk>/drop/", history.history_drop, name="history-drop"),
    path("history/uploads/<int:pk>/marked/", history.history_marked, name="history-marked"),
    path("history/<int:pk>/", history.history_batch, name="history-batch"),
    path("history/<int:pk>/mark/", history.history_mark, name="history-mark"),
    path("history/<int:pk>/confirm/", history.history_confirm, name="history-confirm"),
    path("history/<int:pk>/reject/", history.history_reject, name="history-reject"),
]
urlpatterns = [path("catalogue/", include(below))]
