"""The house, read from its import statements: who may import whom, and the habits that keep it small."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FACES = ("views", "admin", "management", "tasks", "templatetags")
UNDER = {
    "domain": set(),
    "models": {"domain"},
    "emails": {"domain", "models"},
    "actions": {"domain", "models", "emails"},
    "reports": {"domain", "models", "emails"},
    "forms": {"domain", "models", "emails"},
    **{face: {"domain", "models", "emails", "actions", "reports", "forms"} for face in FACES},
    "migrations": {"domain", "models"},
    "apps": {"checks"},
    "checks": {"domain", "models"},
    "urls": {"views"},
}
# The worker command carries out the tasks; pages hand over what takes long or must take the same time for all.
BETWEEN_FACES = {
    *((face, "tasks") for face in ("management", "views", "admin")),  # they start and carry out what is put off
    ("admin", "templatetags"),  # a list and a page show the same small sign
}
IN_THE_DOMAIN = {"flufl", "font_source_sans_pro", "icalendar", "openpyxl", "PIL", "pi_heif", "typst", "segno"}
INSIDE_FUNCTIONS = {  # file: (what, why)
    "config/admin.py": ("events.admin", "the back office registers itself, which needs the app registry"),
    "events/apps.py": ("checks", "checks register themselves, which needs the app registry"),
    "events/actions/demo_photos.py": ("domain", "Pillow is heavy, and only the demo draws"),
    "events/actions/guestlist_uploads.py": (
        "domain.guestlist_look guestlists",
        "what reads guest lists has many parts, and few processes ever read one",
    ),
    "events/actions/result_files.py": (
        "domain.timesheet_source domain.timesheet",
        "what reads files of results has many parts, and few processes ever read one",
    ),
    "events/actions/result_uploads.py": ("domain.timesheet_layout", "as result_files"),
    "events/actions/traces.py": ("domain.timesheet_source", "as result_files"),
    "events/actions/lines.py": (
        "django.core.mail.backends.smtp smtp provider",
        "most web servers never send a mail, and a provider's interface is an extra",
    ),
    "events/tasks.py": ("actions guestlist_uploads", "whoever asks for a link again needs nothing of guest lists"),
    "events/domain/bounces.py": ("flufl.bounce", "it has many parts, and only what reads the mailbox needs them"),
    "events/domain/calendars.py": (
        "calendar_files calendar_asking",
        "icalendar is heavy, and needed from the first file on",
    ),
    "events/domain/pictures.py": ("picture_files", "Pillow is heavy, and few processes ever read a picture"),
    "events/domain/replies.py": ("calendar_lines", "icalendar is heavy, and needed from the first reply on"),
    "events/domain/tabular.py": ("events.domain.tabular_xlsx", "openpyxl is heavy, and few processes ever read one"),
    "events/emails/shell.py": ("css_inline", "the inliner is heavy, and needed from the first letter on"),
    "events/reports/exports.py": ("workbooks", "openpyxl is heavy, and few processes ever write one"),
    "config/run.py": ("config", "the environment must stand before the settings are read"),
}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "anymail.signals")
WITH_A_SIGNAL = {  # file: why
    "events/views/mail_hooks.py": "anymail's views hand on what a provider tells by a signal only",
}
MOST_LINES = 300


@cache
def modules():
    """{path from the root: syntax tree} of the product's own code."""
    files = [file for folder in ("events", "config") for file in sorted((ROOT / folder).rglob("*.py"))]
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(), str(file)) for file in files}


def imported(path, tree):
    """(whole module name, line) for every import statement, relative ones resolved."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, *filter(None, [node.module])])
            # `from . import history` and `from events import models` name modules, too
            yield from ((f"{whole}.{alias.name}", node.lineno) for alias in node.names)


def layer_of(dotted):
    """The layer of a module below events, else None."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "events" and len(parts) > 1 else None


