"""The whole register as files, for the council's own people: asked for with a reason, logged, and
gone after a day. Nothing of it is open data."""
