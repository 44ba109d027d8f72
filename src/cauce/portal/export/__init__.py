"""The site as a folder: every page the portal answers, written once, for any server or a stick."""

from cauce.portal.export.folder import Limits, Report, export

__all__ = ["Limits", "Report", "export"]
