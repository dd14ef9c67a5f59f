"""The one base class of every error that a user can cause or mend."""


class MarchlandError(Exception):
    """Something a user can mend; the message says file, row, value and remedy.

    Examples
    --------
    >>> raise MarchlandError("places.csv:41: latitude 97.0 is outside -90..90; are the columns swapped?")
    Traceback (most recent call last):
    geo.errors.MarchlandError: places.csv:41: latitude 97.0 is outside -90..90; are the columns swapped?
    """


class CoordinateError(MarchlandError):
    """A coordinate that cannot be on the Earth, or a frame without the expected coordinate system."""


class DataFileError(MarchlandError):
    """One of the project's or the user's data files is faulty; `faults` holds every fault found, one line each.

    Parameters
    ----------
    faults : list of str
        One line per fault: file, row, value, remedy.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class VectorFileError(MarchlandError):
    """A vector file that cannot be written, or a frame that no vector file can carry."""


class BaseMapError(MarchlandError):
    """The base map has no such country, layer or border."""
