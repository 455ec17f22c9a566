"""`{% url %}` for all templates: the address of a public page without parameters is looked up once."""

from functools import cached_property

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as read_url
from django.urls import reverse

register = template.Library()

PUBLIC = ("codes:", "contributions:")


class PublicURL(URLNode):
    """A public page by its name alone: no request decides where it is."""

    @cached_property
    def _address(self) -> str:
        return reverse(self.view_name.var)

    def render(self, context: template.Context) -> str:
        """The address; nothing where the tag puts it under a name."""
        if not self.asvar:
            return self._address
        context[self.asvar] = self._address
        return ""


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """Django's own tag, with a node of ours for what is the same in every response."""
    node = read_url(parser, token)
    name = node.view_name.var
    if node.args or node.kwargs or not (isinstance(name, str) and name.startswith(PUBLIC)):
        return node
    return PublicURL(node.view_name, [], {}, node.asvar)
