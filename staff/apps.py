from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin, with a site of our own."""

    default_site = "staff.site.StaffSite"


class StaffConfig(AppConfig):
    """Staff: how they prove who they are, and what they read of their work."""

    name = "staff"

    def ready(self) -> None:
        """Register the system check, and keep secrets of second factors out of the admin."""
        from django.contrib import admin
        from django_otp.plugins.otp_static.models import StaticDevice
        from django_otp.plugins.otp_totp.models import TOTPDevice

        from staff import checks  # noqa: F401

        for device in (TOTPDevice, StaticDevice):
            if admin.site.is_registered(device):
                admin.site.unregister(device)


class LogInsConfig(AxesConfig):  # type: ignore[misc]
    """django-axes under a name that says what its tables hold."""

    verbose_name = "Log-ins"
