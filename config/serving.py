"""How gunicorn serves: `gunicorn -c config/serving.py config.wsgi`, and the same for `make run`."""

from gunicorn.glogging import Logger

from config.logs import WithoutPersonalData


class QuietLogger(Logger):
    """gunicorn's own log, with the same cleaning as ours: its error lines carry whole addresses."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.addFilter(WithoutPersonalData())


workers = 2
threads = 4
worker_class = "gthread"
preload_app = True
graceful_timeout = 20
loglevel = "warning"
logger_class = QuietLogger
control_socket_disable = True
# What a visitor may write in a header is nothing to the server; Django believes it behind TRUSTED_PROXIES only.
forwarder_headers = ""
secure_scheme_headers = {}
