"""Addresses of the house style, the roster and the dictionaries."""

from django.urls import path

from tracker.web import books
from tracker.web.releases import house, roster, roster_book, word_book, words

KEEPERS = ("reviewer", "editor")
LEAD = (*KEEPERS, "issuer")

urlpatterns = [
    path("releases/house/", house.house_style, name="house-style"),
    path("releases/house/versions/", house.house_version_list, name="house-version-list"),
    path("releases/house/versions/<int:number>/", house.house_version, name="house-version"),
    path("releases/house/<slug:genre>/", house.house_genre, name="house-genre"),
    path("releases/roster/", roster.roster_list, name="roster-list"),
    path("releases/roster/add/", roster.roster_add, name="roster-add"),
    path("releases/roster/<int:pk>/", roster.roster_edit, name="roster-edit"),
    path("releases/roster/<int:pk>/strike/", roster.roster_strike, name="roster-strike"),
    *books.paths(roster_book.BOOK, "releases/roster/book/", *KEEPERS, readers=LEAD),
    path("releases/words/", words.word_list, name="word-list"),
    path("releases/words/add/", words.word_add, name="word-add"),
    path("releases/words/<int:pk>/", words.word_edit, name="word-edit"),
    path("releases/words/<int:pk>/drop/", words.word_drop, name="word-drop"),
    *books.paths(word_book.BOOK, "releases/words/book/", *KEEPERS, readers=LEAD),
]
