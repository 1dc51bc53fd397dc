"""What people are told, in the product and outside of it."""

from .channels import Channel, Contact, Delivery, Manner, Service, State, Wording, WordingVersion
from .notice import Kind, Notice, NoticeQuerySet, type_of

__all__ = [
    "Channel",
    "Contact",
    "Delivery",
    "Kind",
    "Manner",
    "Notice",
    "NoticeQuerySet",
    "Service",
    "State",
    "Wording",
    "WordingVersion",
    "type_of",
]
