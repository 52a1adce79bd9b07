"""The application that a server runs."""

import os
import sys

from registry.application import create_app
from registry.config import Settings, SettingsError
from registry.demonstration.marking import WrongDatabase
from registry.tallies.handing_over import hand_over_from_now_on

# What a server understands as: this will not be better the next time.
CANNOT_START = 4

try:
    app = create_app(Settings.from_environment(os.environ))
except (SettingsError, WrongDatabase) as problem:
    sys.stderr.write(f"{problem}\n")
    sys.exit(CANNOT_START)
hand_over_from_now_on(app)
