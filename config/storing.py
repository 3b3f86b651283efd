"""Where uploaded files lie and how they leave, checked when the program starts. No sentence holds a secret."""

import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

INTERNAL = re.compile(r"/[\w/-]+/")
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"(?:[\w.-]*[\w-][\w.-]*/)+")
KNOWN = {"endpoint", "region", "prefix"}
LOCAL = {"127.0.0.1", "localhost", "::1"}
EXAMPLE = "It is written like s3://key:secret@bucket?endpoint=https://s3.company.example&region=eu-north-1."


@dataclass(frozen=True)
class Bucket:
    """A bucket in an S3 storage; without `endpoint` Amazon's own, without a key what the environment of AWS has."""

    name: str
    endpoint: str = ""
    region: str = ""
    prefix: str = ""
    key: str = ""
    secret: str = field(default="", repr=False)

    @property
    def base(self) -> str:
        """Where its files are for a browser that brings a signature."""
        if self.endpoint:
            return f"{self.endpoint}/{self.name}"
        host = f"s3.{self.region}.amazonaws.com"
        return f"https://{host}/{self.name}" if "." in self.name else f"https://{self.name}.{host}"

    @property
    def origin(self) -> str:
        """As the Content-Security-Policy names it."""
        parts = urlsplit(self.base)
        return f"{parts.scheme}://{parts.netloc}"


def checked_prefix(prefix: str) -> str:
    """The address inside nginx under which MEDIA_ROOT lies, or ""."""
    if prefix and not INTERNAL.fullmatch(prefix):
        raise ImproperlyConfigured(
            "X_ACCEL_PREFIX must begin and end with a slash, as the internal location of nginx does: /stored/."
        )
    return prefix


def bucket_in(url: str, *, is_production: bool) -> Bucket | None:
    """The bucket of STORAGE_URL, None without one. What cannot work stops the start with a sentence."""
    if not url:
        return None
    try:
        bucket = _read(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"STORAGE_URL cannot be used: look at its {error}. {EXAMPLE}") from None
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(
            "STORAGE_URL names a bucket, but what speaks S3 is not installed. "
            "Install it with: pip install --require-hashes -r requirements/s3.txt."
        )
    endpoint = urlsplit(bucket.endpoint)
    if is_production and endpoint.scheme == "http" and endpoint.hostname not in LOCAL:
        raise ImproperlyConfigured("STORAGE_URL would send photos and guest lists readable for all. Use https.")
    return bucket


def _read(url):
    """Raises ValueError(what is wrong)."""
    try:
        parts = urlsplit(url)
        has_port = parts.port is not None
    except ValueError:
        raise ValueError("bucket") from None
    if parts.scheme != "s3":
        raise ValueError("beginning, which is s3://")
    if has_port or parts.path or parts.fragment or not BUCKET.fullmatch(parts.hostname or ""):
        raise ValueError("bucket")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("key and secret")
    asked = _asked(parts.query)
    key, secret = unquote(parts.username or ""), unquote(parts.password or "")
    return Bucket(name=parts.hostname, key=key, secret=secret, **asked)


def _asked(query):
    """{endpoint, region, prefix} as they are given, each at most once."""
    pairs = parse_qsl(query, keep_blank_values=True)
    asked = dict(pairs)
    if strange := next((name for name, _value in pairs if name not in KNOWN), ""):
        raise ValueError(f"parameter {strange[:20]!r}")
    if len(asked) < len(pairs):
        raise ValueError("parameters, of which one is there twice")
    asked["endpoint"] = _endpoint(asked.get("endpoint", ""))
    if not asked["endpoint"] and not asked.get("region"):
        raise ValueError("region")
    if asked.get("prefix") and (not PREFIX.fullmatch(asked["prefix"])):
        raise ValueError("prefix, which ends with a slash")
    return {**asked, "region": asked.get("region") or "us-east-1"}


def _endpoint(endpoint):
    parts = urlsplit(endpoint)
    is_one = parts.scheme in {"http", "https"} and parts.hostname and not (parts.path.strip("/") or parts.query)
    if endpoint and (not is_one or parts.username):
        raise ValueError("endpoint")
    return endpoint.rstrip("/")


def default_storage(bucket: Bucket | None) -> dict:
    """For STORAGES["default"]."""
    if bucket is None:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {"BACKEND": "config.object_storage.PrivateBucket", "OPTIONS": {"bucket": bucket}}


def check_ways(*, bucket: Bucket | None, prefix: str, is_by_storage: bool) -> None:
    """Two ways of sending files at once, or one that leads nowhere, stop the start."""
    if prefix and bucket:
        raise ImproperlyConfigured("X_ACCEL_PREFIX is for files in MEDIA_ROOT; STORAGE_URL has them in a bucket.")
    if is_by_storage and not bucket:
        raise ImproperlyConfigured("STORAGE_SENDS_FILES needs a bucket that can: set STORAGE_URL.")


def permissions(prefix: str) -> tuple[int, int]:
    """Of files and folders: for nobody else's eyes; where nginx sends photos, its group may read."""
    return (0o640, 0o750) if prefix else (0o600, 0o700)
