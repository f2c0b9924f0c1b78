"""What the code promises about itself, read with ast: who imports whom, where rows come from, how long things are."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.urls import pages

ROOT = Path(settings.BASE_DIR)
APPS = ("partnerships", "directory", "toolkits", "evaluation")
PACKAGES = ("config", *APPS)
LAYERS = ("models", "commands", "forms", "views")
GLUE = {
    "config/urls.py",
    "config/site_urls.py",
    "config/settings.py",
    "config/asgi.py",
    "config/wsgi.py",
}
"""Puts the apps together, and so knows them all."""
VIEW_DOORS = {"Service.visible_to", "Service.published", "Service.linkable_by"}
TEMPLATE_LINES, TEMPLATE_MOST = 110, 180
FILE_LINES, FILE_MOST = 300, 400
FUNCTION_LINES, FUNCTION_MOST = 35, 50
VIEW_LINES, VIEW_MOST = 40, 45
TEST_LINES = 30
ODD_NAMES = {"home", "my", "more", "worried", "search", "join", "healthz", "readyz", "outbox"}
NOUN_FIRST = re.compile(
    r"^[a-z]+(_[a-z]+)*_(list|detail|edit|paper|home|start|state|changes|logo|service|activity|mail)$"
)
VERB_FIRST = re.compile(r"^[a-z]+_[a-z]+(_[a-z]+)*$")


@cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """Path from the root → what it says. Migrations are generated and not read."""
    paths = [
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    ]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sorted(paths)}


def dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(tree: ast.Module, *, for_types: bool = False) -> Iterator[str]:
    """The modules that are imported anywhere, those for type checking only if asked for."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and not for_types and "TYPE_CHECKING" in ast.dump(node.test):
            skipped |= {inner for each in node.body for inner in ast.walk(each)}
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def package_of(name: str) -> str:
    return name.split(".")[0]


def lines_of(node: ast.AST) -> int:
    start = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])  # type: ignore[attr-defined]
    return int(node.end_lineno - start + 1)  # type: ignore[attr-defined]


def functions(trees: dict[str, ast.Module]) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path}:{node.name}", node


def is_view_module(path: str) -> bool:
    return "views" in Path(path).parts or Path(path).stem.endswith("views")


def percentile(numbers: list[int], share: float) -> int:
    return sorted(numbers)[min(len(numbers) - 1, int(len(numbers) * share))]


def test_apps_import_in_one_direction() -> None:
    wrong = []
    for path, tree in modules(*APPS).items():
        allowed = PACKAGES[: PACKAGES.index(package_of(dotted(path))) + 1]
        wrong += [
            f"{path} imports {name}"
            for name in imports(tree)
            if package_of(name) in PACKAGES and package_of(name) not in allowed
        ]
    assert wrong == []


def test_config_knows_the_apps_only_where_it_puts_them_together() -> None:
    """What an app imports of config knows no app; middleware and commands know the shared ground; the glue all."""
    used = {
        name for tree in modules(*APPS).values() for name in imports(tree) if package_of(name) == "config"
    }
    wrong = []
    for path, tree in modules("config").items():
        allowed = {"config"} if dotted(path) in used else {"config", "partnerships"}
        unwanted = [
            name for name in imports(tree) if package_of(name) in PACKAGES and package_of(name) not in allowed
        ]
        wrong += [f"{path} imports {name}" for name in unwanted if path not in GLUE]
    assert wrong == []


def layer_of(path: str) -> int:
    parts = Path(path).parts[1:]
    named = [
        number
        for number, layer in enumerate(LAYERS)
        if any(part.removesuffix(".py") == layer for part in parts)
    ]
    if named:
        return named[0]
    stem = Path(path).stem
    return next((number for number, layer in enumerate(LAYERS) if stem.endswith(f"_{layer}")), -1)


@pytest.mark.parametrize("app", APPS)
def test_layers_of_an_app_import_downwards(app: str) -> None:
    """models ← commands and the rest ← forms ← views; what has no layer is free, but never reads views."""
    layers = {dotted(path): layer_of(path) for path in modules(app)}
    wrong = []
    for path, tree in modules(app).items():
        if Path(path).name in {"apps.py", "urls.py"} or path.endswith("_urls.py"):
            continue
        own = layers[dotted(path)]
        for name in imports(tree):
            target = layers.get(name, -1)
            is_upward = target > own >= 0 or (own == -1 and target == LAYERS.index("views"))
            if package_of(name) == app and is_upward:
                wrong.append(f"{path} imports {name}")
    assert wrong == []


def test_only_the_pdf_module_imports_weasyprint() -> None:
    found = {
        path
        for path, tree in modules(*PACKAGES).items()
        for name in imports(tree)
        if package_of(name) == "weasyprint"
    }
    assert found == {"config/pdf.py"}


