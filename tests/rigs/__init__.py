"""The machinery that tests stand on: databases, a browser, validators, a server."""
