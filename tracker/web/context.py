"""What the frame of every page needs: navigation, notices, office, roles."""

from django.db.models import Count, Exists, Subquery
from django.utils.functional import SimpleLazyObject

from accounts.models import Agency, Role, User
from tracker.catalogue.models import City
from tracker.notices import services as notices
from tracker.web import navigation


def frame(request) -> dict:
    """Context processor. Each value is fetched only when the template asks for it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo": SimpleLazyObject(demo_cities().exists)}
    asked = SimpleLazyObject(lambda: asked_of(user))
    return {
        "demo": SimpleLazyObject(lambda: asked["in_demo"]),
        "navigation": SimpleLazyObject(lambda: navigation.links(user, request.path)),
        "unread": SimpleLazyObject(lambda: asked["unread"] or 0),
        "office": SimpleLazyObject(lambda: asked["office"] or ""),
        "role_words": SimpleLazyObject(lambda: role_words(user)),
    }


def demo_cities():
    return City.objects.filter(is_demo=True)


def asked_of(user) -> dict:
    """Is this the demonstration, how many notices are unread, the agency worked for: in one query."""
    offices = Agency.objects.filter(pk__in=user.reach.agencies())
    unread = notices.unread(user).order_by().values("recipient").annotate(count=Count("pk"))
    return User.objects.values(
        in_demo=Exists(demo_cities()),
        unread=Subquery(unread.values("count")),
        office=Subquery(offices.values("name")[:1]),
    ).get(pk=user.pk)


def role_words(user) -> str:
    """The person's roles in Chinese, in the order of the flow."""
    return "、".join(role.label for role in Role if role in user.reach.roles) or "尚未授予角色"
