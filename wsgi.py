"""The application that a server runs."""

import os

from registry.application import create_app
from registry.config import Settings

app = create_app(Settings.from_environment(os.environ))
