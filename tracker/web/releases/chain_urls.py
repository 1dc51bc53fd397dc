"""Addresses of the chain, of issuing, and of what follows a correction."""

from django.urls import path

from tracker.web.releases import chain, corrections, countersigning, numbers, supplying, waivers

urlpatterns = [
    path("releases/chains/", chain.chain_list, name="chain-list"),
    path("releases/chains/<slug:genre>/", chain.chain_edit, name="chain-edit"),
    path("releases/numbers/", numbers.number_list, name="number-list"),
    path("releases/numbers/<int:pk>/void/", numbers.number_void, name="number-void"),
    path("releases/affected/", corrections.affected_list, name="affected-list"),
    path("releases/<int:pk>/step/", chain.release_step, name="release-step"),
    path("releases/<int:pk>/hand-in/", chain.release_hand_in, name="release-hand-in"),
    path("releases/<int:pk>/ask/", chain.release_ask, name="release-ask"),
    path("releases/<int:pk>/approval/", chain.release_approval, name="release-approval"),
    path(
        "releases/<int:pk>/approval/pdf/",
        chain.release_approval_file,
        name="release-approval-file",
    ),
    path("releases/<int:pk>/scans/<int:scan>/", chain.release_scan, name="release-scan"),
    path("releases/<int:pk>/waivers/", waivers.waiver_list, name="waiver-list"),
    path("releases/<int:pk>/waivers/<int:waiver>/", waivers.waiver_decide, name="waiver-decide"),
    path("releases/<int:pk>/requests/", supplying.figure_request_add, name="figure-request-add"),
    path(
        "releases/<int:pk>/requests/<int:asked>/withdraw/",
        supplying.figure_request_withdraw,
        name="figure-request-withdraw",
    ),
    path("requests/<int:pk>/", supplying.figure_request, name="figure-request"),
    path("requests/<int:pk>/reply/", supplying.figure_request_reply, name="figure-request-reply"),
    path("releases/<int:pk>/lift/", corrections.release_lift, name="release-lift"),
    path(
        "releases/<int:pk>/corrections/",
        corrections.release_corrections,
        name="release-corrections",
    ),
    path("releases/<int:pk>/correct/", corrections.release_correct, name="release-correct"),
    path("releases/<int:pk>/note/", corrections.release_note, name="release-note"),
    path("releases/<int:pk>/alarms/<int:alarm>/", corrections.alarm_judge, name="alarm-judge"),
    path("releases/<int:pk>/copies/", corrections.copy_add, name="copy-add"),
    path("releases/<int:pk>/copies/<int:copy>/", corrections.copy_settle, name="copy-settle"),
    path("countersigns/", countersigning.countersign_list, name="countersign-list"),
    path("countersigns/<int:pk>/", countersigning.countersign, name="countersign"),
    path(
        "countersigns/<int:pk>/answer/",
        countersigning.countersign_answer,
        name="countersign-answer",
    ),
    path(
        "countersigns/<int:pk>/decide/",
        countersigning.countersign_decide,
        name="countersign-decide",
    ),
]
