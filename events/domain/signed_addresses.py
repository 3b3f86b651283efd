"""The address of a file in an S3 storage, signed so that it opens for a while (AWS Signature Version 4, in the query).

Signed as if at the beginning of a window: within it the address stays the same, and browsers keep what they have.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

WINDOW = timedelta(minutes=10)
VALID = timedelta(minutes=20)  # from the beginning of its window, so 10 to 20 minutes
ALGORITHM, SERVICE, UNSIGNED = "AWS4-HMAC-SHA256", "s3", "UNSIGNED-PAYLOAD"


@dataclass(frozen=True)
class Key:
    """Whose signature it is; `token` where the key is lent for a time only."""

    name: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)


def window_of(now: datetime) -> datetime:
    """The beginning of the window `now` is in."""
    return now - (now - datetime(2000, 1, 1, tzinfo=UTC)) % WINDOW


def signed(address: str, answer: dict, *, key: Key, region: str, at: datetime, valid: timedelta = VALID) -> str:
    """`address` (scheme, host, quoted path) with its signature; `answer` are response-… parameters of GetObject."""
    parts, at = urlsplit(address), at.astimezone(UTC)
    moment, scope = f"{at:%Y%m%dT%H%M%SZ}", f"{at:%Y%m%d}/{region}/{SERVICE}/aws4_request"
    asked = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{key.name}/{scope}",
        "X-Amz-Date": moment,
        "X-Amz-Expires": str(int(valid.total_seconds())),
        "X-Amz-SignedHeaders": "host",
        **({"X-Amz-Security-Token": key.token} if key.token else {}),
        **answer,
    }
    query = "&".join(f"{quote(name, safe='')}={quote(asked[name], safe='')}" for name in sorted(asked))
    request = "\n".join(["GET", parts.path, query, f"host:{parts.netloc}", "", "host", UNSIGNED])
    to_sign = "\n".join([ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()])
    signature = hmac.new(_signing_key(key.secret, scope), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{address}?{query}&X-Amz-Signature={signature}"


def _signing_key(secret, scope):
    made = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        made = hmac.new(made, part.encode(), hashlib.sha256).digest()
    return made
