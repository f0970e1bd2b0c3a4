"""Addresses of signing in, of one's own page, and of a worker's phone. Sign-up, mail and reset do not exist here."""

from django.urls import path

from wangge.web.signin import doors, me, phone

urlpatterns = [
    path("accounts/login/", doors.sign_in, name="account_login"),
    path("accounts/logout/", doors.sign_out, name="account_logout"),
    path("accounts/again/", doors.password_again, name="account_reauthenticate"),
    path("accounts/second/", doors.factors, name="mfa_index"),
    path("accounts/second/code/", doors.second_step, name="mfa_authenticate"),
    path("accounts/second/again/", doors.code_again, name="mfa_reauthenticate"),
    path("accounts/second/set-up/", doors.set_up, name="mfa_activate_totp"),
    path("accounts/second/keep/", doors.factors, name="mfa_deactivate_totp"),
    path("accounts/second/recovery/", doors.recovery_codes, name="mfa_view_recovery_codes"),
    path("accounts/second/recovery/new/", doors.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/", me.me, name="me"),
    path("me/password/", me.password, name="me-password"),
    path("me/sessions/end/", me.end_others, name="me-end-others"),
    path("me/sessions/<slug:handle>/end/", me.end_session, name="me-end-session"),
    path("me/phone/<int:pk>/lost/", me.lose_phone, name="me-lose-phone"),
    path("phone/unlock/", phone.unlock, name="device-unlock"),
    path("phone/<slug:offer>/", phone.bind, name="device-bind"),
]
