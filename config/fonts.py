"""Builds the fonts of page and paper from their packages: `python -m config.fonts [FOLDER]`.

The Open Font License reserves the name "Source", so what is changed here gets names of its own:
Joined Sans and Joined Serif. The web gets small woff2 files, the paper whole ttf files.
"""

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PACKAGES = ("font-source-sans-pro", "font-source-serif-pro", "fonttools")
WEB_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x2C6, 0x2DD),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
)
WEB_SIGNS = "€™←↑→↓−≈≠≤≥✓ẞẀẁẂẃẄẅỲỳ\u202f\u2060"
PAPER_RANGES = ((0x20, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x2BFF), (0xFB01, 0xFB02))
LAYOUT_FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "lnum", "tnum", "pnum", "frac"]
SAME_SIGN = {0x2714: 0x2713, 0x2011: 0x2010, 0x2010: 0x2D, 0x202F: 0xA0}
"""Signs that the fonts lack, and the sign of theirs that stands in."""


@dataclass(frozen=True)
class Face:
    module: str
    source: str
    family: str
    style: str
    weight: int
    web: bool

    @property
    def name(self) -> str:
        return f"{self.family}-{self.style}".replace(" ", "-").lower()


FACES = (
    Face("font_source_sans_pro", "SourceSansPro-Regular", "Joined Sans", "Regular", 400, web=True),
    Face("font_source_sans_pro", "SourceSansPro-Semibold", "Joined Sans", "Semibold", 600, web=True),
    Face("font_source_sans_pro", "SourceSansPro-Bold", "Joined Sans", "Bold", 700, web=False),
    Face("font_source_sans_pro", "SourceSansPro-It", "Joined Sans", "Italic", 400, web=False),
    Face("font_source_serif_pro", "SourceSerifPro-Semibold", "Joined Serif", "Semibold", 600, web=True),
)


def files_of(module: str) -> Path:
    """Where a font package keeps its files, found without importing it."""
    spec = find_spec(module)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "files"


def stamp() -> str:
    """Changes when a package or this file does."""
    parts = [f"{package} {version(package)}" for package in PACKAGES]
    return hashlib.sha256("\n".join([*parts, Path(__file__).read_text()]).encode()).hexdigest()


def build(target: Path) -> None:
    """Writes the fonts and their licences into `target`, unless what is there is up to date."""
    note = target / "stamp"
    if note.exists() and note.read_text() == stamp():
        return
    target.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        subset(face, PAPER_RANGES, "").save(target / f"{face.name}.ttf")
        if face.web:
            font = subset(face, WEB_RANGES, WEB_SIGNS)
            font.flavor = "woff2"
            font.save(target / f"{face.name}.woff2")
        licence = target / f"{face.family.replace(' ', '-').lower()}-licence.txt"
        shutil.copyfile(files_of(face.module) / "LICENSE.txt", licence)
    note.write_text(stamp())


def subset(face: Face, ranges: tuple[tuple[int, int], ...], signs: str) -> TTFont:
    """The font of `face` with the characters asked for, under its own name."""
    font = TTFont(files_of(face.module) / f"{face.source}.ttf", recalcTimestamp=False)
    add_missing_signs(font)
    options = Options(layout_features=LAYOUT_FEATURES, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.hinting = False
    options.drop_tables += ["DSIG", "BASE"]
    subsetter = Subsetter(options)
    wanted = {code for first, last in ranges for code in range(first, last + 1)} | set(map(ord, signs))
    subsetter.populate(unicodes=wanted | set(SAME_SIGN))
    subsetter.subset(font)
    rename(font, face)
    return font


def add_missing_signs(font: TTFont) -> None:
    glyphs = font.getBestCmap()
    for table in font["cmap"].tables:
        if not table.isUnicode():
            continue
        for missing, present in SAME_SIGN.items():
            if missing not in table.cmap and present in glyphs:
                table.cmap[missing] = glyphs[present]


def rename(font: TTFont, face: Face) -> None:
    """Family, style and weight as a browser and fontconfig look for them."""
    table = font["name"]
    italic, bold = face.style == "Italic", face.style == "Bold"
    plain = italic or bold or face.style == "Regular"
    full = f"{face.family} {face.style}"
    postscript = f"{face.family}-{face.style}".replace(" ", "")
    names = {
        1: face.family if plain else full,
        2: face.style if plain else "Regular",
        3: f"Joined Up; {postscript}",
        4: full,
        6: postscript,
    }
    if not plain:
        names |= {16: face.family, 17: face.style}
    table.names = [record for record in table.names if record.platformID == 3]
    for number, words in names.items():
        table.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = face.weight


if __name__ == "__main__":
    var = Path(os.environ.get("VAR_DIR", Path(__file__).resolve().parent.parent / "var"))
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else var / "lib" / "fonts")
