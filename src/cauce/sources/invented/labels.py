"""The words of the questionnaire, as a statistical file carries them."""

_COLUMNS = """
anio|Año de la encuesta (datos inventados)
estrato|Estrato
upm|Unidad primaria de muestreo
upm_marco|Unidades primarias del estrato en el marco
panel|Panel de rotación
visita|Visita a la unidad primaria
vivienda|Vivienda
hogar_desde|Año desde el que el hogar vive en la vivienda
persona|Número de persona
factor|Factor de expansión
region|Región
zona|Zona
parentesco|Relación con la jefatura
sexo|Sexo
edad|Edad en años cumplidos
ecivil|Estado conyugal
discap|Limitación para actividades
nivel|Nivel educativo
asiste|Asiste a la educación
capacita|En formación o capacitación
jefatura|Persona de referencia
residente|Vive o piensa vivir aquí doce meses o más
p01_trabajo|Trabajó al menos una hora la semana pasada
p02_ausente|Tenía un trabajo del que estuvo ausente
p03_motivo|Motivo de la ausencia
p04_retorno|Vuelve en menos de tres meses
p05_cultiva|Cultivó o crió para el hogar
p06_destino|Destino de lo producido
p07_busca|Buscó trabajo en las últimas cuatro semanas
p08_disponible|Disponible para empezar a trabajar
p09_inicia|Tiene un trabajo que empieza antes de tres meses
p10_desea|Desea trabajar
p11_porque|Por qué no buscó
p12_meses|Meses de búsqueda
p13_sin|Meses sin trabajo
p14_antes|Trabajó antes
p15_rama|Rama del último trabajo (CIIU 4)
p16_ocupa|Ocupación del último trabajo (CIUO-08, sin ceros a la izquierda)
p17_hace1|Trabajaba hace un año
p18_ocupa1|Ocupación de hace un año (CIUO-08, sin ceros a la izquierda)
p20_ciuo|Ocupación (CIUO-08, sin ceros a la izquierda)
p21_ciiu|Rama de actividad (división de la CIIU 4)
p22_oficio|Ocupación, en palabras del entrevistado
p23_categoria|Categoría en el empleo
p24_sector|Sector institucional
p25_registro|El negocio está registrado
p26_libros|El negocio lleva contabilidad
p27_tamano|Personas en el lugar de trabajo
p28_lugar|Lugar de trabajo
p29_pais|País del lugar de trabajo
p30_contrato|Contrato
p31_duracion|Duración del contrato
p32_segsoc|Seguridad social por el empleo
p33_vacaciones|Vacaciones pagadas
p34_enfermedad|Incapacidad pagada
p35_empleos|Número de empleos
p36_sindicato|Afiliación sindical
p37_sociedad|El negocio es una sociedad constituida
p38_dependiente|Depende de un solo cliente o de quien fija sus precios
p39_aprendiz|Aprendiz o pasante con pago
p40_habit1|Horas habituales, empleo principal
p41_habit|Horas habituales, todos los empleos
p42_efect1|Horas efectivas, empleo principal
p43_efect|Horas efectivas, todos los empleos
p44_masquiere|Quiere trabajar más horas
p45_maspuede|Puede trabajar más horas
p50_monto|Ingreso del empleo principal en el período
p51_periodo|Período de pago
p52_especie|Ingreso mensual en especie
p53_otros|Ingreso mensual de otros empleos
moneda|Moneda de los ingresos
miembros|Personas en el hogar
ing_hogar|Ingreso mensual del hogar
linea|Línea de pobreza por persona y mes
m01_nacio|País de nacimiento
m02_ciudadano|Ciudadanía del país
m03_llegada|Año de llegada
m03_anios|Años de residencia
m04_previa|País de residencia anterior
m05_trabajo|Trabajó en el extranjero y regresó
m05_pais|País en que trabajó
m06_retorno|Año de regreso
m07_motivo|Motivo de la migración
m08_permiso|Permiso de residencia o trabajo
m09_madre|País de nacimiento de la madre
m10_padre|País de nacimiento del padre
m11_emigro|Personas del hogar que emigraron en cinco años
m12_costo|Costo de la contratación
m13_primer|Ingreso del primer mes
"""
LABELS = dict(line.split("|") for line in _COLUMNS.strip().splitlines())

