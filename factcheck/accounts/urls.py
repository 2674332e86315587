"""Addresses of people: signing in, oneself, and the people of the desk."""

from django.urls import path

from . import people, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="login"),
    path("sign-out/", views.sign_out, name="logout"),
    path("you/", views.me, name="me"),
    path("you/password/", views.change_password, name="password"),
    path("you/sessions/end-others/", views.end_others, name="end_others"),
    path("you/sessions/<str:handle>/end/", views.end_session, name="end_session"),
    path("accept/", views.accept, name="accept"),
    path("new-password/", views.reset, name="reset"),
    path("", people.index, name="people"),
    path("invite/", people.invite, name="invite"),
    path("invitations/<int:pk>/resend/", people.resend, name="resend"),
    path("invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("<int:pk>/role/", people.change_role, name="change_role"),
    path("<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("<int:pk>/reset-link/", people.reset_link, name="reset_link"),
    path("<int:pk>/end-sessions/", people.end_sessions, name="end_sessions"),
]