def test_views_reach_rows_only_from_the_tenant() -> None:
    """Neither X.objects nor get_object_or_404(X, …): rows come from request.setting, request.user or a named door."""
    wrong = []
    for path, tree in modules(*APPS).items():
        if not is_view_module(path):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {
                "objects",
                "_default_manager",
                "_base_manager",
            }:
                wrong.append(f"{path}:{node.lineno} {ast.unparse(node)}")
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {
                "get_object_or_404",
                "get_list_or_404",
            }:
                first = ast.unparse(node.args[0])
                if first[:1].isupper() and not first.startswith(tuple(VIEW_DOORS)):
                    wrong.append(f"{path}:{node.lineno} get_object_or_404({first}, …)")
    assert wrong == []


def test_every_function_is_typed() -> None:
    def is_typed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        own = [each for each in arguments if each.arg not in {"self", "cls", "mcs"}]
        return node.returns is not None and all(each.annotation for each in own)

    assert [name for name, node in functions(modules(*PACKAGES)) if not is_typed(node)] == []


def test_files_are_short() -> None:
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in modules(*PACKAGES)}
    assert {path: count for path, count in lengths.items() if count > FILE_MOST} == {}
    assert percentile(list(lengths.values()), 0.95) <= FILE_LINES


def test_functions_are_short() -> None:
    lengths = {name: lines_of(node) for name, node in functions(modules(*PACKAGES))}
    assert {name: count for name, count in lengths.items() if count > FUNCTION_MOST} == {}
    assert percentile(list(lengths.values()), 0.95) <= FUNCTION_LINES


def test_views_are_short() -> None:
    views = {path: tree for path, tree in modules(*APPS).items() if is_view_module(path)}
    lengths = {name: lines_of(node) for name, node in functions(views)}
    assert {name: count for name, count in lengths.items() if count > VIEW_MOST} == {}
    assert percentile(list(lengths.values()), 0.95) <= VIEW_LINES


def test_tests_are_short() -> None:
    lengths = {name: lines_of(node) for name, node in functions(modules("tests")) if ":test_" in name}
    assert percentile(list(lengths.values()), 0.95) <= TEST_LINES


def test_templates_are_short() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in (ROOT / "templates").rglob("*.html")
    }
    assert {path: count for path, count in lengths.items() if count > TEMPLATE_MOST} == {}
    assert percentile(list(lengths.values()), 0.95) <= TEMPLATE_LINES


def test_templates_hold_no_script_and_no_style() -> None:
    """The content security policy refuses both: scripts and styles are files. Paper and mails bring their own."""
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
    templates = (ROOT / "templates").rglob("*.html")
    pages_of_screen = [path for path in templates if not {"paper", "email"} & {*path.parts}]
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in pages_of_screen
        for match in inline.finditer(path.read_text())
    ]
    assert found == []


def test_addresses_are_named_by_noun_or_by_verb() -> None:
    names = {page.name.split(":")[-1] for page in pages() if not page.name.startswith("account_")}
    wrong = {
        name
        for name in names
        if name not in ODD_NAMES and not (NOUN_FIRST.match(name) or VERB_FIRST.match(name))
    }
    assert wrong == set()


def test_rooms_have_names() -> None:
    """No module or folder that says nothing about what is in it."""
    vague = {"common", "core", "utils", "util", "helpers", "misc", "shared", "base_utils"}
    names = {part.removesuffix(".py") for path in modules(*PACKAGES) for part in Path(path).parts}
    assert names & vague == set()


def test_nothing_names_the_machine_that_it_was_written_on() -> None:
    """Nor where its packages came from."""
    text = {"", ".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".in", ".svg", ".yml"}
    made = {
        ".git",
        ".venv",
        "var",
        "node_modules",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
    }
    paths = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in text and path.is_file() and not made & set(path.relative_to(ROOT).parts)
    ]
    machine = re.compile(rf"{re.escape(str(ROOT))}/|--(extra-)?index-url")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in paths
        if path.name != "test_architecture.py"
        for match in machine.finditer(path.read_text(errors="replace"))
    ]
    assert found == []


def test_nothing_names_another_host() -> None:
    """Pages load from this site alone: no address of another host in a template's src or in a stylesheet."""
    loads = re.compile(r"(?:src|href)=[\"']https?://|url\(\s*[\"']?https?://|@import", re.IGNORECASE)
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.css")]
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files
        for match in loads.finditer(path.read_text())
        if not re.search(r"<a\b[^>]*$", path.read_text()[: match.start()][-400:])
    ]
    assert found == []
