import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point

from geo.errors import CoordinateError
from geo.points import destination, distance_km
from geo.shapes import blur_point, border_stretch, corridor, disc, length_km, line_through, sector

LONS = st.floats(-180, 180)
LATS = st.floats(-85, 85)
RADII = st.floats(0.1, 800)


def in_the_world(shape):
    west, south, east, north = shape.bounds
    return west >= -180 and east <= 180 and south >= -90 and north <= 90


@given(LONS, st.floats(-90, 90), RADII)
@example(0.0, 89.0, 112.0)
def test_a_disc_is_valid_anywhere_and_holds_its_centre(lon, lat, radius):
    shape = disc(lon, lat, radius)
    assert shape.is_valid
    assert in_the_world(shape)
    assert shape.buffer(1e-6).intersects(Point(lon, lat))


@given(st.floats(-160, 160), st.floats(-70, 70), st.floats(1, 500), st.floats(0, 360))
def test_a_disc_ends_at_its_radius(lon, lat, radius, bearing):
    shape = disc(lon, lat, radius)
    assert shape.contains(Point(destination(lon, lat, bearing, radius * 0.95)))
    assert not shape.contains(Point(destination(lon, lat, bearing, radius * 1.01)))


def test_a_disc_over_the_antimeridian_is_cut_in_two():
    shape = disc(179.9, 65.0, 50)
    assert shape.geom_type == "MultiPolygon"
    assert shape.intersects(Point(-179.9, 65.0))
    assert not shape.intersects(Point(0, 65))


def test_a_disc_over_the_pole_is_a_cap():
    shape = disc(30, 89.9, 100)
    assert all(shape.intersects(Point(lon, 89.95)) for lon in (-179, -90, 0, 90, 179))
    assert not shape.intersects(Point(30, 80))


def test_a_disc_is_light():
    assert shapely.get_num_coordinates(disc(46, 40, 10)) <= 40


@given(LONS, LATS, st.floats(0, 360), st.floats(5, 175), st.floats(1, 300))
def test_a_sector_lies_in_its_direction(lon, lat, bearing, half_angle, radius):
    shape = sector(lon, lat, bearing, half_angle, radius)
    assert shape.is_valid
    assert in_the_world(shape)
    inside = Point(destination(lon, lat, bearing, radius / 2))
    behind = Point(destination(lon, lat, bearing + 180, radius / 2))
    assert shape.distance(inside) < 1e-6 or abs(inside.x) > 179.9999
    assert not shape.contains(behind)


def test_a_full_sector_is_the_disc():
    assert sector(46, 40, 10, 180, 20).equals(disc(46, 40, 20))


def test_a_line_needs_two_points():
    with pytest.raises(CoordinateError, match="two different points"):
        line_through([(46.0, 40.0), (46.0, 40.0)])
    with pytest.raises(CoordinateError, match="latitude 97"):
        line_through([(46.0, 40.0), (46.0, 97.0)])


def test_a_line_over_the_antimeridian_takes_the_short_way():
    line = line_through([(179.0, 10.0), (-179.0, 10.0)])
    assert line.geom_type == "MultiLineString"
    assert length_km(line) == pytest.approx(219, abs=1)


@pytest.mark.parametrize("half_width", [0.5, 5, 50])
def test_a_corridor_is_as_wide_as_asked(half_width):
    line = line_through([(46.0, 40.0), (46.4, 40.3), (46.2, 40.6)])
    shape = corridor(line, half_width)
    assert shape.is_valid
    assert shape.contains(line)
    lon, lat = 46.0, 40.0
    assert shape.contains(Point(destination(lon, lat, 200, half_width * 0.9)))
    assert not shape.contains(Point(destination(lon, lat, 200, half_width * 1.05)))
    assert shapely.get_num_coordinates(shape) <= 40


def test_a_corridor_follows_a_line_that_was_cut_at_the_antimeridian():
    shape = corridor(line_through([(179.5, 10.0), (-179.5, 10.0)]), 10)
    assert in_the_world(shape)
    assert shape.area < 1


@given(st.floats(-89, 89), st.floats(5, 400))
def test_a_stretch_of_border_is_the_nearest_part_and_as_long_as_asked(lon, length):
    border = line_through([(-90.0, 10.0), (90.0, 10.0)])
    dense = shapely.segmentize(border, 0.5)
    stretch = border_stretch(dense, lon, 10.5, length)
    assert length_km(stretch) <= length * 1.01
    assert stretch.distance(Point(lon, 10.0)) < 0.02


def test_a_stretch_takes_the_nearer_of_two_borders_and_ends_where_the_border_ends():
    border = MultiLineString([[(45, 40), (45.5, 40)], [(47, 40), (48, 40)]])
    stretch = border_stretch(border, 46.9, 40.2, 100)
    assert stretch.bounds[0] == pytest.approx(47.0, abs=1e-6)
    assert length_km(stretch) == pytest.approx(50, abs=1)


def test_a_stretch_of_an_enclaves_border_runs_over_the_seam_of_the_ring():
    ring = MultiLineString([LineString(disc(46, 40, 5).exterior.coords)])
    seam = ring.geoms[0].coords[0]
    stretch = border_stretch(ring, *seam, 8)
    assert length_km(stretch) == pytest.approx(8, rel=0.01)
    assert length_km(border_stretch(ring, *seam, 500)) == pytest.approx(length_km(ring), rel=0.001)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: disc(46, 40, 0),
        lambda: disc(46, 40, -3),
        lambda: disc(46, 40, float("nan")),
        lambda: disc(46, 40, 6000),
        lambda: sector(46, 40, 0, 0, 10),
        lambda: sector(46, 40, 0, 200, 10),
        lambda: corridor(LineString(), 5),
        lambda: corridor(LineString([(46, 40), (47, 40)]), 0),
        lambda: border_stretch(LineString(), 46, 40, 10),
        lambda: blur_point(46, 40, 0),
    ],
)
def test_shapes_that_cannot_be_drawn_are_refused(wrong):
    with pytest.raises(CoordinateError):
        wrong()


@given(LONS, st.floats(-90, 90), st.floats(1, 200))
def test_a_blurred_point_stays_near_and_hides_where_in_its_cell_it_was(lon, lat, grid):
    blurred = blur_point(lon, lat, grid)
    assert distance_km(lon, lat, *blurred) <= grid * 0.76 + 0.2
    assert distance_km(*blur_point(*blurred, grid), *blurred) < 0.001
