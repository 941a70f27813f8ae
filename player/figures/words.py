"""The words that describe a figure, in each language of the program."""

from collections.abc import Mapping
from typing import NamedTuple

from player.routine.pose import PropPlace, View
from player.routine.vocabulary import Region


class Words(NamedTuple):
    """The words of one language, for `alt_text` and the pointer."""

    regions: Mapping[Region, str]
    views: Mapping[View, str]
    things: Mapping[str, str]
    parts: Mapping[str, str]
    places: Mapping[PropPlace, str]
    """{0} is the thing, {1} the part that it touches."""
    leads: str
    against: str
    between_knees: str
    below_hip_bone: str
    second: Mapping[str, str]
    """The second thing of a kind."""
    hand_on: str
    hands_on: str
    forearm_on: str
    forearms_on: str
    arm_up: str
    of_leg: str
    """{0} is a part of a leg, {1} the leg."""
    sits_on: Mapping[str, str]
    standing: str
    on_one_leg: str
    kneeling: str
    on_one_knee: str
    on_all_fours: str
    on_the_floor: str
    on_the_back: str
    on_the_side: str
    on_the_left_side: str
    on_the_right_side: str
    on_top: str
    turned_onto: str
    face_down: str
    leaning_forward: str
    leaning_back: str
    both_legs: str
    this_leg: str
    other_leg: str
    one_leg: str
    """A leg of a figure in which no single leg is marked."""
    both_arms: str
    this_arm: str
    other_arm: str
    one_arm: str
    thigh_ahead: str
    thigh_back: str
    thigh_out: str
    thigh_across: str
    crossed: str
    soles_together: str
    knee_straight: str
    knee_soft: str
    knee_bent: str
    knee_far: str
    foot_flat: str
    heel_up: str
    toes_up: str
    toes_pointed: str
    leg_joints: Mapping[str, str]
    arm_joints: Mapping[str, str]
    trunk: str
    from_to: str
    strokes: str
    hand_moves: str
    moves: str
    works: str
    sore: str
    """Takes the place of `works` for an exercise that cares for a sore place."""
    any_of: str
    """Stands before the last of several places of which one is meant."""
    figure: str
    contractions: Mapping[str, str]
    """Pairs of words that the language joins."""


