"""Files that an outlook starts from besides releases: packs, populations, national rates."""

from cauce.sources.outlook.packs import read_outlook_folder, read_regions_folder

__all__ = ["read_outlook_folder", "read_regions_folder"]
