"""The cache in files, counting as the other caches do."""

import pickle
import zlib
from io import BytesIO

from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class FileCache(FileBasedCache):
    """Django's own incr forgets when the key expires, and two at once count as one; here neither."""

    def incr(self, key, delta=1, version=None):
        """The new value; raises ValueError for a key that is not there, or no longer."""
        if not self.has_key(key, version):  # which deletes what has expired
            raise ValueError(key)
        try:
            with open(self._key_to_file(key, version), "r+b", buffering=0) as file:
                locks.lock(file, locks.LOCK_EX)  # closing unlocks
                return self._add_to(file, delta)
        except FileNotFoundError:
            raise ValueError(key) from None

    def _add_to(self, file, delta):
        """Writes the file anew in one go, so that whoever reads meanwhile finds a whole one."""
        content = BytesIO(file.read())
        expires_at = pickle.load(content)  # noqa: S301  our own file, as in Django's class
        value = pickle.loads(zlib.decompress(content.read())) + delta  # noqa: S301
        file.seek(0)
        file.write(
            pickle.dumps(expires_at, self.pickle_protocol) + zlib.compress(pickle.dumps(value, self.pickle_protocol))
        )
        file.truncate()
        return value
