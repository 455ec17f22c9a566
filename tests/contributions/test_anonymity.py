"""The rule of five as plain Python."""

from itertools import islice, pairwise

from contributions.anonymity import (
    DENIAL_MINIMUM,
    WITHHELD,
    Counted,
    Share,
    capped,
    floor_of,
    is_due,
    rate,
    reporters_of,
    share,
    steps,
    table,
)


def reports(**answers: int) -> list[Counted]:
    """So many reports with each answer, each of a reporter of its own."""
    told = [answer for answer, count in answers.items() for _ in range(count)]
    return [Counted(number, {"reason": answer}) for number, answer in enumerate(told)]


def test_five_is_five() -> None:
    assert DENIAL_MINIMUM == 5


def test_steps_are_five_apart_to_fifty_and_a_tenth_apart_above() -> None:
    found = list(islice(steps(), 40))
    assert found[:11] == [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]
    assert all(after - before >= 5 for before, after in pairwise(found))
    assert all(10 * after >= 11 * before for before, after in pairwise(found[9:]))


def test_a_floor_is_never_above_the_number_and_nothing_below_five() -> None:
    assert [floor_of(n) for n in (0, 1, 4, 5, 9, 10, 49, 50, 54, 55, 60, 61)] == [
        0, 0, 0, 5, 5, 10, 45, 50, 50, 55, 55, 61,
    ]  # fmt: skip


def test_a_snapshot_is_due_at_a_step_with_five_newcomers() -> None:
    assert is_due(5, 5, 0)
    assert is_due(10, 5, 5)
    assert not is_due(4, 4, 0)
    assert not is_due(9, 5, 5), "between steps"
    assert not is_due(10, 4, 5), "four newcomers, one came back"
    assert not is_due(5, 1, 0), "it would differ from the one that was hidden by one person"


def test_small_cells_fold_together() -> None:
    found = table(reports(a=20, b=10, c=3, d=3), "reason")
    assert found == (Share("a", 55), Share("b", 30), Share(WITHHELD, 15))


def test_a_pool_under_five_takes_the_next_smallest_with_it() -> None:
    assert table(reports(a=20, b=8, c=1), "reason") == (Share("a", 70), Share(WITHHELD, 30))


def test_a_table_that_folds_altogether_is_empty() -> None:
    assert table(reports(a=5, b=4), "reason") == ()
    assert table(reports(a=4, b=4, c=4), "reason") == ()


def test_too_few_answers_and_none_at_all_look_alike() -> None:
    assert table(reports(a=4), "reason") == table([], "reason") == ()


def test_who_did_not_answer_is_not_counted() -> None:
    silent = [Counted(100 + n, {"reason": ""}) for n in range(3)]
    assert table([*reports(a=5), *silent], "reason") == (Share("a", 100),)


def test_a_cell_counts_people_and_not_reports() -> None:
    one_person = [Counted(1, {"reason": "b"}) for _ in range(9)]
    assert table([*reports(a=20), *one_person], "reason") == ()


def test_shares_are_multiples_of_five_rounded_half_up() -> None:
    assert [share(n, 200) for n in (5, 4, 15, 14, 200)] == [5, 0, 10, 5, 100]
    assert all(share(n, 37) % 5 == 0 for n in range(38))


def test_order_tells_nothing_that_the_shares_do_not() -> None:
    assert [row.answer for row in table(reports(b=101, a=100), "reason")] == ["a", "b"]


def test_three_reports_of_one_reporter_enter_the_shares() -> None:
    mine = [Counted(1, {"reason": str(number)}) for number in range(5)]
    assert [report.answers["reason"] for report in capped(mine)] == ["2", "3", "4"]
    assert reporters_of(mine) == 1


def test_a_rate_needs_five_on_every_side() -> None:
    groups = {"won": reports(a=6), "lost": reports(a=6), "open": []}
    assert rate(groups, "won", "lost") == 50
    assert rate({**groups, "lost": reports(a=4)}, "won", "lost") is None
    assert rate({**groups, "open": reports(a=1)}, "won", "lost") is None
    assert rate({"won": [], "lost": []}, "won", "lost") is None
