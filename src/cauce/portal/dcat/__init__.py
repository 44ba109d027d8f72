"""The catalogue of all tables for portals that harvest."""

from cauce.portal.dcat.catalogue import Whereabouts, catalog_jsonld

__all__ = ["Whereabouts", "catalog_jsonld"]
