"""The words that the program puts beside a card's own text, in the language of that text."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from player.base.locale import pick_language


class CardWords(NamedTuple):
    """The words of one language. `{}` is where the card's text or a number stands."""

    variant: str
    easier: str
    feel: str
    avoid: str
    keep_off: str
    needs: str
    nothing: str
    load: str
    until: str
    pressure: str
    effort: str
    at_most: str
    span: str
    breathe: str
    breaths: tuple[str, str, str, str]
    """To breathe in, hold, breathe out and hold."""
    things: Mapping[str, str]
    """The names of equipment that differ from its key."""

    def equipment(self, things: Iterable[str]) -> str:
        """Return a line such as `You need: chair, wall.`"""
        names = (self.things.get(thing, thing) for thing in sorted(things))
        return self.needs.format(", ".join(names) or self.nothing)


_ENGLISH = CardWords(
    variant="Today's variant: {}",
    easier="Easier: {}",
    feel="Feel: {}",
    avoid="Avoid: {}.",
    keep_off="Keep off: {}.",
    needs="You need: {}.",
    nothing="nothing",
    load="Load: {}",
    until="Until: {}. Press d to end it early.",
    pressure="Pressure: {} out of 10.",
    effort="Effort: {}%.",
    at_most="at most {}",
    span="{} to {}",
    breathe="Breathe: {}.",
    breaths=("in", "hold", "out", "hold"),
    things={},
)
_SPANISH = CardWords(
    variant="Variante de hoy: {}",
    easier="Más fácil: {}",
    feel="Notarás: {}",
    avoid="Evita: {}.",
    keep_off="No aprietes en: {}.",
    needs="Necesitas: {}.",
    nothing="nada",
    load="Carga: {}",
    until="Hasta: {}. Pulsa d para acabar antes.",
    pressure="Presión: {} sobre 10.",
    effort="Esfuerzo: {} %.",
    at_most="como mucho {}",
    span="de {} a {}",
    breathe="Respira: {}.",
    breaths=("toma aire", "espera", "suelta el aire", "espera"),
    things={
        "ball": "pelota",
        "band": "banda",
        "bed": "cama",
        "chair": "silla",
        "cold-pack": "bolsa fría",
        "cushion": "cojín",
        "floor": "suelo",
        "psoas-tool": "masajeador de psoas",
        "rail": "pasamanos",
        "roller": "rodillo",
        "step": "escalón",
        "stick": "barra",
        "strap": "cinta",
        "towel": "toalla",
        "wall": "pared",
        "wrap": "venda",
    },
)
_ALL = {"en": _ENGLISH, "es": _SPANISH}


def card_words(language: str) -> CardWords:
    """Return the words beside a text in this language: those of the language, or English."""
    return _ALL[pick_language(_ALL, [language])]
