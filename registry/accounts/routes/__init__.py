"""Pages of accounts: getting in and out, the second factor, and your own details."""

from registry.accounts.routes import own_account, second_factor, way_in
from registry.accounts.routes.blueprint import blueprint

__all__ = ["blueprint", "own_account", "second_factor", "way_in"]
