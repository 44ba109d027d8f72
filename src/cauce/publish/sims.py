"""The concepts of a quality report, in order, with their names.

Source: Eurostat, European Statistical System handbook for quality and metadata reports (2021),
Single Integrated Metadata Structure 2.0, concepts S.1 to S.19.
"""

from cauce.model.text import Text

EDITION = (
    "Single Integrated Metadata Structure 2.0, European Statistical System handbook for quality "
    "and metadata reports (2021)"
)
CONCEPTS: tuple[tuple[str, Text], ...] = (
    ("S.1", Text("Contact", "Contacto")),
    ("S.2", Text("Metadata update", "Actualización de los metadatos")),
    ("S.3", Text("Statistical presentation", "Presentación estadística")),
    ("S.4", Text("Unit of measure", "Unidad de medida")),
    ("S.5", Text("Reference period", "Período de referencia")),
    ("S.6", Text("Institutional mandate", "Mandato institucional")),
    ("S.7", Text("Confidentiality", "Confidencialidad")),
    ("S.8", Text("Release policy", "Política de difusión")),
    ("S.9", Text("Frequency of dissemination", "Frecuencia de difusión")),
    ("S.10", Text("Accessibility and clarity", "Accesibilidad y claridad")),
    ("S.11", Text("Quality management", "Gestión de la calidad")),
    ("S.12", Text("Relevance", "Relevancia")),
    ("S.13", Text("Accuracy and reliability", "Exactitud y fiabilidad")),
    ("S.14", Text("Timeliness and punctuality", "Oportunidad y puntualidad")),
    ("S.15", Text("Coherence and comparability", "Coherencia y comparabilidad")),
    ("S.16", Text("Cost and burden", "Costo y carga")),
    ("S.17", Text("Data revision", "Revisión de los datos")),
    ("S.18", Text("Statistical processing", "Tratamiento estadístico")),
    ("S.19", Text("Comment", "Comentario")),
)
