"""Uploaded files in a bucket, closed to everybody else; needs the extra `s3`.

It does as the folder on a disk does: nothing is written over, what is missing is a FileNotFoundError, and nothing of a
file is known by its address alone.
"""

from functools import cached_property
from urllib.parse import quote

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from events.domain import signed_addresses

IN_MEMORY_BYTES = 8 * 1024 * 1024  # what is larger while it is read lies in a temporary file without a name
CONNECT_SECONDS, READ_SECONDS, TRIES = 5, 30, 3
NO_KEY = "No key for it was found: write it into STORAGE_URL, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
NOT_REACHED = "It could not be reached: look at the endpoint, the firewall, and the certificate."
REFUSED = {
    "NoSuchBucket": "There is no such bucket: make one, or look at its name and the endpoint.",
    "404": "There is no such bucket: make one, or look at its name and the endpoint.",
    "301": "The bucket is in another region: look at region.",
    "PermanentRedirect": "The bucket is in another region: look at region.",
    "AuthorizationHeaderMalformed": "The bucket is in another region: look at region.",
}
NOT_ALLOWED = (
    "The key may not do all that is needed: list, read, write and delete in this bucket. Look at key and secret."
)


class PrivateBucket(S3Storage):
    """The bucket of STORAGE_URL (config.storing.Bucket). No ACL is sent: without one S3 lets only the owner in."""

    def __init__(self, bucket):
        self.named = bucket
        super().__init__(
            bucket_name=bucket.name,
            access_key=bucket.key or None,
            secret_key=bucket.secret or None,
            endpoint_url=bucket.endpoint or None,
            region_name=bucket.region,
            location=bucket.prefix,
            file_overwrite=False,
            default_acl=None,
            querystring_auth=True,
            querystring_expire=int(signed_addresses.VALID.total_seconds()),
            max_memory_size=IN_MEMORY_BYTES,
            transfer_config=TransferConfig(use_threads=False),
            client_config=_client(bucket),
        )

    def fault(self):
        """What an operator should mend: "", or a sentence. Writes, lists, reads and deletes one small file."""
        try:
            self.connection.meta.client.head_bucket(Bucket=self.named.name)
            name = self.save("check", ContentFile(b"May go at any time."))
            try:
                self.listdir("")
                self.open(name).close()
                return self._fault_of_privacy(name)
            finally:
                self.delete(name)
        except NoCredentialsError:
            return NO_KEY
        except ClientError as error:
            return REFUSED.get(error.response["Error"]["Code"], NOT_ALLOWED)
        except BotoCoreError:
            return NOT_REACHED

    def _fault_of_privacy(self, name):
        asked = {"Bucket": self.named.name}
        try:
            self.unsigned_connection.meta.client.head_object(**asked, Key=self._normalize_name(name))
            return "Everybody may read what lies in it: close the bucket to the public."
        except ClientError:
            pass
        try:
            keeps = self.connection.meta.client.get_bucket_versioning(**asked).get("Status") == "Enabled"
        except ClientError:  # not every key may ask, and not every storage knows what is asked
            return ""
        return "It keeps versions, so that nothing is ever gone: turn versioning off." if keeps else ""

    def signed_address(self, name, answer, *, now):
        """Where a browser may fetch this file for 10 to 20 minutes; `answer` is what S3 is to say with it."""
        path = quote(self._normalize_name(clean_name(name)), safe="/~")
        at = signed_addresses.window_of(now)
        address = f"{self.named.base}/{path}"
        return signed_addresses.signed(address, answer, key=self._key(), region=self.named.region, at=at)

    def _key(self):
        if self._keys is None:
            raise NoCredentialsError
        now = self._keys.get_frozen_credentials()
        return signed_addresses.Key(now.access_key, now.secret_key, now.token or "")

    @cached_property
    def _keys(self):
        """They renew themselves where they are lent, as by the role of a machine."""
        return self._create_session().get_credentials()


def _client(bucket):
    """Checksums only where S3 demands them, for many storages that speak S3 know none of the newer ones."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "path" if bucket.endpoint or "." in bucket.name else "virtual"},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": TRIES, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
