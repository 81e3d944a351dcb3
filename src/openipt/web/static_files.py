"""Static files under hashed names, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Also rewrites the imports inside ES modules to the hashed names."""

    support_js_module_import_aggregation = True
    manifest_strict = True
