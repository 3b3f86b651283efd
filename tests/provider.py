"""A mail provider for tests: a real HTTP server that speaks as Postmark's interface does, or fails on request."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HANG, DROP = "hang", "drop"


class Provider:
    """Mails in `mails` (as JSON) with their headers in `headers`; `answers` are what comes next: (status, body), HANG
    or DROP, both after the mail was read and kept. Then all is well again.
    """

    def __init__(self):
        self.mails, self.headers, self.answers = [], [], []
        self.over = threading.Event()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                provider.handle(self)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def handle(self, request):
        mail = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        answer = self.answers.pop(0) if self.answers else self.taken(mail)
        if answer in (HANG, DROP) or answer[0] == 200:
            self.mails.append(mail)
            self.headers.append(dict(request.headers))
        if answer == HANG:
            self.over.wait(30)
        if answer in (HANG, DROP):
            request.close_connection = True
            return
        status, body = answer
        content = json.dumps(body).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    def taken(self, mail):
        number = len(self.mails) + 1
        return 200, {
            "To": mail["To"], "SubmittedAt": "2027-08-10T09:00:00Z", "ErrorCode": 0, "Message": "OK",
            "MessageID": f"00000000-0000-4000-8000-{number:012d}",
        }  # fmt: skip
