"""The press: a program of its own that turns templates and values into a PDF, and reaches nothing.

It is started anew for each job, knows no database and no setting, and is stopped when it takes too
long or too much. Before it reads its job it shuts itself in: it opens no connection, starts no
program, writes no file and reads none but fonts and libraries. A job comes in as one JSON value;
what goes out is one line of JSON, and behind it the PDF. It imports nothing of the house, for what
it runs was written by people.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import resource
import sys
import sysconfig
import traceback
from collections.abc import Collection, Iterator, Mapping
from contextlib import redirect_stdout
from io import BytesIO
from math import ceil
from pathlib import Path
from time import process_time
from typing import Any

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from landlockpy import AccessFS, Ruleset, Scope, UnsupportedError
from pypdfium2 import PdfDocument

try:
    with redirect_stdout(sys.stderr):  # it tells of missing libraries where our answer goes
        from weasyprint import HTML
        from weasyprint.text.ffi import ffi, fontconfig
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError as why:
    sys.stdout.write(json.dumps({"wrong": "library", "said": str(why)[:300]}) + "\n")
    sys.exit()

LONGEST_PAGE_TEXT = 8_000_000
"""So many characters of HTML a record may come to."""
MOST_SAID = 20
"""So many remarks are passed on."""
MOST_FILES = 64
"""So many files are open at once."""
_MAIN = "this"
_NO_GLYPH = ".notdef"
_TOO_DEEP = "it is nested too deeply"
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/fontconfig")
_PYTHON = ("stdlib", "platstdlib", "purelib", "platlib")
_READS = frozenset({"open", "os.listdir", "os.scandir"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REACHES = frozenset(
    {"ctypes", "fcntl", "os", "pty", "resource", "shutil", "signal", "socket", "subprocess"}
)
"""What begins like this, Python tells of before it does it: it is refused."""

Job = Mapping[str, Any]


class Wrong(Exception):
    """A template cannot be used: its line, where that is known, and what is the matter."""

    def __init__(self, kind: str, said: str, *, template: str = "", line: int = 0) -> None:
        super().__init__(said)
        self.told = {"wrong": kind, "said": said, "template": template, "line": line}


class _Listener(logging.Handler):
    """Hears what the renderer remarks: signs no font has, and what it passed over."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.boxes: set[str] = set()
        self.remarks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(_NO_GLYPH) and isinstance(record.args, tuple):
            self.boxes.add(str(record.args[0]))
        elif len(self.remarks) < MOST_SAID:
            self.remarks.append(record.getMessage()[:300])


def written(job: Job) -> list[str]:
    """Write every paper of a job as HTML; `Wrong` names the line of what cannot be written."""
    template = _environment(job).get_template(_MAIN)
    return [_bounded(template.generate(values)) for values in job["values"]]


def _environment(job: Job) -> ImmutableSandboxedEnvironment:
    templates: Mapping[str, str] = job["templates"]

    def load(name: str) -> tuple[str, str, Any] | None:
        return (templates[name], name, lambda: True) if name in templates else None

    made = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = _say
    return made


@pass_context
def _say(context: Context, message: str, **values: Any) -> str:
    """Say a text of the house or the department in the language of the paper."""
    found = str(context["words"].get(message, message))
    return found % values if values else found


def _bounded(parts: Iterator[str]) -> str:
    """Put a page together, as long as it does not grow beyond reason."""
    written_so_far, size = [], 0
    for part in parts:
        size += len(part)
        if size > LONGEST_PAGE_TEXT:
            raise Wrong("too_much", "")
        written_so_far.append(part)
    return "".join(written_so_far)


def _authors(why: Exception) -> Wrong:
    """Return what went wrong as the author's: all that a template raises is of its own making."""
    if isinstance(why, TemplateSyntaxError):
        return Wrong("template", why.message or "", template=why.name or "", line=why.lineno)
    template, line = _place_of(why)
    if isinstance(why, RecursionError):
        return Wrong("template", _TOO_DEEP, template=template, line=line)
    said = f"{why if template else 'it cannot be laid out'} ({type(why).__name__})"
    said = str(why) if isinstance(why, TemplateError) else said
    return Wrong("template", said[:300], template=template, line=line)


def _place_of(why: BaseException) -> tuple[str, int]:
    """Return the template and the line in which something went wrong."""
    frames = traceback.walk_tb(why.__traceback__)
    known = [(frame.f_code.co_filename, line) for frame, line in frames]
    ours = [place for place in known if "/" not in place[0] and not place[0].startswith("<")]
    return ours[-1] if ours else ("", 0)


def printed(job: Job, pages: list[str]) -> tuple[dict[str, Any], bytes]:
    """Print pages of HTML as one PDF, each with its own page numbers; and what was remarked."""
    if not pages:  # a template that is only looked through
        return {"boxes": "", "remarks": [], "pages": []}, b""
    listener = _listening()
    counted, pdf = _laid_out(pages, _Drawer(job["files"]))
    boxes = "".join(sorted(listener.boxes))
    return {"boxes": boxes, "remarks": listener.remarks, "pages": counted}, pdf


