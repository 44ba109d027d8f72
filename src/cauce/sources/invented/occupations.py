"""The occupations of the invented country: unit groups of ISCO-08 and where their people work.

Source of the codes: ILO (2012), International Standard Classification of Occupations, ISCO-08;
United Nations (2008), ISIC Rev.4, divisions. The shares and their drift are invented.
"""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats, Ints

# Unit group; what people call it; weight within the major group; share of women over that of the
# group; drift a year, percent; divisions of industry.
_LINES = """
0110|Oficial del ejército|1|0.3|0|84
0210|Suboficial|2|0.4|0|84
0310|Soldado|4|0.5|-1|84
1112|Director de gobierno|1|0.8|0|84
1120|Gerente general|3|0.6|-1|47,10,41,64
1211|Jefe de finanzas|2|1.1|1|64,70,46
1219|Jefe de administración|3|1.2|1|82,84,85
1221|Jefe de ventas|3|0.9|0|46,47
1311|Administrador de finca|2|0.4|-2|1
1321|Jefe de producción|2|0.5|0|10,14,25
1323|Jefe de obra|2|0.2|3|41,42
1411|Gerente de hotel|1|1.0|3|55
1412|Dueño de restaurante|4|1.2|1|56
1420|Dueño de comercio|8|1.1|-1|47,46
2142|Ingeniero civil|4|0.3|2|42,41,71
2144|Ingeniero mecánico|2|0.2|1|33,10,71
2151|Ingeniero electricista|2|0.2|4|35,71
2166|Diseñador gráfico|2|1.0|3|73,74
2211|Médico general|4|1.0|2|86
2221|Enfermera profesional|5|1.8|4|86
2261|Dentista|1|1.2|1|86
2310|Profesor universitario|3|1.0|1|85
2330|Profesor de secundaria|8|1.2|-1|85
2341|Maestra de primaria|11|1.6|-2|85
2342|Maestra de preescolar|4|1.9|1|85
2411|Contador|8|1.1|1|69,64,47
2512|Programador|4|0.5|8|62,61
2522|Administrador de redes|2|0.3|6|62,61
2611|Abogado|6|1.0|1|69,84
2635|Trabajador social|2|1.7|3|88,84
3112|Técnico en construcción|3|0.3|2|41,71
3113|Técnico electricista|3|0.1|3|35,43
3115|Técnico mecánico|3|0.1|0|33,10
3213|Auxiliar de farmacia|2|1.5|2|47
3221|Auxiliar de enfermería|5|1.8|4|86
3256|Asistente médico|2|1.6|4|86
3313|Auxiliar contable|6|1.2|-3|69,47,84
3322|Agente comercial|7|0.8|0|46,47
3334|Agente inmobiliario|2|1.1|1|68
3343|Secretaria ejecutiva|4|1.8|-4|84,82
3353|Funcionario de seguridad social|2|1.2|0|84
3411|Asistente legal|2|1.2|1|69
3434|Jefe de cocina|2|0.8|3|56,55
3512|Soporte informático|3|0.4|7|62,63
4110|Oficinista|8|1.2|-3|84,82,85
4120|Secretaria|6|1.9|-6|69,84,86
4211|Cajero de banco|3|1.3|-5|64
4222|Operador de centro de llamadas|4|1.2|7|82
4226|Recepcionista|5|1.6|0|55,86,82
4311|Auxiliar de contabilidad|5|1.2|-3|69,46
4321|Bodeguero|6|0.4|2|52,46,10
4323|Despachador de transporte|3|0.3|2|49,52
5120|Cocinero|9|1.3|1|56,55,85
5131|Mesero|6|1.0|2|56,55
5141|Peluquera|5|1.5|1|96
5151|Ama de llaves|2|1.7|2|55,81
5153|Conserje|4|0.5|0|81,68
5211|Vendedor de puesto|9|1.1|-1|47
5221|Pulpero|11|1.1|-2|47
5223|Dependiente de tienda|18|1.1|1|47
5230|Cajera de comercio|5|1.5|1|47
5244|Vendedor por teléfono|2|1.1|3|82
5311|Niñera|4|1.9|2|97,88
5312|Auxiliar de aula|2|1.8|2|85
5322|Cuidadora a domicilio|4|1.9|7|88,97
5412|Policía|4|0.3|0|84
5414|Guardia de seguridad|10|0.2|3|80
6111|Productor de granos|9|0.4|-2|1
6112|Cafetalero|6|0.5|-2|1
6113|Viverista|2|1.0|1|1
6121|Ganadero|6|0.4|-1|1
6122|Avicultor|2|1.2|1|1
6130|Agricultor y ganadero|6|0.5|-1|1
6210|Trabajador forestal|1|0.1|-1|2
6222|Pescador de bajura|2|0.1|-2|3
6310|Agricultor de subsistencia|5|0.8|-3|1
7111|Constructor de casas|4|0.1|0|41
7112|Albañil|11|0.1|2|41,43
7115|Carpintero de obra|5|0.1|0|41,43
7126|Fontanero|3|0.1|2|43
7131|Pintor|3|0.1|1|43
7212|Soldador|4|0.1|2|25,33
7231|Mecánico de automóviles|8|0.1|0|45
7411|Electricista de obra|4|0.1|3|43
7422|Instalador de telecomunicaciones|2|0.1|4|61
7511|Carnicero|2|0.3|-1|10,47
7512|Panadero|4|0.9|1|10
7522|Ebanista|3|0.1|-2|31
7531|Costurera|6|2.6|-4|14
8111|Minero|1|0.1|-1|8,7
8131|Operador de planta química|2|0.5|0|20
8153|Operaria de máquina de coser|5|2.2|-4|14
8160|Operador de máquina de alimentos|5|1.2|1|10
8211|Ensamblador|3|1.0|2|29,26
8322|Chofer de taxi|8|0.1|2|49
8331|Chofer de bus|4|0.1|0|49
8332|Chofer de camión|7|0.1|1|49
8342|Operador de maquinaria de obra|3|0.1|3|42,41
9111|Empleada doméstica|16|2.2|-2|97
9112|Aseadora|8|1.6|2|81,85,86
9211|Peón agrícola|18|0.5|-2|1
9212|Peón de ganadería|4|0.2|-2|1
9312|Peón de obras públicas|2|0.1|2|42
9313|Peón de construcción|9|0.1|2|41
9321|Empacadora a mano|5|1.3|1|10,46
9333|Cargador|5|0.1|2|52,46
9412|Ayudante de cocina|4|1.5|3|56
9520|Vendedor ambulante|8|1.0|-1|47
9621|Mensajero|2|0.2|6|53
"""


