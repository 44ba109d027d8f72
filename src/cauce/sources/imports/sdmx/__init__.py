"""Data messages of SDMX: XML 2.1 and 3.0, CSV and JSON, each as rows that know their place."""
