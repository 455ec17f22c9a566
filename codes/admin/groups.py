"""The two groups of staff: an editor writes, a reviewer reads and publishes what another wrote."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group, Permission

LOOKED_AT = (
    *("release", "feeschedulerow", "gpci", "ptpedit", "muelimit", "addonedit", "codetext"),
    *("tip", "historicaltip", "correction"),
)
VIEWED = tuple(f"view_{model}" for model in LOOKED_AT)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "editor": (*VIEWED, "add_tip", "change_tip"),
    "reviewer": (*VIEWED, "add_tip", "change_tip", "publish_tip", "change_correction", "delete_correction"),
}


def make_groups(sender: Any, **kwargs: Any) -> None:
    """After each migration: the groups, with at least these permissions. What was added by hand stays."""
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="codes", codename__in=codenames)
        )