@dataclass(frozen=True)
class Occupation:
    """One unit group."""

    code: int
    title: str
    weight: float
    women: float
    drift: float
    divisions: tuple[int, ...]


def _read(line: str) -> Occupation:
    code, title, weight, women, drift, divisions = line.split("|")
    fields = tuple(int(division) for division in divisions.split(","))
    return Occupation(int(code), title, float(weight), float(women), float(drift) / 100, fields)


OCCUPATIONS = tuple(_read(line) for line in _LINES.strip().splitlines())
CODES = np.array([one.code for one in OCCUPATIONS])
MAJOR = CODES // 1000
DIVISION_COUNT = np.array([len(one.divisions) for one in OCCUPATIONS])
DIVISIONS = np.array([(one.divisions * 4)[:4] for one in OCCUPATIONS])
SUBSISTENCE = int(np.flatnonzero(CODES == 6310)[0])

# Shares of the major groups 0 to 9 by education (LTB, BAS, INT, ADV) in the first year.
_BASE = np.array(
    [
        [0.001, 0.005, 0.004, 0.010, 0.01, 0.16, 0.21, 0.13, 0.07, 0.401],
        [0.002, 0.020, 0.015, 0.040, 0.05, 0.24, 0.13, 0.17, 0.11, 0.223],
        [0.006, 0.040, 0.050, 0.130, 0.16, 0.30, 0.05, 0.10, 0.08, 0.084],
        [0.006, 0.110, 0.470, 0.200, 0.08, 0.08, 0.01, 0.02, 0.01, 0.014],
    ]
)
_DRIFT = np.array([0.0, 0.005, 0.02, 0.015, -0.03, 0.02, -0.045, 0.015, 0.0, -0.01])
_WOMEN = np.array([0.25, 0.8, 1.35, 1.1, 1.7, 1.4, 0.35, 0.4, 0.35, 1.25])
_TOWN = np.array([1.0, 1.2, 1.1, 1.1, 1.2, 1.15, 0.12, 1.0, 1.0, 0.8])
# Those from the neighbours work more in building, care, cleaning and the fields.
_ABROAD = np.array([0.0, 0.8, 0.8, 0.8, 0.6, 1.1, 0.8, 1.5, 1.0, 1.7])


def major_shares(t: int, wobble: Floats) -> Floats:
    """Shares of the major groups in year t, shape (4 educations, 2 sexes, 2 zones, 2 origins, 10).

    `wobble` has shape (10,): how far the year is off the trend, on the scale of logarithms.
    """
    shares = _BASE[:, None, None, None, :] * np.exp(_DRIFT * t + wobble)
    shares = shares * np.stack([np.ones(10), _WOMEN])[None, :, None, None, :]
    shares = shares * np.stack([np.ones(10), _TOWN])[None, None, :, None, :]
    return np.asarray(shares * np.stack([np.ones(10), _ABROAD])[None, None, None, :, :])


def unit_weights(t: int, wobble: Floats) -> Floats:
    """Weights of the unit groups in year t for men and women, shape (2, unit groups)."""
    weight = np.array([one.weight for one in OCCUPATIONS])
    women = np.array([one.women for one in OCCUPATIONS])
    drift = np.array([one.drift for one in OCCUPATIONS])
    now = weight * np.exp(drift * t + wobble)
    return np.stack([now, now * women])


def units_of(major: int) -> Ints:
    """Positions of the unit groups of a major group."""
    return np.flatnonzero(major == MAJOR)
