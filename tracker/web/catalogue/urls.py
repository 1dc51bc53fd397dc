"""Addresses of the catalogue."""

from django.urls import path

from tracker.web.catalogue import cycles, indicators

urlpatterns = [
    path("catalogue/", indicators.catalogue, name="catalogue"),
    path("catalogue/add/", indicators.indicator_edit, name="indicator-add"),
    path("catalogue/<int:pk>/", indicators.indicator, name="indicator"),
    path("catalogue/<int:pk>/edit/", indicators.indicator_edit, name="indicator-edit"),
    path("catalogue/<int:pk>/retire/", indicators.indicator_retire, name="indicator-retire"),
    path("catalogue/<int:pk>/restore/", indicators.indicator_restore, name="indicator-restore"),
    path("catalogue/<int:pk>/targets/add/", indicators.target_add, name="target-add"),
    path("targets/<int:pk>/drop/", indicators.target_drop, name="target-drop"),
    path("programmes/", indicators.programme_list, name="programme-list"),
    path("programmes/add/", indicators.programme_edit, name="programme-add"),
    path("programmes/<int:pk>/", indicators.programme_edit, name="programme-edit"),
    path("cycles/", cycles.cycle_list, name="cycle-list"),
    path("cycles/add/", cycles.cycle_edit, name="cycle-add"),
    path("cycles/ad-hoc/", cycles.ad_hoc, name="cycle-ad-hoc"),
    path("cycles/<int:pk>/", cycles.cycle, name="cycle"),
    path("cycles/<int:pk>/edit/", cycles.cycle_edit, name="cycle-edit"),
    path("cycles/<int:pk>/active/", cycles.cycle_active, name="cycle-active"),
    path("cycles/<int:pk>/duties/add/", cycles.duty_add, name="duty-add"),
    path("duties/<int:pk>/release/", cycles.duty_release, name="duty-release"),
    path("rounds/<int:pk>/", cycles.round_page, name="round"),
    path("rounds/<int:pk>/late/", cycles.round_late, name="round-late"),
    path("workdays/", cycles.workdays, name="workday-list"),
    path("workdays/<int:pk>/remove/", cycles.workday_remove, name="workday-remove"),
]
