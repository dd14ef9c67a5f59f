"""The steps that compile `geo/data` from public packages; run by `scripts/build_basemap.py`."""
