"""What keeps an article's strings data: JSON that cannot leave its script element, links that cannot run, the page's policy."""

import base64
import hashlib
import json
import re
from urllib.parse import urlsplit

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def json_for_html(value: object) -> str:
    r"""Write JSON that is safe inside a script element: no `<`, no line separators that end a JavaScript string.

    Examples
    --------
    >>> json_for_html({"text": "</script><script>alert(1)"})
    '{"text":"\\u003c/script>\\u003cscript>alert(1)"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def web_address(url: str | None) -> str:
    """Give the address if a browser may follow it (http or https with a host), else "".

    Examples
    --------
    >>> web_address("https://example.org/a?b=1")
    'https://example.org/a?b=1'
    >>> web_address("javascript:alert(1)")
    ''
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


def content_security_policy(html: str, *, tile_hosts: tuple[str, ...] = ()) -> str:
    """Give the policy for a page: nothing may be requested, and only the scripts that stand in it now may run.

    Parameters
    ----------
    html : str
        The page; each of its `<script>` elements without attributes is allowed by its SHA-256, data elements never run.
    tile_hosts : tuple of str
        Origins of map tiles, e.g. `https://tile.example.org`; none unless the user asked for tiles.

    Examples
    --------
    >>> content_security_policy("<script>1</script>").split("; ")[1]
    "script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    digests = dict.fromkeys(hashlib.sha256(code.encode()).digest() for code in _SCRIPT.findall(html))
    scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    images = " ".join(("data:", *tile_hosts))
    rules = (
        "default-src 'none'",
        f"script-src {scripts}" if scripts else "script-src 'none'",
        "style-src 'unsafe-inline'",
        f"img-src {images}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)
