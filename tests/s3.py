"""A real server that speaks S3, in a process of its own on a loopback port: moto's. Fixtures: s3_server, bucket."""

import json
import os
import subprocess
import sys
import time
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from config import storing
from tests.test_run import a_free_port

direct = build_opener(ProxyHandler({}))
KEY, SECRET, REGION = "AKIAVERTSKAP", "a/secret+key", "eu-north-1"


class S3:
    """`url(bucket)` is a STORAGE_URL for it."""

    def __enter__(self):
        self.address = f"http://127.0.0.1:{(port := a_free_port())}"
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        self.process = subprocess.Popen(command, env=kept, **quiet)
        self._wait()
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(20)

    def url(self, bucket, more=""):
        return f"s3://{KEY}:a%2Fsecret%2Bkey@{bucket}?endpoint={self.address}&region={REGION}{more}"

    def empty(self):
        """Forgets all buckets."""
        with direct.open(Request(f"{self.address}/moto-api/reset", method="POST")):
            pass

    def _wait(self):
        for _try in range(400):
            try:
                with direct.open(f"{self.address}/moto-api/data.json", timeout=5) as response:
                    return json.load(response)
            except OSError:
                time.sleep(0.05)
        raise AssertionError("moto's server does not answer.")


@pytest.fixture(scope="session")
def s3_server():
    with S3() as server:
        yield server


@pytest.fixture
def bucket(s3_server, settings, monkeypatch):
    """The bucket that is the default storage, as boto3 sees it from outside."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    s3_server.empty()
    made = outside(s3_server).create_bucket(
        Bucket="vertskap-files", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    use(settings, s3_server.url("vertskap-files"))
    return made


def outside(server):
    import boto3  # heavy, and only these tests need it

    return boto3.resource(
        "s3", endpoint_url=server.address, region_name=REGION, aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )


def use(settings, url):
    """What settings.py makes of STORAGE_URL."""
    settings.BUCKET = storing.bucket_in(url, is_production=False)
    settings.STORAGES = {**settings.STORAGES, "default": storing.default_storage(settings.BUCKET)}


def keys(bucket):
    """The names of all objects in the bucket."""
    return sorted(found.key for found in bucket.objects.all())
