"""The `{% url %}` of the templates."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch

from codes.templatetags.codes_addresses import PublicURL


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("{% url 'codes:sources' %}", "/sources/"),
        ("{% url 'contributions:denial' as denial %}{{ denial }}?code=1", "/denials/?code=1"),
        ("{% url 'codes:browse_letter' 'J' %}", "/browse/hcpcs/J/"),
        ("{% url name %}", "/claim/"),
    ],
)
def test_an_address_is_the_same_however_often_it_is_asked_for(tag: str, address: str) -> None:
    template = Template(tag)
    assert [template.render(Context({"name": "codes:claim"})) for _ in range(2)] == [address] * 2


def test_only_public_pages_without_parameters_are_looked_up_once() -> None:
    tags = (
        "{% url 'codes:sources' %}{% url 'codes:browse_letter' letter %}{% url name %}{% url 'admin:index' %}"
    )
    nodes = Template(tags).nodelist
    assert [isinstance(node, PublicURL) for node in nodes] == [True, False, False, False]


def test_a_page_that_is_not_there_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        Template("{% url 'codes:nowhere' %}").render(Context())
