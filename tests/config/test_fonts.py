from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from config import fonts


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    fonts.build(folder)
    return folder


def test_web_fonts_are_small_and_hold_names_of_europe(built: Path) -> None:
    files = sorted(built.glob("*.woff2"))
    assert [file.stem for file in files] == [
        "joined-sans-regular",
        "joined-sans-semibold",
        "joined-serif-semibold",
    ]
    assert sum(file.stat().st_size for file in files) < 60_000
    for file in files:
        assert set(map(ord, "Zoë Łukasz Şükrü Ștefan’s “–” €✓✔→")) - {0x20} <= set(TTFont(file).getBestCmap())


def test_changed_fonts_bear_no_reserved_name(built: Path) -> None:
    for file in [*built.glob("*.ttf"), *built.glob("*.woff2")]:
        names = [record for record in TTFont(file)["name"].names if record.nameID in {1, 3, 4, 6, 16}]
        assert names
        assert not [record for record in names if "source" in record.toUnicode().lower()]


def test_licences_lie_beside_the_fonts(built: Path) -> None:
    for name in ("joined-sans-licence.txt", "joined-serif-licence.txt"):
        assert "SIL Open Font License" in (built / name).read_text()


def test_fonts_that_are_up_to_date_are_left_alone(built: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in built.iterdir()}
    fonts.build(built)
    assert before == {file: file.stat().st_mtime_ns for file in built.iterdir()}


def test_fonts_are_the_same_wherever_they_are_built(built: Path, tmp_path: Path) -> None:
    face = next(face for face in fonts.FACES if face.web)
    again = tmp_path / "again.ttf"
    fonts.subset(face, fonts.PAPER_RANGES, "").save(again)
    assert again.read_bytes() == (built / f"{face.name}.ttf").read_bytes()
