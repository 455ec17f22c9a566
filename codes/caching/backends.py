"""Redis as a cache that may be gone, and the memory of a process as a cache of parts of pages."""

import logging
import pickle
import time
from collections.abc import Callable
from hashlib import blake2b
from hmac import compare_digest
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache, RedisSerializer
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
T = TypeVar("T")

REST_SECONDS = 5
SIGNATURE_BYTES = 32


class ProcessCache(BaseCache):
    """Text and whole pages in the memory of a process, as they are. Keys name the version of what they hold, so that
    nothing expires: the oldest are dropped where there is no more room, by their number (MAX_ENTRIES) or by their size
    (MAX_BYTES). Django's own pickles each value, which takes longer than to find it."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._most_bytes: int = params.get("OPTIONS", {}).get("MAX_BYTES", 32_000_000)
        self._values: dict[str, Any] = {}
        self._sizes: dict[str, int] = {}
        self._bytes = 0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        return self._values.get(key, default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value; not at all where it may be kept for no time."""
        if timeout == 0:
            return
        self._drop(key)
        self._values[key], self._sizes[key] = (
            value,
            len(value if isinstance(value, str) else pickle.dumps(value)),
        )
        self._bytes += self._sizes[key]
        while self._values and (len(self._values) > self._max_entries or self._bytes > self._most_bytes):
            self._drop(next(iter(self._values)))

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Always True, and nothing is kept: whatever is added is there for other processes, which do not see it."""
        return True

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value; False where there was none."""
        was_there = key in self._values
        self._drop(key)
        return was_there

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
        self._sizes.clear()
        self._bytes = 0

    def _drop(self, key: Any) -> None:
        self._values.pop(key, None)
        self._bytes -= self._sizes.pop(key, 0)


class SignedSerializer(RedisSerializer):
    """Pickles under a signature made with the site's secret key. To read a pickle is to run what it says, so that
    one which this site did not write, or which was changed since, is not read: there is then nothing."""

    def dumps(self, obj: Any) -> Any:
        """The value as Redis keeps it; whole numbers stay as they are, because Redis counts with them."""
        if type(obj) is int:
            return obj
        pickled = bytes(super().dumps(obj))
        return _signature(pickled) + pickled

    def loads(self, data: Any) -> Any:
        """The value, or None where the signature is not ours."""
        if data.removeprefix(b"-").isdigit():
            return int(data)
        signature, pickled = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
        return super().loads(pickled) if compare_digest(signature, _signature(pickled)) else None


def _signature(pickled: bytes) -> bytes:
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=64).digest()
    return blake2b(pickled, digest_size=SIGNATURE_BYTES, key=key, person=b"page cache").digest()


class FaultTolerantRedisCache(RedisCache):
    """A miss in place of an exception. After a failure Redis is left alone for a while, so that a machine that
    swallows packets costs one request a quarter of a second, and not each of them."""

    _rest_until = 0.0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default where there is none or no Redis."""
        return self._or_default(
            default, lambda: super(FaultTolerantRedisCache, self).get(key, default, version)
        )

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        """The values that are there."""
        return self._or_default({}, lambda: super(FaultTolerantRedisCache, self).get_many(keys, version))

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> None:
        """Keep a value, if there is somewhere to."""
        self._or_default(None, lambda: super(FaultTolerantRedisCache, self).set(key, value, *args, **options))

    def set_many(self, data: Any, *args: Any, **options: Any) -> list[Any]:
        """Keep values; the keys of those that could not be."""
        lost = list(data)
        return self._or_default(
            lost, lambda: super(FaultTolerantRedisCache, self).set_many(data, *args, **options)
        )

    def add(self, key: Any, value: Any, *args: Any, **options: Any) -> bool:
        """Keep a value where there is none; False where it was not kept."""
        return self._or_default(
            False, lambda: super(FaultTolerantRedisCache, self).add(key, value, *args, **options)
        )

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value; False where there was none."""
        return self._or_default(False, lambda: super(FaultTolerantRedisCache, self).delete(key, version))

    @classmethod
    def forget_failure(cls) -> None:
        """Ask Redis again at once."""
        cls._rest_until = 0.0

    def _or_default(self, instead: T, ask: Callable[[], T]) -> T:
        if time.monotonic() < FaultTolerantRedisCache._rest_until:
            return instead
        try:
            return ask()
        except RedisError as error:
            FaultTolerantRedisCache._rest_until = time.monotonic() + REST_SECONDS
            logger.warning("Redis does not answer (%s); pages are made anew.", type(error).__name__)
            return instead
