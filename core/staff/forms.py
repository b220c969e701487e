"""The sign-in form of staff: name, password and, if the account has one, a second factor."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django_otp.forms import OTPAuthenticationFormMixin

from core.staff.second_factor import device_for, has_second_factor


class StaffSignInForm(OTPAuthenticationFormMixin, AdminAuthenticationForm):  # type: ignore[misc]
    """Django's form with a field for the code of an app or a recovery code."""

    otp_token = forms.CharField(
        label="验证码或备用码",
        required=False,
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )
    otp_error_messages = {
        **OTPAuthenticationFormMixin.otp_error_messages,
        "token_required": "这个账号有第二步：填手机验证器上的6位数，或者一个备用码。",
        "invalid_token": "验证码不对，或者已经用过。等手机上换了下一个数，再填。",
        "device_required": "这不是验证码，也不是备用码。验证码是6位数字。",
        "n_failed_attempts": "验证码错了%(failure_count)d次。等一会儿再试。",
        "verification_not_allowed": "这会儿不收验证码。等一会儿再试。",
    }

    def clean_otp_token(self) -> str:
        return "".join(str(self.cleaned_data.get("otp_token", "")).split()).lower()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        user: User | None = self.get_user()
        if user is not None and has_second_factor(user):
            try:
                self.clean_otp(user)
            except forms.ValidationError as error:
                if error.code == "invalid_token":
                    # A wrong code counts like a wrong password.
                    credentials = {"username": user.get_username()}
                    user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
                raise
        return cleaned

    def _chosen_device(self, user: User) -> Any:
        return device_for(user, self.cleaned_data.get("otp_token", ""))