_YES = {1: "Sí", 2: "No"}
_UNSAID = {8: "No quiso responder", 9: "No sabe"}
_COUNTRY = {
    0: "Caudaria (inventado)",
    1: "Vecino del norte (inventado)",
    2: "Vecino del sur (inventado)",
    3: "Estado insular (inventado)",
    4: "Otro país",
    9: "No declarado",
}
WORDS = {
    "region": {
        1: "Capital",
        2: "Costa Norte",
        3: "Costa Sur",
        4: "Río Arriba",
        5: "Río Abajo",
        6: "Altiplano",
        7: "Llanura",
        8: "Frontera",
    },
    "zona": {1: "Urbana", 2: "Rural"},
    "parentesco": {1: "Jefatura", 2: "Pareja", 3: "Hija o hijo", 4: "Otra persona"},
    "sexo": {1: "Hombre", 2: "Mujer"},
    "ecivil": {
        1: "Soltería",
        2: "Unión libre",
        3: "Matrimonio",
        4: "Separación",
        5: "Divorcio",
        6: "Viudez",
        9: "No declarado",
    },
    "discap": {1: "Ninguna", 2: "Alguna", 3: "Mucha", 4: "No puede", 9: "No declarado"},
    "nivel": {
        0: "Ninguno",
        1: "Primaria incompleta",
        2: "Primaria",
        3: "Secundaria baja",
        4: "Secundaria alta",
        5: "Técnica superior",
        6: "Universitaria",
        7: "Posgrado",
        99: "No declarado",
    },
    "asiste": _YES | {9: "No sabe"},
    "capacita": _YES,
    "jefatura": _YES,
    "residente": _YES,
    "p01_trabajo": _YES,
    "p02_ausente": _YES,
    "p03_motivo": {1: "Vacaciones", 2: "Enfermedad", 3: "Licencia", 4: "Falta de trabajo"},
    "p04_retorno": _YES,
    "p05_cultiva": _YES,
    "p06_destino": {
        1: "Solo venta",
        2: "Sobre todo venta",
        3: "Sobre todo consumo propio",
        4: "Solo consumo propio",
    },
    "p07_busca": _YES,
    "p08_disponible": _YES,
    "p09_inicia": _YES,
    "p10_desea": _YES,
    "p11_porque": {
        1: "Perdió la esperanza",
        2: "Estudia",
        3: "Cuida",
        4: "Enfermedad",
        5: "Jubilación",
        6: "No necesita",
        7: "Otra razón",
        9: "No declarado",
    },
    "p14_antes": _YES,
    "p17_hace1": {1: "Sí", 2: "No, pero antes había trabajado", 3: "No, nunca había trabajado"},
    "p23_categoria": {
        1: "Asalariado privado",
        2: "Asalariado público",
        3: "Servicio doméstico",
        4: "Empleador",
        5: "Cuenta propia",
        6: "Familiar sin pago",
        7: "Cooperativa",
    },
    "p24_sector": {1: "Público", 2: "Privado", 3: "Hogar"},
    "p25_registro": _YES | _UNSAID,
    "p26_libros": _YES | _UNSAID,
    "p27_tamano": {1: "1", 2: "2 a 4", 3: "5 a 19", 4: "20 a 99", 5: "100 y más", 9: "No sabe"},
    "p28_lugar": {
        1: "Local",
        2: "Su vivienda",
        3: "Otra vivienda",
        4: "Calle o campo",
        5: "Vehículo",
    },
    "p29_pais": _COUNTRY,
    "p30_contrato": {1: "Escrito sin término", 2: "Escrito con término", 3: "Verbal", 9: "No sabe"},
    "p31_duracion": {
        1: "Hasta 3 meses",
        2: "4 a 6 meses",
        3: "7 a 12 meses",
        4: "Más de un año",
        5: "Sin término fijado",
    },
    "p32_segsoc": _YES | _UNSAID,
    "p33_vacaciones": _YES | _UNSAID,
    "p34_enfermedad": _YES | _UNSAID,
    "p36_sindicato": _YES,
    "p37_sociedad": _YES,
    "p38_dependiente": _YES,
    "p39_aprendiz": _YES,
    "p44_masquiere": _YES | {8: "No quiso responder"},
    "p45_maspuede": _YES,
    "moneda": {1: "Peso de Caudaria (inventado)"},
    "p51_periodo": {1: "Mes", 2: "Quincena", 3: "Semana"},
    "m01_nacio": _COUNTRY,
    "m02_ciudadano": _YES | {9: "No declarado"},
    "m04_previa": _COUNTRY,
    "m05_trabajo": _YES,
    "m05_pais": _COUNTRY,
    "m07_motivo": {
        1: "Trabajo",
        2: "Familia",
        3: "Estudios",
        4: "Seguridad",
        5: "Otro",
        9: "No declarado",
    },
    "m08_permiso": {
        1: "Residencia permanente",
        2: "Residencia temporal con trabajo",
        3: "Permiso de temporada",
        4: "Solicitud en trámite",
        5: "Ninguno",
        9: "No declarado",
    },
    "m09_madre": _COUNTRY,
    "m10_padre": _COUNTRY,
}
