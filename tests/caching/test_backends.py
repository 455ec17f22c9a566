"""Parts of pages in the memory of a process."""

from codes.caching.backends import ProcessCache


def _cache(most: int) -> ProcessCache:
    return ProcessCache("parts", {"OPTIONS": {"MAX_ENTRIES": most}})


def test_what_was_kept_comes_back_as_it_was() -> None:
    cache, value = _cache(2), "a part"
    cache.set("one", value, None)
    assert cache.get("one") is value
    assert cache.get("two", "nothing") == "nothing"


def test_the_oldest_makes_room() -> None:
    cache = _cache(2)
    for key in ("one", "two", "three"):
        cache.set(key, key, 60)
    assert [cache.get(key) for key in ("one", "two", "three")] == [None, "two", "three"]


def test_what_may_be_kept_for_no_time_is_not_kept() -> None:
    cache = _cache(2)
    cache.set("one", "a part", 0)
    assert cache.get("one") is None


def test_nothing_is_left_once_it_is_cleared() -> None:
    cache = _cache(2)
    cache.set("one", "a part")
    cache.clear()
    assert cache.get("one") is None


def test_the_memory_of_a_process_is_bounded_in_bytes_whatever_is_asked() -> None:
    cache = ProcessCache("", {"OPTIONS": {"MAX_ENTRIES": 1_000, "MAX_BYTES": 10_000}})
    for number in range(100):
        cache.set(number, b"x" * 1_000)
    kept = [number for number in range(100) if cache.get(number)]
    assert kept == list(range(91, 100))
    cache.set(99, b"")
    cache.set("a", "x" * 20_000)
    assert [cache.get(name) for name in (98, 99, "a")] == [None, None, None]
    cache.set("b", "x")
    assert cache.get("b") == "x"
