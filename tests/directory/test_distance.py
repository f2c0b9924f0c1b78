"""Where things are: distances, the national file of postcodes, coordinates of places; never of a refuge."""

from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict

from directory import search
from directory.demo import seed_directory, seed_postcodes
from directory.models import Place, Postcode, Rules, Service
from directory.places import postcodes
from directory.places.distance import miles_between, miles_words
from directory.sheet.saving import update_sheet
from directory.sheet.whereabouts import Whereabouts
from partnerships.demo import seed_people
from partnerships.models import Setting
from tests.directory.kit import place_of, school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
CODE_POINT = """\
"M1 1AA",10,384500,398000,"E92000001","E19000001","E18000002","","E08000003","E05011376"
"M1 1AB",10,384600,398100,"E92000001","E19000001","E18000002","","E08000003","E05011376"
"M1 1AC",90,0,0,"E92000001","E19000001","E18000002","","",""
"nonsense",10,1,1,"","","","","",""
"""
ONSPD = """\
pcd,pcd2,pcds,dointr,doterm,oslaua,oseast1m,osnrth1m,lat,long
"M1 1AA","M1  1AA","M1 1AA","198001","","E08000003",384500,398000,53.478,-2.235
"M1 1AZ","M1  1AZ","M1 1AZ","198001","199606","E08000003",384500,398000,53.478,-2.235
"GY1 1AA","GY1  1AA","GY1 1AA","198001","","",,,99.999999,0.000000
"BT1 1AA","BT1  1AA","BT1 1AA","198001","","N09000003",333000,374000,54.603,-5.93
"""
HERE = (53.478, -2.235)


@pytest.fixture
def hillside() -> Setting:
    return school(postcode="M1 1AA")


def load(path: Path) -> str:
    out = StringIO()
    call_command("load_postcodes", str(path), stdout=out)
    return out.getvalue()


def written(folder: Path, text: str, name: str = "m.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def near(setting: Setting, query: str) -> list[str]:
    found = search.find(setting, search.Filter.from_query(QueryDict(query)))
    return [service.name for service in search.in_order(Service.objects.all(), found.pks)]


def test_code_point_open_is_loaded_with_its_bad_rows_told(tmp_path: Path) -> None:
    said = load(written(tmp_path, CODE_POINT))
    assert "2 postcodes" in said
    assert "1 without a place" in said
    assert "m.csv, row 4: nonsense" in said
    found = Postcode.objects.get(pk="M11AA")
    assert miles_between((found.latitude, found.longitude), HERE) < 0.1
    assert found.district == "E08000003"


def test_ons_directory_is_loaded_without_what_has_ended(tmp_path: Path) -> None:
    said = load(written(tmp_path, ONSPD))
    assert set(Postcode.objects.values_list("pk", flat=True)) == {"M11AA", "BT11AA"}
    assert "1 that have ended" in said
    assert "1 without a place" in said


def test_loading_again_takes_away_what_is_gone_and_leaves_other_areas(tmp_path: Path) -> None:
    Postcode.objects.create(code="SW1A1AA", latitude=51.5, longitude=-0.14)
    Postcode.objects.create(code="M19ZZ", latitude=51.5, longitude=-0.14)
    archive = tmp_path / "codepo.zip"
    with ZipFile(archive, "w") as made:
        made.writestr("Doc/headings.csv", "PC,PQ,EA,NO\nPostcode,Quality,Eastings,Northings\n")
        made.writestr("Data/CSV/m.csv", CODE_POINT)
    for _ in range(2):
        load(archive)
        assert set(Postcode.objects.values_list("pk", flat=True)) == {"M11AA", "M11AB", "SW1A1AA"}


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "pcds,doterm\nM1 1AA,\n"])
def test_another_file_is_refused_with_words(tmp_path: Path, text: str) -> None:
    Postcode.objects.create(code="M11AA", latitude=53.4, longitude=-2.2)
    with pytest.raises(CommandError, match=r"neither Code-Point|columns pcds"):
        load(written(tmp_path, text))
    assert Postcode.objects.count() == 1


def test_pieces_do_not_change_what_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "PIECE", 1)
    assert "2 postcodes" in load(written(tmp_path, CODE_POINT))


