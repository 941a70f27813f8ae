"""Draws the pictures of a figure in one size, each when it is first needed, and caches them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from player.figures.alt import alt_text, names_of
from player.figures.motion import SHARES
from player.figures.raster import Frame, Picture, frame, named_as, picture
from player.figures.shapes import Drawing, drawing
from player.figures.solve import solve
from player.figures.svg import Sketch, sketch
from player.routine.model import Exercise
from player.routine.pose import Figure, Limb, Pose, View, Works
from player.routine.vocabulary import Region, Side

LEAST_COLUMNS, LEAST_ROWS = 20, 7
"""In fewer cells nobody can recognise a figure."""

NAMES_FROM = 44
"""A body map of at least this many columns has room for names."""

_STANDING = Figure(
    Pose(near=Limb(open=7, shoulder=0, out=16), far=Limb(open=7, shoulder=0, out=16))
)


class Film:
    """A figure at one size, working on one side. `languages` selects the language of the names."""

    def __init__(
        self,
        figure: Figure,
        regions: Iterable[Region],
        columns: int,
        rows: int,
        languages: Sequence[str] = (),
        *,
        side: Side | None = None,
    ) -> None:
        self.figure = figure
        self.moves = figure.to is not None
        self._regions = frozenset(regions)
        self._names = names_of(self._regions, languages)
        self._side = side
        # The near leg is the right one. Turned round, it is the left one.
        self._mirrored = side is (Side.RIGHT if figure.works is Works.FAR else Side.LEFT)
        self._size = columns, rows
        self._drawings: dict[int, Drawing] = {}
        self._pictures: dict[int, Picture] = {}
        self._frame: Frame | None = None

    def at(self, share: float = 0.0) -> Picture:
        """Return the picture at a share of the movement, rounded to the nearest of its steps."""
        place = round(min(max(share, 0.0), 1.0) * SHARES) if self.moves else 0
        if place not in self._pictures:
            names = {} if place else self._names
            found = picture(self._drawing(place), self._placing(), names, self._mirrored)
            self._pictures[place] = named_as(found, self.at()) if place else found
        return self._pictures[place]

    def both(self) -> Picture:
        """Return both poses of a movement side by side, or the one pose if nothing moves."""
        if not self.moves:
            return self.at()
        columns, rows = self._size
        halves = []
        for place in (0, SHARES):
            half = Film(self.figure, self._regions, columns // 2, rows, (), side=self._side)
            half._names = self._names if place == 0 else {}
            halves.append(half.at(place / SHARES))
        return beside(*halves)

    def _placing(self) -> Frame:
        if self._frame is None:
            shares = (0, SHARES // 2, SHARES) if self.moves else (0,)
            self._frame = frame([self._drawing(share) for share in shares], *self._size)
        return self._frame

    def _drawing(self, place: int) -> Drawing:
        if place not in self._drawings:
            figure = self.figure
            solved = solve(figure, place / SHARES)
            self._drawings[place] = drawing(solved, figure.view, self._regions, figure.works)
        return self._drawings[place]


def beside(*pictures: Picture) -> Picture:
    """Join pictures of the same height side by side."""
    rows = zip(*(one.rows for one in pictures), strict=True)
    return Picture(tuple(tuple(run for row in parts for run in row) for parts in rows))


@lru_cache(maxsize=8)
def body_map(
    regions: frozenset[Region], columns: int, rows: int, languages: tuple[str, ...] = ()
) -> Picture:
    """Draw a standing body from the front and from behind, with regions marked on both sides."""
    halves = []
    for view in (View.FRONT, View.BACK):
        body = drawing(solve(_STANDING), view, _visible_from(view, regions), Works.BOTH)
        placed = frame([body], columns // 2, rows)
        named = names_of(regions, languages) if columns >= NAMES_FROM else {}
        halves.append(picture(body, placed, named))
    return beside(*halves)


_BEHIND = frozenset({Region.CALF, Region.HAM, Region.GLUTE, Region.LOWBACK})


def _visible_from(view: View, regions: frozenset[Region]) -> frozenset[Region]:
    return regions & _BEHIND if view is View.BACK else regions - _BEHIND


def sketched(exercise: Exercise, languages: Sequence[str] = ()) -> Sketch | None:
    """Return the figure of an exercise as SVG for a page, or None if the exercise has no figure."""
    figure = exercise.figure
    if figure is None:
        return None
    shares = (0.0, 1.0) if figure.to is not None else (0.0,)
    drawings = [
        drawing(solve(figure, share), figure.view, exercise.regions, figure.works)
        for share in shares
    ]
    return sketch(
        drawings,
        names_of(exercise.regions, languages),
        exercise.name.pick(languages),
        alt_text(figure, exercise.regions, languages, exercise.kind),
    )