def _laid_out(pages: list[str], fetcher: URLFetcher) -> tuple[list[int], bytes]:
    """Lay pages of HTML out as one PDF; tell how many pages each has become."""
    shared: dict[str, Any] = {"font_config": _Fonts(), "cache": {}}
    papers = [
        HTML(string=one, base_url="paper:", url_fetcher=fetcher).render(**shared) for one in pages
    ]
    every = [page for paper in papers for page in paper.pages]
    pdf = papers[0].copy(every).write_pdf(pdf_tags=True)
    return [len(paper.pages) for paper in papers], bytes(pdf or b"")


def _listening() -> _Listener:
    listener, log = _Listener(), logging.getLogger("weasyprint")
    log.handlers[:] = [listener]
    log.propagate = False
    return listener


class _Fonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint ships no types
    """The fonts of the server; a template brings none of its own."""

    def add_font_face(self, rule: Mapping[str, Any], fetcher: URLFetcher) -> None:
        logging.getLogger("weasyprint").warning("Papers bring no fonts: %s", rule["font_family"])


class _Drawer(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Finds the files a template names: those of the job, and nothing else."""

    def __init__(self, files: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(allowed_protocols=())
        self._files = files

    def fetch(self, url: str, headers: Any = None) -> Any:
        name = url.removeprefix("paper:").lstrip("/")
        if not url.startswith("paper:") or name not in self._files:
            raise ValueError("papers reach nothing outside of themselves")
        content = base64.b64decode(self._files[name]["content"])
        return URLFetcherResponse(url, content, {"Content-Type": self._files[name]["type"]})


def pictured(pdf: bytes, *, most: int, scale: float) -> list[str]:
    """Draw the first pages of a PDF as pictures (PNG, in base64)."""
    document, drawn = PdfDocument(pdf), []
    for place in range(min(len(document), most)):
        kept = BytesIO()
        document[place].render(scale=scale).to_pil().save(kept, "PNG")
        drawn.append(base64.b64encode(kept.getvalue()).decode())
    return drawn


def _done(job: Job) -> tuple[dict[str, Any], bytes]:
    told, pdf = printed(job, written(job))
    if pdf and job.get("pictures"):
        told["pictures"] = pictured(pdf, most=int(job["pictures"]), scale=1.5)
    return told, pdf


def _readable() -> Collection[str]:
    """Return where the press may read: Python, libraries, and fonts where fontconfig has them."""
    places = [*_LIBRARIES, *(sysconfig.get_path(name) for name in _PYTHON)]
    for listed in ("FontDirs", "ConfigFiles", "CacheDirs"):
        ffi.cdef(f"FcStrList * FcConfigGet{listed} (FcConfig *config);", override=True)
        found = getattr(fontconfig, f"FcConfigGet{listed}")(ffi.NULL)
        while (one := fontconfig.FcStrListNext(found)) != ffi.NULL:
            places.append(os.fsdecode(ffi.string(one)))
    return {os.path.realpath(one) for one in places if Path(one).exists()}


def shut_in() -> None:
    """Reach nothing from now on but what may be read: by the kernel, where it can, and by Python.

    What the kernel refuses (Landlock, Linux 5.13) holds for all that runs here: files, and from
    Linux 6.7 connections. What Python refuses holds for what is written in Python.
    """
    places = _readable()
    try:
        with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as rules:
            for one in places:
                whole = AccessFS.READ_DIR if Path(one).is_dir() else AccessFS.NONE
                rules.allow_path(one, AccessFS.READ_FILE | whole)
            rules.restrict()
    except UnsupportedError:
        pass  # an older kernel, or one that was built without

    def hear(event: str, told: tuple[Any, ...]) -> None:
        if event in _READS:
            path, writes = told[0], event == "open" and told[2] & _WRITES
            if writes or not _is_within(os.path.realpath(os.fsdecode(path)), places):
                raise PermissionError(f"papers reach nothing outside of themselves: {event}")
        elif event.partition(".")[0] in _REACHES:
            raise PermissionError(f"papers reach nothing outside of themselves: {event}")

    sys.addaudithook(hear)


def _is_within(path: str, places: Collection[str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in places)


def _limit(seconds: int, memory: int, size: int) -> None:
    """Take no more than this; that we had to start counts for nobody."""
    seconds += ceil(process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_FILES, MOST_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answered(sent: bytes, *, most: int) -> bytes:
    """Do one job, and return what is answered; whatever its template raises is its author's."""
    try:
        told, pdf = _done(json.loads(sent))
        answer = json.dumps(told).encode() + b"\n" + pdf
        if len(answer) <= most:
            return answer
        wrong = Wrong("too_much", "")
    except Wrong as why:
        wrong = why
    except MemoryError:
        wrong = Wrong("too_much", "")
    except Exception as why:  # noqa: BLE001  # what it runs was written by people
        wrong = _authors(why)
    return json.dumps(wrong.told).encode() + b"\n"


def main() -> None:
    """Take one job from where programs read, and answer where they write."""
    seconds, memory, size = map(int, sys.argv[1:4])
    _limit(seconds, memory, size)
    shut_in()
    sys.stdout.buffer.write(answered(sys.stdin.buffer.read(), most=size))


if __name__ == "__main__":
    main()