def test_place_gets_the_coordinates_of_its_postcode_when_it_is_saved(hillside: Setting) -> None:
    Postcode.objects.create(code="M11AA", latitude=53.4781, longitude=-2.2351)
    Postcode.objects.create(code="M11AB", latitude=53.4791, longitude=-2.2361)
    service = sheet(
        hillside, postcode="M1 1AA", more_places=[Whereabouts(address_1="2 Mill", postcode="M1 1AB")]
    )
    points = [(place.latitude, place.longitude) for place in service.places.all()]
    assert points == [(53.4781, -2.2351), (53.4791, -2.2361)]
    update_sheet(hillside, service, {"postcode": "M1 1AB"}, ["postcode"])
    assert service.places.values_list("latitude", flat=True)[0] == 53.4791


def test_withheld_places_are_rough_or_nowhere(hillside: Setting, tmp_path: Path) -> None:
    written(tmp_path, CODE_POINT)
    coarse = sheet(hillside, name="Project", postcode="M1 1AA", withheld="coarse")
    refuge = sheet(
        hillside, name="Refuge", postcode="M1 1AB", withheld="refuge", council="Wexshire", telephone=[]
    )
    plain = sheet(hillside, name="Harbour", postcode="M1 1AB", telephone=[])
    load(tmp_path / "m.csv")
    rough = place_of(coarse)
    assert (rough.latitude, rough.longitude) == (
        round(rough.latitude or 0, 2),
        round(rough.longitude or 0, 2),
    )
    assert place_of(refuge).latitude is None
    assert place_of(plain).latitude is not None
    Postcode.objects.create(code="M11AC", latitude=53.47123, longitude=-2.23123)
    later = sheet(hillside, name="Later", postcode="M1 1AC", withheld="coarse", telephone=[])
    assert place_of(later).latitude == 53.47
    assert "Refuge" not in near(hillside, "miles=10")


def at(setting: Setting, name: str, latitude: float) -> None:
    sheet(setting, name=name, telephone=[], postcode="", latitude=latitude, longitude=-2.235)


def test_results_are_sorted_and_narrowed_by_distance_from_the_school(hillside: Setting) -> None:
    Postcode.objects.create(code="M11AA", latitude=HERE[0], longitude=HERE[1])
    at(hillside, "Far", 53.7)
    at(hillside, "Close", 53.48)
    at(hillside, "Middle", 53.51)
    sheet(hillside, name="Nowhere", telephone=[], postcode="", address_1="")
    assert near(hillside, "sort=near") == ["Close", "Middle", "Far", "Nowhere"]
    assert near(hillside, "miles=3") == ["Close", "Middle"]


def test_distance_is_measured_from_a_postcode_that_is_typed(hillside: Setting) -> None:
    Postcode.objects.create(code="M11AA", latitude=HERE[0], longitude=HERE[1])
    Postcode.objects.create(code="PR11AA", latitude=53.7, longitude=-2.235)
    at(hillside, "Far", 53.7)
    at(hillside, "Close", 53.48)
    assert near(hillside, "sort=near&near=pr1+1aa") == ["Far", "Close"]
    shown = page(hillside, "?near=PR1+1AA")
    assert "Less than half a mile away" in shown
    assert "ZZ9 9ZZ is not a postcode that we know" in page(hillside, "?near=zz9+9zz")


def page(setting: Setting, query: str = "") -> str:
    return words_of(client_of(member(setting)).get(url("service_list", setting) + query))


def test_without_the_national_file_the_page_says_so_and_known_places_still_count(hillside: Setting) -> None:
    at(hillside, "Close", 53.48)
    assert "The national list of postcodes is not loaded" in page(hillside)
    Rules.objects.create(setting=hillside, latitude=HERE[0], longitude=HERE[1])
    assert "Less than half a mile away" in page(hillside)


def test_demo_knows_where_its_invented_postcodes_are_and_not_where_its_refuge_is() -> None:
    seed_people()
    seed_directory()
    seed_postcodes()
    seed_postcodes()
    hillside = Setting.objects.get(slug="hillside")
    found = search.find(hillside, search.Filter(sort="near"))
    assert found.rows[0].miles is not None
    refuges = Place.objects.filter(withheld="refuge")
    assert not refuges.exclude(latitude=None).exists()


@pytest.mark.parametrize(
    ("miles", "words"),
    [
        (0.2, "less than half a mile away"),
        (0.9, "1 mile away"),
        (1.4, "1.5 miles away"),
        (11.6, "12 miles away"),
    ],
)
def test_distances_are_told_in_plain_words(miles: float, words: str) -> None:
    assert miles_words(miles) == words
