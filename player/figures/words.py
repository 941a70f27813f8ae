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
    hand_on: str
    sits_on: Mapping[str, str]
    standing: str
    kneeling: str
    on_one_knee: str
    on_all_fours: str
    on_the_floor: str
    on_the_back: str
    on_the_side: str
    face_down: str
    leaning_forward: str
    leaning_back: str
    both_legs: str
    this_leg: str
    other_leg: str
    thigh_ahead: str
    thigh_back: str
    thigh_out: str
    knee_straight: str
    knee_soft: str
    knee_bent: str
    knee_far: str
    foot_flat: str
    toes_up: str
    toes_pointed: str
    leg_joints: Mapping[str, str]
    arm_joints: Mapping[str, str]
    trunk: str
    from_to: str
    strokes: str
    moves: str
    works: str
    figure: str


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
    },
    places={
        PropPlace.UNDER: "{0} is under {1}",
        PropPlace.OVER: "{0} lies on {1}",
        PropPlace.FRONT: "{0} is in front of {1}",
        PropPlace.BEHIND: "{0} is behind {1}",
        PropPlace.BESIDE: "{0} is beside {1}",
    },
    leads="{0} leads from {1} to {2}",
    hand_on="Hand on {0}",
    sits_on={"chair": "sitting on a chair", "bed": "sitting on the edge of a bed"},
    standing="standing",
    kneeling="kneeling",
    on_one_knee="kneeling on one knee",
    on_all_fours="on hands and knees",
    on_the_floor="sitting on the floor",
    on_the_back="lying on the back",
    on_the_side="lying on one side",
    face_down="lying face down",
    leaning_forward="leaning forward {} degrees",
    leaning_back="leaning back {} degrees",
    both_legs="Both legs",
    this_leg="The marked leg",
    other_leg="The other leg",
    thigh_ahead="thigh forward",
    thigh_back="thigh back",
    thigh_out="thigh out to the side",
    knee_straight="knee straight",
    knee_soft="knee a little bent",
    knee_bent="knee bent",
    knee_far="knee bent far",
    foot_flat="foot level",
    toes_up="toes drawn up",
    toes_pointed="toes pointed",
    leg_joints={"hip": "hip", "open": "hip to the side", "knee": "knee", "ankle": "ankle"},
    arm_joints={"shoulder": "shoulder", "elbow": "elbow"},
    trunk="trunk",
    from_to="{0} from {1} to {2} degrees",
    strokes="{0} rolls along",
    moves="It moves",
    works="Works",
    figure="Figure",
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
        Region.BELLY: "vientre",
        Region.LOWBACK: "zona lumbar",
    },
    views={
        View.SIDE: "De lado",
        View.FRONT: "De frente",
        View.BACK: "De espaldas",
        View.CORNER: "De frente y de un lado",
        View.ABOVE: "Desde arriba",
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
        "belly": "el vientre",
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
    },
    places={
        PropPlace.UNDER: "{0} está debajo de {1}",
        PropPlace.OVER: "{0} está sobre {1}",
        PropPlace.FRONT: "{0} está delante de {1}",
        PropPlace.BEHIND: "{0} está detrás de {1}",
        PropPlace.BESIDE: "{0} está al lado de {1}",
    },
    leads="{0} va de {1} a {2}",
    hand_on="La mano en {0}",
    sits_on={"chair": "sentado en una silla", "bed": "sentado en el borde de una cama"},
    standing="de pie",
    kneeling="de rodillas",
    on_one_knee="con una rodilla en el suelo",
    on_all_fours="a cuatro patas",
    on_the_floor="sentado en el suelo",
    on_the_back="boca arriba",
    on_the_side="de lado, en el suelo",
    face_down="boca abajo",
    leaning_forward="inclinado {} grados hacia delante",
    leaning_back="inclinado {} grados hacia atrás",
    both_legs="Las dos piernas",
    this_leg="La pierna marcada",
    other_leg="La otra pierna",
    thigh_ahead="muslo hacia delante",
    thigh_back="muslo hacia atrás",
    thigh_out="muslo hacia fuera",
    knee_straight="rodilla recta",
    knee_soft="rodilla un poco doblada",
    knee_bent="rodilla doblada",
    knee_far="rodilla muy doblada",
    foot_flat="pie plano",
    toes_up="dedos hacia ti",
    toes_pointed="pie en punta",
    leg_joints={"hip": "cadera", "open": "cadera de lado", "knee": "rodilla", "ankle": "tobillo"},
    arm_joints={"shoulder": "hombro", "elbow": "codo"},
    trunk="tronco",
    from_to="{0} de {1} a {2} grados",
    strokes="{0} rueda a lo largo",
    moves="Se mueve",
    works="Trabaja",
    figure="Figura",
)
