"""The rule of five as plain Python."""

from itertools import islice, pairwise

from contributions.reports.anonymity import (
    DENIAL_MINIMUM,
    OTHERS,
    Counted,
    CountedAnswer,
    capped,
    floor_of,
    is_crowd,
    is_due,
    reporters_of,
    share,
    steps,
    table,
)


def reports(**answers: int) -> list[Counted]:
    """So many reports with each answer, each of a reporter of its own."""
    told = [answer for answer, count in answers.items() for _ in range(count)]
    return [Counted(number, {"reason": answer}) for number, answer in enumerate(told)]


def words(**answers: int) -> list[tuple[str, str]]:
    return [(row.answer, row.word) for row in table(reports(**answers), "reason", 5)]


def shares(**answers: int) -> list[tuple[str, int | None]]:
    return [(row.answer, row.percent) for row in table(reports(**answers), "reason", 20)]


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
    assert is_due(71, 5, 61)
    assert not is_due(4, 4, 0)
    assert not is_due(9, 4, 5), "between steps"
    assert not is_due(10, 4, 5), "four newcomers, one came back"
    assert not is_due(5, 1, 0), "it would differ from the one that was hidden by one person"
    assert not is_due(66, 5, 61), "above fifty a step is a tenth"


def test_a_new_year_need_not_overtake_the_old_one_to_be_taken_in() -> None:
    assert is_due(40, 5, 40), "forty last year, five this year: nobody knows whether they are the same"
    assert not is_due(92, 9, 92)
    assert is_due(92, 10, 92)


def test_more_than_half_together_are_a_crowd() -> None:
    assert is_crowd(3, 5)
    assert not is_crowd(2, 5)
    assert not is_crowd(5, 10)


def test_below_twenty_answers_have_words_and_no_figures() -> None:
    assert words(a=7, b=3, c=2) == [("a", "most"), ("b", "several"), ("c", "some")]
    assert all(row.percent is None for row in table(reports(a=7, b=3), "reason", 15))


def test_half_is_not_most_and_a_quarter_is_several() -> None:
    assert words(a=4, b=2, c=2) == [("a", "several"), ("b", "several"), ("c", "several")]
    assert words(a=7, b=2) == [("a", "most"), ("b", "some")]


def test_an_answer_of_one_reporter_is_counted_among_the_others_and_never_shown() -> None:
    assert words(a=4, b=1) == [("a", "most"), (OTHERS, "")]
    assert words(a=4, b=1, c=1) == [("a", "most"), (OTHERS, "")]


def test_a_table_of_single_answers_is_empty_like_one_without_answers() -> None:
    assert words(a=1, b=1, c=1, d=1, e=1) == words() == []


def test_the_order_within_a_word_is_the_alphabet() -> None:
    assert words(c=3, b=2, a=2) == [("a", "several"), ("b", "several"), ("c", "several")]


def test_from_twenty_on_answers_of_one_or_two_fold_together() -> None:
    assert shares(a=20, b=10, c=2, d=2) == [("a", 60), ("b", 30), (OTHERS, 10)]
    assert shares(a=20, b=3) == [("a", 85), ("b", 15)]


def test_a_pool_under_three_takes_the_next_smallest_with_it() -> None:
    assert shares(a=20, b=8, c=2) == [("a", 65), (OTHERS, 35)]


def test_a_table_that_folds_altogether_is_empty() -> None:
    assert shares(a=19, b=2) == shares(a=2, b=2) == shares() == []


def test_who_did_not_answer_is_not_counted() -> None:
    silent = [Counted(100 + n, {"reason": ""}) for n in range(3)]
    assert table([*reports(a=5), *silent], "reason", 5) == (CountedAnswer("a", "most"),)


def test_an_answer_counts_people_and_not_reports() -> None:
    one_person = [Counted(100, {"reason": "b"}) for _ in range(3)]
    assert table([*reports(a=4), *one_person], "reason", 5) == (
        CountedAnswer("a", "most"),
        CountedAnswer(OTHERS),
    )


def test_people_of_two_years_may_be_the_same_and_are_not_added_up() -> None:
    both = [
        Counted(number, {"reason": "a"}, period) for number, period in enumerate(("2026", "2026", "2027"))
    ]
    assert reporters_of(both) == 2
    twice = [Counted(1, {"reason": "a"}, "2026"), Counted(2, {"reason": "a"}, "2027")]
    assert table(twice, "reason", 5) == (), "it may be one person, a year apart"


def test_shares_are_multiples_of_five_rounded_half_up() -> None:
    assert [share(n, 200) for n in (5, 4, 15, 14, 200)] == [5, 0, 10, 5, 100]
    assert all(share(n, 37) % 5 == 0 for n in range(38))


def test_order_tells_nothing_that_the_shares_do_not() -> None:
    assert [answer for answer, _ in shares(b=101, a=100)] == ["a", "b"]


def test_three_reports_of_one_reporter_enter_the_shares() -> None:
    mine = [Counted(1, {"reason": str(number)}) for number in range(5)]
    assert [report.answers["reason"] for report in capped(mine)] == ["2", "3", "4"]
    assert reporters_of(mine) == 1
