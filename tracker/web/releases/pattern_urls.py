"""Addresses of a city's own patterns."""

from django.urls import path

from tracker.web.releases import pattern_editor, patterns

urlpatterns = [
    path("releases/patterns/", patterns.pattern_list, name="pattern-list"),
    path("releases/patterns/edit/", pattern_editor.pattern_edit, name="pattern-edit"),
    path("releases/patterns/<int:pk>/", patterns.pattern, name="pattern"),
    path("releases/patterns/<int:pk>/decide/", patterns.pattern_decide, name="pattern-decide"),
    path(
        "releases/patterns/<int:pk>/withdraw/", patterns.pattern_withdraw, name="pattern-withdraw"
    ),
]
