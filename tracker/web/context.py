"""What the frame of every page needs: navigation, notices, office, roles."""

from django.utils.functional import SimpleLazyObject

from accounts.models import Agency, Role
from tracker.catalogue.models import City
from tracker.notices import services as notices
from tracker.web import navigation


def frame(request) -> dict:
    """Context processor. Each value is fetched only when the template asks for it."""
    user = getattr(request, "user", None)
    demo = SimpleLazyObject(City.objects.filter(is_demo=True).exists)
    if user is None or not user.is_authenticated:
        return {"demo": demo}
    return {
        "demo": demo,
        "navigation": SimpleLazyObject(lambda: navigation.links(user, request.path)),
        "unread": SimpleLazyObject(lambda: notices.unread_count(user)),
        "office": SimpleLazyObject(lambda: office_of(user)),
        "role_words": SimpleLazyObject(lambda: role_words(user)),
    }


def office_of(user) -> str:
    """The full name of the agency that the person works for."""
    agencies = Agency.objects.filter(pk__in=user.reach.agencies())
    return agencies.values_list("name", flat=True).first() or ""


def role_words(user) -> str:
    """The person's roles in Chinese, in the order of the flow."""
    return "、".join(role.label for role in Role if role in user.reach.roles) or "尚未授予角色"