ENGLISH = Words(
    regions={
        Region.CALF: "calf",
        Region.SHIN: "shin",
        Region.FOOT: "foot",
        Region.KNEE: "knee",
        Region.QUAD: "front thigh",
        Region.HAM: "back thigh",
        Region.ADDUCTOR: "inner thigh",
        Region.GLUTE: "buttock",
        Region.TFL: "outer hip",
        Region.HIPFLEXOR: "hip flexors",
        Region.BELLY: "belly",
        Region.LOWBACK: "low back",
    },
    views={
        View.SIDE: "From the side",
        View.FRONT: "From the front",
        View.BACK: "From behind",
        View.CORNER: "From the front and one side",
        View.ABOVE: "From above",
        View.TOP: "From above",
    },
    things={
        "floor": "the floor",
        "chair": "the chair",
        "bed": "the bed",
        "step": "the step",
        "roller": "the roller",
        "ball": "the ball",
        "cushion": "the cushion",
        "psoas-tool": "the psoas tool",
        "wall": "the wall",
        "rail": "the rail",
        "strap": "the strap",
        "stick": "the stick",
        "towel": "the towel",
        "band": "the band",
        "wrap": "the wrap",
        "cold-pack": "the cold pack",
    },
    parts={
        "head": "the head",
        "chest": "the chest",
        "ribs": "the lower ribs",
        "belly": "the belly",
        "back": "the back",
        "hips": "the hips",
        "hand": "the hand",
        "elbow": "the elbow",
        "shoulder": "the shoulder",
        "hip": "the hip",
        "seat": "the buttock",
        "thigh": "the thigh",
        "quad": "the front of the thigh",
        "ham": "the back of the thigh",
        "knee": "the knee",
        "shin": "the shin",
        "calf": "the calf",
        "ankle": "the ankle",
        "heel": "the heel",
        "sole": "the sole",
        "toes": "the toes",
        "foot": "the foot",
        "buttock": "the upper outer buttock",
        "pocket": "the hip-pocket muscle",
        "inside-hip": "the place just inside the front hip bone",
        "outer-thigh": "the outer front of the thigh",
        "shin-muscle": "the muscle beside the shin bone",
    },
    places={
        PropPlace.UNDER: "{0} is under {1}",
        PropPlace.OVER: "{0} lies on {1}",
        PropPlace.FRONT: "{0} is in front of {1}",
        PropPlace.BEHIND: "{0} is behind {1}",
        PropPlace.BESIDE: "{0} is beside {1}",
    },
    leads="{0} leads from {1} to {2}",
    against="{1} is against {0}",
    between_knees="{0} is between the knees",
    below_hip_bone="a hand below the front hip bone",
    second={"chair": "a second chair", "cushion": "a second cushion"},
    hand_on="Hand on {0}",
    hands_on="Both hands on {0}",
    forearm_on="Forearm on {0}",
    forearms_on="Both forearms on {0}",
    arm_up="{0} is up",
    of_leg="{0} of {1}",
    sits_on={"chair": "sitting on a chair", "bed": "sitting on the edge of a bed"},
    standing="standing",
    on_one_leg="standing on one leg",
    kneeling="kneeling",
    on_one_knee="kneeling on one knee",
    on_all_fours="on hands and knees",
    on_the_floor="sitting on the floor",
    on_the_back="lying on the back",
    on_the_side="lying on one side",
    on_the_left_side="lying on the left side",
    on_the_right_side="lying on the right side",
    on_top="{0} on top",
    turned_onto="turned a little onto the side of {0}",
    face_down="lying face down",
    leaning_forward="leaning forward {} degrees",
    leaning_back="leaning back {} degrees",
    both_legs="Both legs",
    this_leg="The marked leg",
    other_leg="The other leg",
    one_leg="One leg",
    both_arms="Both arms",
    this_arm="The arm on the marked side",
    other_arm="The other arm",
    one_arm="One arm",
    thigh_ahead="thigh forward",
    thigh_back="thigh back",
    thigh_out="thigh out to the side",
    thigh_across="thigh across to the other side",
    crossed="ankle on the other thigh",
    soles_together="soles together",
    knee_straight="knee straight",
    knee_soft="knee a little bent",
    knee_bent="knee bent",
    knee_far="knee bent far",
    foot_flat="foot flat",
    heel_up="heel up",
    toes_up="toes drawn up",
    toes_pointed="toes pointed",
    leg_joints={"hip": "hip", "open": "hip to the side", "knee": "knee", "ankle": "ankle"},
    arm_joints={"shoulder": "shoulder", "elbow": "elbow"},
    trunk="trunk",
    from_to="{0} from {1} to {2} degrees",
    strokes="{0} rolls along {1}",
    hand_moves="the hand moves from {0} to {1}",
    moves="It moves",
    works="Works",
    sore="Sore place",
    any_of="or",
    figure="Figure",
    contractions={},
)

