"""The Spanish words of the grammar of massage sentences."""

import re

from tests.routine.pressing_lexicon import Place, Verb

PLACES = (
    Place(
        "back of the knee",
        "knee",
        (
            "la corva",
            "el hueco de la rodilla",
            "la parte de atrás de la rodilla",
            "el pliegue de detrás de la rodilla",
            "el hueco poplíteo",
            "la fosa poplítea",
            "~las corvas",
        ),
        there=("detrás de la rodilla", "por detrás de la rodilla", "justo detrás de la rodilla"),
        starts=("media pantorrilla", "los glúteos", "la mitad de los isquiotibiales"),
        ends=(
            ("los gemelos", "por debajo"),
            ("la pantorrilla", "por debajo"),
            ("los isquiotibiales", "por encima"),
        ),
        only_hand=True,
        above_below=True,
        sideways=True,
    ),
    Place(
        "outer knob",
        "knee",
        (
            "la cabeza del peroné",
            "el bulto de fuera bajo la rodilla",
            "el huesito de fuera de la rodilla",
            "el saliente externo bajo la rodilla",
        ),
        starts=("la mitad del gemelo externo",),
        ends=(("el gemelo externo", "por debajo"),),
        only_hand=True,
        soft=False,
    ),
    Place(
        "groin",
        "hip",
        ("la ingle", "~las ingles", "la zona de la ingle"),
        starts=("medio muslo", "la mitad del muslo"),
        ends=(("la parte de delante del muslo", "por debajo"), ("los cuádriceps", "por debajo")),
    ),
    Place(
        "inner upper thigh",
        "hip",
        (
            "la parte alta e interna del muslo",
            "lo alto de la cara interna del muslo",
            "la parte de arriba de la cara interna del muslo",
        ),
        there=("en lo alto de la cara interna del muslo",),
        starts=("medio muslo",),
        soft=False,
    ),
    Place(
        "hip crease",
        "hip",
        (
            "el pliegue de la cadera",
            "el pliegue entre el muslo y la cadera",
            "el doblez de la cadera",
        ),
        starts=("medio muslo", "la mitad de los cuádriceps"),
        ends=(("la parte de delante del muslo", "por debajo"), ("los cuádriceps", "por debajo")),
    ),
    Place(
        "middle of the belly",
        "trunk",
        (
            "el ombligo",
            "el centro del vientre",
            "la mitad de la barriga",
            "el centro de la tripa",
            "la línea media del abdomen",
        ),
        above_below=True,
    ),
    Place(
        "above the navel",
        "trunk",
        (
            "la boca del estómago",
            "la parte alta del vientre",
            "la parte alta del abdomen",
            "la zona de encima del ombligo",
            "el plexo solar",
        ),
        there=("por encima del ombligo", "encima del ombligo"),
    ),
    Place(
        "pulse",
        "any",
        (
            "el punto donde late el pulso",
            "el sitio donde notas el pulso",
            "la arteria",
            "la zona donde se nota el pulso",
            "la zona que late",
        ),
        there=("donde notes el pulso", "donde late el pulso"),
        findable=False,
    ),
    Place(
        "ribs",
        "trunk",
        (
            "~las costillas",
            "~las costillas flotantes",
            "la caja torácica",
            "~las últimas costillas",
        ),
        starts=("el omóplato",),
        soft=False,
    ),
    Place(
        "flank",
        "trunk",
        (
            "el costado",
            "~los riñones",
            "la zona de los riñones",
            "el hueco blando entre las costillas y la cadera",
            "el flanco",
        ),
        there=("a la altura de los riñones",),
        starts=("el lateral de la cadera",),
        soft=False,
    ),
    Place(
        "kneecap",
        "knee",
        ("la rótula", "el hueso de la rótula", "la patela"),
        starts=("medio muslo", "la mitad de los cuádriceps"),
        ends=(("los cuádriceps", "por encima"), ("la parte de delante del muslo", "por encima")),
        fingers=True,
        above_below=True,
        sideways=True,
        soft=False,
    ),
    Place(
        "side of the knee joint",
        "knee",
        (
            "el lado de la rodilla",
            "el lateral de la rodilla",
            "la cara interna de la rodilla",
            "la cara externa de la rodilla",
            "la línea articular de la rodilla",
        ),
        there=("por dentro de la rodilla", "en el lateral de la rodilla"),
        starts=("medio muslo", "el lateral de la cadera"),
        ends=(("la parte de fuera del muslo", "por encima"),),
        soft=False,
    ),
    Place(
        "shin bone",
        "lower leg",
        (
            "la tibia",
            "el hueso de la espinilla",
            "el borde de la tibia",
        ),
        starts=("la parte de fuera de la pantorrilla",),
        sideways=True,
        beside=("la tibia", "el hueso de la espinilla"),
        soft=False,
    ),
    Place(
        "sitting bone",
        "hip",
        (
            "el isquion",
            "~los isquiones",
            "el hueso sobre el que te sientas",
            "la tuberosidad isquiática",
            "~los huesos de sentarse",
        ),
        starts=("la mitad de los isquiotibiales", "la parte de atrás del muslo"),
        ends=(("los isquiotibiales", "por debajo"), ("la parte de atrás del muslo", "por debajo")),
        fingers=True,
        soft=False,
    ),
    Place(
        "hip bone point",
        "hip",
        (
            "la punta del hueso de la cadera",
            "el hueso de la cadera",
            "el saliente de la cadera",
            "la punta de la cadera",
        ),
        starts=("medio muslo", "el glúteo medio"),
        ends=(
            ("la parte de delante del muslo", "por debajo"),
            ("la parte de fuera del muslo", "por debajo"),
        ),
        fingers=True,
        soft=False,
    ),
    Place(
        "inside the hip bone",
        "hip",
        (
            "el hueco de dentro del hueso de la cadera",
            "la cara interna del hueso de la cadera",
            "el interior de la pelvis",
        ),
        there=("por dentro del hueso de la cadera", "justo por dentro de la cadera"),
        soft=False,
    ),
    Place(
        "spine",
        "trunk",
        (
            "la columna",
            "la columna vertebral",
            "~las vértebras",
            "la espina dorsal",
            "el espinazo",
            "la columna lumbar",
        ),
        there=("a lo largo de la columna",),
        starts=("los glúteos", "el omóplato"),
        sideways=True,
        beside=("la columna", "la columna vertebral", "el espinazo"),
        soft=False,
    ),
    Place(
        "tailbone",
        "hip",
        ("el cóccix", "la rabadilla", "el hueso de la rabadilla", "la punta del coxis"),
        starts=("los glúteos", "la nalga"),
        soft=False,
    ),
    Place(
        "Achilles tendon",
        "lower leg",
        (
            "el tendón de Aquiles",
            "el Aquiles",
            "el tendón del talón",
            "el tendón de encima del talón",
        ),
        starts=("media pantorrilla", "la mitad de los gemelos"),
        ends=(("los gemelos", "por encima"), ("la pantorrilla", "por encima")),
        fingers=True,
        sideways=True,
    ),
    Place(
        "ankle bone",
        "lower leg",
        (
            "el hueso del tobillo",
            "~los huesos del tobillo",
            "~los maléolos",
            "el maléolo",
            "el saliente del tobillo",
        ),
        starts=("media pantorrilla", "el gemelo externo"),
        ends=(("los gemelos", "por encima"), ("la pantorrilla", "por encima")),
        fingers=True,
        soft=False,
    ),
    Place(
        "neck",
        "trunk",
        (
            "el cuello",
            "la garganta",
            "la nuca",
            "la parte de delante del cuello",
            "el lateral del cuello",
            "~las cervicales",
        ),
        starts=("el músculo del hombro", "la parte alta de la espalda"),
        soft=False,
        findable=False,
    ),
    Place(
        "collarbone",
        "trunk",
        ("la clavícula", "~las clavículas", "el hueso de la clavícula"),
        starts=("el pectoral", "el músculo del hombro"),
        soft=False,
    ),
)

