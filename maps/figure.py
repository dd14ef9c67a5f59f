"""The page around a folium map: everything inlined, ids counted instead of random, one policy that forbids every request."""

import base64
import itertools
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from branca.element import Element, Figure, MacroElement
from folium.template import Template
from jinja2 import Environment, PackageLoader, select_autoescape

from maps.safe import content_security_policy

_POLICY = "the-policy-of-this-page"
_BUILDING = threading.RLock()


@cache
def page_templates() -> Environment:
    """Give the environment of `maps/templates`: it escapes what it inserts."""
    return Environment(
        loader=PackageLoader("maps", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def static_text(name: str) -> str:
    """Read a script or style file of `maps/static`."""
    return files("maps").joinpath("static", name).read_text(encoding="utf-8")


@contextmanager
def counted_ids() -> Iterator[None]:
    """Give branca's elements the ids 1, 2, 3 while one map is built, so that building it twice gives the same bytes.

    Branca draws random ids; its class method is replaced within the block and restored after it, whatever happens.

    Examples
    --------
    >>> with counted_ids():
    ...     Element().get_name()
    'element_1'
    """
    with _BUILDING:
        before = vars(Element)["_generate_id"]
        numbers = itertools.count(1)
        Element._generate_id = classmethod(lambda _cls: str(next(numbers)))  # type: ignore[method-assign, assignment]  # noqa: SLF001
        try:
            yield
        finally:
            Element._generate_id = before  # type: ignore[method-assign]  # noqa: SLF001


class Verbatim(Element):
    """A piece of the page as it stands.

    Branca compiles what an Element is given as a Jinja template once more, so a sentence with `{{ }}` in it would be
    computed; this one is never compiled.
    """

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.markup = markup

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002
        """Give the markup."""
        return self.markup


def inline_script(code: str) -> Verbatim:
    """Put code into the page; the page's policy allows it by its digest."""
    return Verbatim(f"<script>\n{code.replace('</script', '<' + chr(92) + '/script')}\n</script>")


def inline_style(code: str) -> Verbatim:
    """Put a style sheet into the page."""
    return Verbatim(f"<style>\n{code}\n</style>")


def leaflet_folder() -> Path:
    """Find Leaflet's files in the installed package."""
    import xstatic.pkg.leaflet as package

    return Path(package.BASE_DIR)


@cache
def leaflet_script() -> str:
    """Read Leaflet without the link to its source map, which a browser would fetch."""
    code = (leaflet_folder() / "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"^//# sourceMappingURL=.*$", "", code, flags=re.MULTILINE).strip()


@cache
def leaflet_style() -> str:
    """Read Leaflet's style sheet with its images as data URIs."""
    folder = leaflet_folder()

    def embed(found: re.Match[str]) -> str:
        image = folder / "images" / Path(found[1]).name
        return f"url(data:image/png;base64,{base64.b64encode(image.read_bytes()).decode()})"

    style = (folder / "leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"url\([\"']?(images/[^)\"']+)[\"']?\)", embed, style)


class OfflineFigure(Figure):
    """A folium figure that renders to one self-contained page.

    Parameters
    ----------
    title : str
        Shown in the browser's tab; escaped.
    strings : mapping of str to str
        The visible strings.
    tile_hosts : tuple of str
        Origins that the policy lets images come from; none by default.
    """

    def __init__(self, *, title: str, strings: Mapping[str, str], tile_hosts: tuple[str, ...] = ()) -> None:
        super().__init__(title=title)
        self.strings = strings
        self.tile_hosts = tile_hosts
        self.header._children.clear()  # noqa: SLF001  the page template sets the charset first
        self.header.add_child(inline_style(leaflet_style()), name="leaflet_css")
        self.header.add_child(inline_script(leaflet_script()), name="leaflet")

    def render(self, **kwargs: Any) -> str:
        """Render the page, then write its policy into it."""
        for child in self._children.values():
            child.render(**kwargs)
        html = (
            page_templates()
            .get_template("page.html.j2")
            .render(
                title=self.title,
                t=self.strings,
                policy=_POLICY,
                header=_together(self.header),
                body=_together(self.html),
                script=_together(self.script),
            )
        )
        policy = content_security_policy(html, tile_hosts=self.tile_hosts)
        return html.replace(_POLICY, policy.replace("'", "&#39;"), 1)


def _together(element: Element) -> Any:
    """Render an element's children as markup that is not escaped again."""
    from markupsafe import Markup

    return Markup("\n".join(child.render() for child in element._children.values()))  # noqa: S704, SLF001


class PageElement(MacroElement):
    """A folium element with its own template, script and style files under `maps/`.

    Parameters
    ----------
    name : str
        Template `templates/NAME.html.j2`; "" for none.
    scripts, styles : tuple of str
        Files of `static/`, in order.
    values : mapping
        What the template may use beside the strings `t`.
    """

    _template = Template("")

    def __init__(
        self,
        name: str = "",
        *,
        scripts: tuple[str, ...] = (),
        styles: tuple[str, ...] = (),
        values: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = f"Page{name.title()}"
        self.template = f"{name}.html.j2" if name else ""
        self.scripts = scripts
        self.styles = styles
        self.values = dict(values or {})

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002
        """Put the files into the figure; gives "" because an element of a map renders into its figure."""
        figure = self.get_root()
        if not isinstance(figure, OfflineFigure):
            raise TypeError("a PageElement belongs into an OfflineFigure")
        for style in self.styles:
            figure.header.add_child(inline_style(static_text(style)), name=style)
        for script in self.scripts:
            figure.header.add_child(inline_script(static_text(script)), name=script)
        if self.template:
            markup = page_templates().get_template(self.template).render(t=figure.strings, **self.values)
            figure.html.add_child(Verbatim(markup), name=self.get_name())
        return ""
