"""What is derived for others from the declarations: schemas, editor settings, server settings, handbook pages."""

from generator.export.editor import write_schemas
from generator.export.headers import SERVERS, server_headers
from generator.export.pages import kind_pages
from generator.export.schema import kind_schema, record_schema, site_schema

__all__ = [
    "SERVERS",
    "kind_pages",
    "kind_schema",
    "record_schema",
    "server_headers",
    "site_schema",
    "write_schemas",
]