MUSCLES = {
    "knee": (
        "los gemelos",
        "el gemelo externo",
        "el vientre del gemelo",
        "los isquiotibiales",
        "la parte de atrás del muslo",
        "los cuádriceps",
        "la parte de fuera del muslo",
    ),
    "lower leg": (
        "la pantorrilla",
        "el gemelo interno",
        "el sóleo",
        "la planta del pie",
    ),
    "hip": (
        "los glúteos",
        "la nalga",
        "el glúteo medio",
        "los isquiotibiales",
        "los cuádriceps",
        "la mitad del muslo",
    ),
    "trunk": ("el pectoral", "el músculo del hombro", "los glúteos", "el brazo", "el trapecio"),
    "any": ("los gemelos", "los isquiotibiales", "los cuádriceps", "la nalga", "la planta del pie"),
}


_FORMS = {
    "rueda": Verb("rueda", "ruedes", "rodar", "rodando", ""),
    "pasa": Verb("pasa", "pases", "pasar", "pasando", ""),
    "aprieta": Verb("aprieta", "aprietes", "apretar", "apretando", ""),
    "presiona": Verb("presiona", "presiones", "presionar", "presionando", ""),
    "masajea": Verb("masajea", "masajees", "masajear", "masajeando", ""),
    "amasa": Verb("amasa", "amases", "amasar", "amasando", ""),
    "frota": Verb("frota", "frotes", "frotar", "frotando", ""),
    "hunde": Verb("hunde", "hundas", "hundir", "hundiendo", ""),
    "clava": Verb("clava", "claves", "clavar", "clavando", ""),
    "carga": Verb("carga", "cargues", "cargar", "cargando", ""),
    "desliza": Verb("desliza", "deslices", "deslizar", "deslizando", ""),
    "trabaja": Verb("trabaja", "trabajes", "trabajar", "trabajando", ""),
    "apoya": Verb("apoya", "apoyes", "apoyar", "apoyando", ""),
    "insiste": Verb("insiste", "insistas", "insistir", "insistiendo", ""),
}