def upward_arrows(path, tree):
    mine = layer_of(path.removesuffix(".py").replace("/", "."))
    if mine in {None, "__init__"}:
        return
    assert mine in UNDER, f"{path}: {mine} is no layer; see docs/architecture.md"
    for name, line in imported(path, tree):
        theirs = layer_of(name)
        is_down = theirs in {None, mine} or theirs in UNDER[mine] or (mine, theirs) in BETWEEN_FACES
        if not is_down:
            yield f"{path}:{line} imports {name}"


def test_imports_point_down():
    assert [arrow for path, tree in modules().items() for arrow in upward_arrows(path, tree)] == []


@pytest.mark.parametrize(
    ("path", "code", "is_upward"),
    [
        ("events/domain/a.py", "from ..models import Guest", True),
        ("events/forms/a.py", "from events.actions import answers", True),
        ("events/reports/a.py", "from .. import actions", True),
        ("events/actions/a.py", "import events.views.guest", True),
        ("events/views/a.py", "from ..admin import site", True),
        ("events/emails.py", "from .actions.messages import queue", True),
        ("events/views/a.py", "from ..actions import answers", False),
        ("events/models/a.py", "from ..domain import links", False),
        ("events/emails.py", "from .models import Guest", False),
    ],
)
def test_an_upward_arrow_is_seen_however_it_is_written(path, code, is_upward):
    assert bool(list(upward_arrows(path, ast.parse(code)))) == is_upward


def test_domain_knows_neither_django_nor_us():
    wanted = sys.stdlib_module_names | IN_THE_DOMAIN | {"events"}
    strangers = [
        f"{path}:{line} imports {name}"
        for path, tree in modules().items()
        if path.startswith("events/domain/")
        for name, line in imported(path, tree)
        if name.split(".")[0] not in wanted
    ]
    assert strangers == []


def test_domain_has_no_clock_of_its_own():
    clocks = {"now", "utcnow", "today", "localtime", "gmtime", "time_ns", "perf_counter", "monotonic"}
    read = [
        f"{path}:{node.lineno} calls {node.func.attr}()"
        for path, tree in modules().items()
        if path.startswith("events/domain/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks
    ]
    assert read == []


def test_imports_stand_at_the_top():
    inside = []
    for path, tree in modules().items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Import | ast.ImportFrom):
                        name = getattr(node, "module", None) or node.names[0].name
                        if name not in INSIDE_FUNCTIONS.get(path, ("",))[0].split():
                            inside.append(f"{path}:{node.lineno} imports {name} in {function.name}()")
    assert inside == []


def test_modules_are_short():
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in modules() if "/migrations/" not in path}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_models_refer_to_each_other_by_string():
    relations = {"ForeignKey", "OneToOneField", "ManyToManyField"}
    direct = []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in relations and "/models/" in path:
                target = ast.unparse(node.args[0])
                if not (isinstance(node.args[0], ast.Constant) or target == "settings.AUTH_USER_MODEL"):
                    direct.append(f"{path}:{node.lineno} refers to {target}")
    assert direct == []


def test_nothing_happens_behind_the_back():
    """No signals, and no save() or delete() of our own: what a deed does is written in the deed."""
    found = []
    for path, tree in modules().items():
        found += [
            f"{path}:{line} uses {name}"
            for name, line in imported(path, tree)
            if name.startswith(SIGNALS) and path not in WITH_A_SIGNAL
        ]
        if path.startswith("events/models/"):
            found += [
                f"{path}:{node.lineno} overrides {node.name}()"
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "full_clean"}
            ]
    assert found == []


def test_deeds_name_who_and_when():
    """In actions, `by` and `now` are keyword-only and without a default."""
    careless = []
    for path, tree in modules().items():
        if not path.startswith("events/actions/"):
            continue
        for function in tree.body:
            if isinstance(function, ast.FunctionDef):
                given = function.args
                careless += [
                    f"{path}:{function.lineno} {function.name}({argument.arg})"
                    for argument in given.args
                    if argument.arg in {"by", "now"} and not function.name.startswith("_")
                ]
                careless += [
                    f"{path}:{function.lineno} {function.name}({argument.arg}=…)"
                    for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
                    if argument.arg in {"by", "now"} and default is not None
                ]
    assert careless == []
