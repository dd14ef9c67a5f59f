"""What can be wrong with an article that somebody hands in."""

from geo.errors import MarchlandError


class ArticleError(MarchlandError):
    """An article that cannot be read; the message names the file, what is wrong with it, and the remedy.

    Examples
    --------
    >>> raise ArticleError("notes.txt: the file is empty; save the article's text in it")
    Traceback (most recent call last):
    incidents.errors.ArticleError: notes.txt: the file is empty; save the article's text in it
    """
