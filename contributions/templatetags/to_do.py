"""The front page of the admin: what there is to do, and how much of it."""

from django import template

from contributions.to_do import Waiting, lists_of

register = template.Library()


@register.simple_tag(takes_context=True)
def lists_of_staff(context: template.Context) -> list[Waiting]:
    """Each list that this member of staff may work through."""
    return lists_of(context["request"].user)
