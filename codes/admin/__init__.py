"""The admin as staff's daily tool: tips and corrections are written here, CMS's data can be looked at."""

from django.contrib import admin

from codes.admin import cms_data, corrections, tips

__all__ = ["cms_data", "corrections", "tips"]

admin.site.site_header = admin.site.site_title = "MedPayIQ, for staff"
admin.site.index_title = "What there is to do"