SPANISH = Words(
    regions={
        Region.CALF: "pantorrilla",
        Region.SHIN: "espinilla",
        Region.FOOT: "pie",
        Region.KNEE: "rodilla",
        Region.QUAD: "muslo delantero",
        Region.HAM: "muslo posterior",
        Region.ADDUCTOR: "muslo interno",
        Region.GLUTE: "glúteo",
        Region.TFL: "lado de la cadera",
        Region.HIPFLEXOR: "flexores de la cadera",
        Region.BELLY: "barriga",
        Region.LOWBACK: "zona lumbar",
    },
    views={
        View.SIDE: "De lado",
        View.FRONT: "De frente",
        View.BACK: "De espaldas",
        View.CORNER: "De frente y de un lado",
        View.ABOVE: "Desde arriba",
        View.TOP: "Desde arriba",
    },
    things={
        "floor": "el suelo",
        "chair": "la silla",
        "bed": "la cama",
        "step": "el escalón",
        "roller": "el rodillo",
        "ball": "la pelota",
        "cushion": "el cojín",
        "psoas-tool": "el masajeador de psoas",
        "wall": "la pared",
        "rail": "el pasamanos",
        "strap": "la cinta",
        "stick": "la barra",
        "towel": "la toalla",
        "band": "la banda",
        "wrap": "la venda",
        "cold-pack": "la bolsa fría",
    },
    parts={
        "head": "la cabeza",
        "chest": "el pecho",
        "ribs": "las costillas bajas",
        "belly": "la barriga",
        "back": "la espalda",
        "hips": "la cadera",
        "hand": "la mano",
        "elbow": "el codo",
        "shoulder": "el hombro",
        "hip": "la cadera",
        "seat": "el glúteo",
        "thigh": "el muslo",
        "quad": "la parte delantera del muslo",
        "ham": "la parte posterior del muslo",
        "knee": "la rodilla",
        "shin": "la espinilla",
        "calf": "la pantorrilla",
        "ankle": "el tobillo",
        "heel": "el talón",
        "sole": "la planta del pie",
        "toes": "los dedos del pie",
        "foot": "el pie",
        "buttock": "la parte alta y de fuera del glúteo",
        "pocket": "el músculo a la altura del bolsillo",
        "inside-hip": "el sitio justo por dentro del hueso delantero de la cadera",
        "outer-thigh": "la parte delantera y de fuera del muslo",
        "shin-muscle": "el músculo al lado del hueso de la espinilla",
    },
    places={
        PropPlace.UNDER: "{0} está debajo de {1}",
        PropPlace.OVER: "{0} está sobre {1}",
        PropPlace.FRONT: "{0} está delante de {1}",
        PropPlace.BEHIND: "{0} está detrás de {1}",
        PropPlace.BESIDE: "{0} está al lado de {1}",
    },
    leads="{0} va de {1} a {2}",
    against="{1} está contra {0}",
    between_knees="{0} está entre las rodillas",
    below_hip_bone="un palmo por debajo del hueso delantero de la cadera",
    second={"chair": "una segunda silla", "cushion": "un segundo cojín"},
    hand_on="La mano en {0}",
    hands_on="Las dos manos en {0}",
    forearm_on="El antebrazo en {0}",
    forearms_on="Los dos antebrazos en {0}",
    arm_up="{0} está arriba",
    of_leg="{0} de {1}",
    sits_on={
        "chair": "en posición sentada, en una silla",
        "bed": "en posición sentada, en el borde de una cama",
    },
    standing="de pie",
    on_one_leg="de pie sobre una pierna",
    kneeling="de rodillas",
    on_one_knee="con una rodilla en el suelo",
    on_all_fours="a cuatro patas",
    on_the_floor="en posición sentada, en el suelo",
    on_the_back="boca arriba",
    on_the_side="en posición tumbada, de lado",
    on_the_left_side="en posición tumbada, sobre el lado izquierdo",
    on_the_right_side="en posición tumbada, sobre el lado derecho",
    on_top="{0} encima",
    turned_onto="con un pequeño giro hacia el lado de {0}",
    face_down="boca abajo",
    leaning_forward="con el tronco inclinado {} grados hacia delante",
    leaning_back="con el tronco inclinado {} grados hacia atrás",
    both_legs="Las dos piernas",
    this_leg="La pierna marcada",
    other_leg="La otra pierna",
    one_leg="Una pierna",
    both_arms="Los dos brazos",
    this_arm="El brazo del lado marcado",
    other_arm="El otro brazo",
    one_arm="Un brazo",
    thigh_ahead="muslo hacia delante",
    thigh_back="muslo hacia atrás",
    thigh_out="muslo hacia fuera",
    thigh_across="muslo cruzado hacia el otro lado",
    crossed="tobillo sobre el otro muslo",
    soles_together="plantas de los pies juntas",
    knee_straight="rodilla recta",
    knee_soft="rodilla un poco doblada",
    knee_bent="rodilla doblada",
    knee_far="rodilla muy doblada",
    foot_flat="pie apoyado",
    heel_up="talón levantado",
    toes_up="dedos hacia ti",
    toes_pointed="pie en punta",
    leg_joints={"hip": "cadera", "open": "cadera de lado", "knee": "rodilla", "ankle": "tobillo"},
    arm_joints={"shoulder": "hombro", "elbow": "codo"},
    trunk="tronco",
    from_to="{0} de {1} a {2} grados",
    strokes="{0} rueda a lo largo de {1}",
    hand_moves="la mano va de {0} a {1}",
    moves="Se mueve",
    works="Trabaja",
    sore="Sitio dolorido",
    any_of="o",
    figure="Figura",
    contractions={" de el ": " del ", " a el ": " al "},
)
