"""Documentation that cannot rot unseen: commands exist, settings are described, links lead somewhere."""

import ast
import re
import shlex
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
OF_THE_SYSTEM = {"git", "cd", "sqlite3"}
FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
TARGETS = re.compile(r"^([.$()/\w-]+(?: [\w-]+)*):", re.MULTILINE)


def commands():
    for file in DOCS:
        for block in FENCE.findall(file.read_text()):
            for line in block.strip().splitlines():
                yield pytest.param(line, id=f"{file.name}: {line[:60]}")


def make_targets():
    rules = TARGETS.findall((ROOT / "Makefile").read_text().replace("$(VENV)", ".venv"))
    return {target for rule in rules for target in rule.split()}


@pytest.mark.parametrize("line", list(commands()))
def test_command_in_the_documentation_exists(line):
    words = [word for word in shlex.split(line) if not re.match(r"[A-Z_]+=", word)]
    program, *arguments = words
    if program in OF_THE_SYSTEM:
        return
    if program == "make":
        assert set(arguments) <= make_targets()
        return
    assert program == "python3" or (program.startswith(".venv/bin/") and shutil.which(program, path=ROOT))
    if arguments[0] == "manage.py":
        understands(arguments[1], arguments[2:])
    elif arguments[0] == "-m":
        assert find_spec(arguments[1])
    elif "config.wsgi" in arguments:
        assert find_spec("config.wsgi") and (ROOT / arguments[arguments.index("-c") + 1]).exists()
    else:
        assert arguments[0] == "-c"
        ast.parse(arguments[1])


def understands(name, arguments):
    """Fails unless manage.py has this command and takes these arguments."""
    command = load_command_class(get_commands()[name], name)
    command.create_parser("manage.py", name).parse_args(arguments)


def read_from_the_environment():
    """Every name the settings read."""
    tree = ast.parse((ROOT / "config" / "settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    readers = [call for call in calls if ast.unparse(call.func).split(".")[0] in {"env", "needed"}]
    return {call.args[0].value for call in readers if isinstance(call.args[0], ast.Constant)}


def described():
    table = (ROOT / "docs" / "operating.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    return [name for line in table.splitlines() for name in re.findall(r"`([A-Z_]+)`", f"{line}||".split("|")[1])]


def test_every_setting_is_described_once_for_operators():
    assert sorted(described()) == sorted(read_from_the_environment())


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_links_in_the_documentation_lead_somewhere(file):
    links = re.findall(r"\]\(([^)#\s]+)", file.read_text())
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (file.parent / link).exists()] == []


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_documentation_names_no_real_place_of_ours(file):
    """Invented domains only, and no path of the machine it was written on."""
    domains = re.findall(r"[\w.-]+@([\w.-]+\.\w+)|https?://([\w.-]+)", file.read_text())
    named = {name for pair in domains for name in pair if name}
    assert {name for name in named if not name.endswith(".example") and name != "127.0.0.1"} == set()
