"""Whose desk a page is: for anybody else there is no such page."""

from functools import wraps

from django.http import Http404


def only(*roles: str):
    """The view for people who hold one of these roles; 404 for the rest."""

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            if request.user.reach.roles.isdisjoint(roles):
                raise Http404
            return view(request, *args, **kwargs)

        return answer

    return decorate
