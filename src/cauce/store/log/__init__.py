"""The register log in a real database: SQLite by default, PostgreSQL in production.

Apart from the store of releases: the public portal never imports this package and has no
credentials for it. GSBPM phase: 4.3 (run collection), 4.4 (finalise collection).
"""

from cauce.store.log.database import Database, open_database
from cauce.store.log.reader import Found, Log, Page
from cauce.store.log.together import Together
from cauce.store.log.writer import StaleSave, append

__all__ = ["Database", "Found", "Log", "Page", "StaleSave", "Together", "append", "open_database"]
