"""Points, lines, areas, distances, coordinate systems, uncertainty shapes, base map data, vector files."""
