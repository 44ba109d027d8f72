"""Tables as a Data Package: their rows, what the columns hold, code lists, licences and sources."""

from cauce.publish.package.files import Entry, Packed, package_files
from cauce.publish.package.zipped import zipped

__all__ = ["Entry", "Packed", "package_files", "zipped"]
