"""Folium HTML maps and QGIS styles from incident frames."""