def _verb(stem: str, tool: str, after: str) -> Verb:
    form = _FORMS[stem]
    return Verb(
        form.bare + tool, form.negative + tool, form.infinitive + tool, form.gerund + tool, after
    )


VERBS = (
    _verb("rueda", "", " sobre {X}"),
    _verb("rueda", "", " por {X}"),
    _verb("rueda", "", " por encima de {X}"),
    _verb("pasa", " el rodillo", " por {X}"),
    _verb("pasa", " la pelota", " por {X}"),
    _verb("aprieta", "", " {X} con el pulgar"),
    _verb("aprieta", " con la pelota", " en {X}"),
    _verb("aprieta", "", " sobre {X}"),
    _verb("presiona", "", " {X}"),
    _verb("presiona", "", " sobre {X}"),
    _verb("masajea", "", " {X}"),
    _verb("amasa", "", " {X}"),
    _verb("frota", "", " {X} con los nudillos"),
    _verb("hunde", " la pelota", " en {X}"),
    _verb("clava", " el pulgar", " en {X}"),
    _verb("carga", " el peso", " sobre {X}"),
    _verb("desliza", " el rodillo", " por {X}"),
    _verb("trabaja", "", " {X} con la pelota"),
    _verb("apoya", " el peso", " en {X}"),
    _verb("insiste", "", " en {X}"),
)

VERBS_THERE = (
    _verb("rueda", "", " {X}"),
    _verb("pasa", " el rodillo", " {X}"),
    _verb("aprieta", "", " {X}"),
    _verb("presiona", "", " {X}"),
    _verb("masajea", "", " {X}"),
    _verb("hunde", " la pelota", " {X}"),
    _verb("clava", " el pulgar", " {X}"),
)

WORDS = {
    "to": ("hasta {X}", "hasta llegar a {X}", "hasta tocar {X}"),
    "bare_to": ("hasta {X}",),
    "there": ("en {X}", "sobre {X}"),
    "bare_there": ("{X}",),
    "around": ("en {P}", "cerca de {P}", "alrededor de {P}"),
    "off": (
        "evita {X}",
        "aléjate de {X}",
        "mantente lejos de {X}",
        "quédate lejos de {X}",
        "no toques {X}",
        "no te acerques a {X}",
        "deja en paz {X}",
        "deja fuera {X}",
        "sáltate {X}",
        "esquiva {X}",
        "respeta {X}",
        "mantén el rodillo lejos de {X}",
        "mantén la pelota apartada de {X}",
        "deja {X} sin tocar",
        "no cargues peso sobre {X}",
        "aparta los pulgares de {X}",
    ),
    "offing": (
        "evitando {X}",
        "sin tocar {X}",
        "sin llegar a {X}",
        "sin acercarte a {X}",
        "dejando fuera {X}",
        "lejos de {X}",
        "respetando {X}",
    ),
    "press_it": ("apriéta{lo:X}", "masajéa{lo:X}", "presióna{lo:X}", "trabája{lo:X}"),
    "no": ("no", "nunca", "por favor, no", "jamás", "tampoco"),
    "work": (
        "rueda por {M}",
        "masajea {M}",
        "amasa {M}",
        "pasa el rodillo por {M}",
        "rueda despacio por {M}",
        "hunde la pelota en {M}",
        "trabaja {M}",
        "aprieta {M} con suavidad",
    ),
    "working": ("rodar por {M}", "masajear {M}", "amasar {M}", "trabajar {M}"),
    "hand": ("un palmo", "un palmo largo", "un buen palmo", "una mano entera"),
    "fingers": ("tres dedos", "cuatro dedos", "dos dedos"),
    "symptom": (
        "hormigueo",
        "un dolor agudo",
        "un pinchazo",
        "latidos",
        "quemazón",
        "un calambre eléctrico",
        "adormecimiento",
    ),
    "sore": ("sensible", "dolorido", "tenso", "duro"),
    "knot": ("punto", "nudo"),
    "slowly": ("despacio", "con suavidad", "con calma", "poco a poco", "con firmeza"),
    "hard": ("muy fuerte", "demasiado fuerte", "muy deprisa", "demasiado rápido", "a tirones"),
    "time": ("treinta segundos", "cinco respiraciones", "un minuto"),
    "pad": ("el rodillo", "la pelota"),
    "tool": ("el rodillo", "la pelota", "el palo de masaje"),
}


def agree(slot: str, name: str, plural: bool) -> str | None:
    feminine = name.split(maxsplit=1)[0] in ("la", "las")
    s = "s" if plural else ""
    forms = {
        "n": "n" if plural else "",
        "s": s,
        "lo": ("la" if feminine else "lo") + s,
        "es": "son" if plural else "es",
        "esta": "están" if plural else "está",
        "este": "estén" if plural else "esté",
    }
    return forms.get(slot)


def smooth(text: str) -> str:
    """Write "al" for "a el" and "del" for "de el"."""
    return re.sub(r"\b(a|de) el\b", lambda m: m[1] + "l", text)
