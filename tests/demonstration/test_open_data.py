"""The demonstration is as Open Referral UK wants it: every page, every thing."""

from tests.opendata.oruk.standard import ask, wrong_in_everything
from tests.page import Visitor


def test_every_page_and_thing_of_the_demonstration_is_as_the_schemas_want_it(small) -> None:
    visitor = Visitor(small, small.extensions["settings"].public_url)
    assert ask(visitor, "/services")["total_items"] > 5
    assert wrong_in_everything(visitor, per_page=20) == []
