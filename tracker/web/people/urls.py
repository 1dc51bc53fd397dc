"""Addresses of the desks of people."""

from django.urls import path

from tracker.web.people import own, signing

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("profile/", own.profile, name="profile"),
    path("profile/password/", own.change_password, name="change-password"),
]
