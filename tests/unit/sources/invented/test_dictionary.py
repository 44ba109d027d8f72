"""The survey asks for everything that the indicators of the region need."""

import numpy as np
import pytest

from cauce.sources.invented.labels import LABELS

NEEDED = """
weight, stratum, PSU: factor estrato upm upm_marco
household, person, wave, panel: vivienda hogar_desde persona anio panel visita
place: region zona residente
sex, age, marital status: sexo edad parentesco jefatura ecivil
education, attendance, training, disability: nivel asiste capacita discap
at work, absence and its reason, return: p01_trabajo p02_ausente p03_motivo p04_retorno
own use and destination of output: p05_cultiva p06_destino
search, availability, future start, wish: p07_busca p08_disponible p09_inicia p10_desea
reason for not seeking, months of search and without work: p11_porque p12_meses p13_sin
ever worked, previous industry and occupation: p14_antes p15_rama p16_ocupa
work a year ago and its occupation: p17_hace1 p18_ocupa1
occupation, industry, status, sector: p20_ciuo p22_oficio p21_ciiu p23_categoria p24_sector
tests of informality: p25_registro p26_libros p27_tamano p32_segsoc p33_vacaciones p34_enfermedad
place and country of work, contract, jobs, union: p28_lugar p29_pais p30_contrato p31_duracion
more of these: p35_empleos p36_sindicato
classes of ICSE-18: p37_sociedad p38_dependiente p39_aprendiz
hours, main and all jobs, usual and actual: p40_habit1 p41_habit p42_efect1 p43_efect
more hours: p44_masquiere p45_maspuede
earnings in cash and kind, other jobs, period, currency: p50_monto p52_especie p53_otros
more of these: p51_periodo moneda
income of the household, its members, poverty line: ing_hogar miembros linea
birth, citizenship, arrival, years here: m01_nacio m02_ciudadano m03_llegada m03_anios
previous residence, work abroad, return: m04_previa m05_trabajo m05_pais m06_retorno
reason, permit, parents: m07_motivo m08_permiso m09_madre m10_padre
emigrants, cost of recruitment, first income: m11_emigro m12_costo m13_primer
"""


@pytest.mark.parametrize("line", NEEDED.strip().splitlines())
def test_the_survey_asks_for(line: str, wave) -> None:
    for name in line.split(": ")[1].split():
        asked = wave[name] if wave[name].dtype.kind == "O" else wave[name] >= 0
        assert np.asarray(asked).astype(bool).any(), name


def test_no_question_is_asked_in_vain() -> None:
    named = {name for line in NEEDED.strip().splitlines() for name in line.split(": ")[1].split()}
    assert named == set(LABELS)


def test_years_of_residence_and_year_of_arrival_are_one_answer(wave) -> None:
    said = (wave["m03_anios"] >= 0) & (wave["m03_anios"] != 99)
    assert ((wave["m03_llegada"] == 9999) == (wave["m03_anios"] == 99)).all()
    assert (wave["m03_llegada"] + wave["m03_anios"])[said].tolist() == [2025] * said.sum()


def test_whoever_worked_abroad_says_where(wave) -> None:
    assert ((wave["m05_pais"] >= 0) == (wave["m05_trabajo"] == 1)).all()


def test_previous_occupations_are_those_of_the_classification(wave) -> None:
    had = wave["p16_ocupa"] >= 0
    assert (had == (wave["p15_rama"] >= 0)).all()
    known = set(wave["p20_ciuo"].tolist()) | {9999}
    assert set(wave["p16_ocupa"][had].tolist()) <= known
