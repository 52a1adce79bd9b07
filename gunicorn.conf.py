"""How the production server runs: `gunicorn wsgi:app` reads this file by itself."""

import os
from pathlib import Path

from registry.config import Settings
from registry.web.logs import ServerLog

_settings = Settings.from_environment(os.environ)

# On somebody's own machine nobody else is served; in production a proxy stands in front.
_host = "0.0.0.0" if _settings.environment == "production" else "127.0.0.1"
bind = [f"{_host}:{_settings.port}"]

workers = _settings.web_workers
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5

# A worker retires after a while, at a time of its own, so that no slow leak ever matters.
max_requests = 5000
max_requests_jitter = 500

# Heartbeats belong in memory: on a busy disk a living worker can look dead.
_memory = Path("/dev/shm")  # noqa: S108
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None

# One control socket would be shared by every installation of the same user.
control_socket_disable = True

# The application counts the proxies it was told of (PROXY_HOPS); the server believes none.
forwarded_allow_ips = ""

# Requests larger than this are no form of ours.
limit_request_line = 8190
limit_request_fields = 60

# No line for each request: a query must never stand in a log.
accesslog = None
errorlog = "-"
logger_class = ServerLog
loglevel = "warning"
