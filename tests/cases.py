"""Runs many small cases in one test, which costs less than a test for each."""

import inspect
from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any

Test = Callable[..., None]


def cases(
    names: str | tuple[str, ...], values: Iterable[Any] | Callable[[], Iterable[Any]]
) -> Callable[[Test], Test]:
    """Run a test with each of `values`, like `pytest.mark.parametrize`, but as one test.

    A failure names its case. All cases share the same fixtures. If `values` is a function, it is
    called only when the test runs.
    """
    wanted = tuple(names.replace(",", " ").split()) if isinstance(names, str) else names

    def joined(test: Test) -> Test:
        def whole(**fixtures: Any) -> None:
            __tracebackhide__ = True
            rows = list(values if isinstance(values, Iterable) else values())
            assert rows, "there is no case"
            for case in rows:
                row = case if len(wanted) > 1 else (case,)
                try:
                    test(**fixtures, **dict(zip(wanted, row, strict=True)))
                except BaseException as error:
                    error.add_note(f"in the case {case!r:.500}")
                    raise

        inner = inspect.signature(test)
        left = [each for name, each in inner.parameters.items() if name not in wanted]
        made: Any = update_wrapper(whole, test)
        del made.__wrapped__  # pytest would look there for names of fixtures
        made.__signature__ = inner.replace(parameters=left)
        done: Test = made
        return done

    return joined
