"""Keys of our own for one purpose each, from the secrets of the site."""

import hmac
from collections.abc import Iterable


def derived(secrets_newest_first: Iterable[str], context: bytes) -> tuple[bytes, ...]:
    """A key for each secret there is, in their order (key rotation); those of another context tell nothing of them."""
    return tuple(hmac.digest(secret.encode(), context, "sha256") for secret in secrets_newest_first if secret)
