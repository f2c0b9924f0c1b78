"""Services that have what somebody typed: as full text, by its beginnings, by its synonyms, or nearly."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable, SearchRank, SearchVectorField
from django.db.models import Case, Exists, F, FloatField, Func, OuterRef, Q, Value, When

from directory.models import Rules, SearchDocument
from directory.models.service import ServiceQuerySet
from directory.search.spelling import meant_by, words_in
from directory.search.synonyms import Groups, Phrase, groups_for
from directory.sheet.saving import sort_key
from partnerships.models import Setting

MOST_WORDS = 8
LONGEST_PHRASE = 6
SHORT_FORM = 3
PUBLIC = "ABC"
"""The weights of the words that everybody may search; D are names that only schools see."""
WEIGHTS = [0.05, 0.15, 0.5, 1.0]
"""Of D, C, B and A."""
BEGINS = 2.0
BEST_FIRST = ("-rank", "sort_name", "pk")


@dataclass(frozen=True)
class Term:
    """A word, or a phrase that has synonyms, as it was typed; and all that would do as well."""

    typed: Phrase
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Matched:
    """`services`: a query, or its rows where columns were asked for. `meant`: the words as we read them, where nothing
    has them as they were typed. `is_loose`: no service has all.
    """

    services: Any
    meant: str = ""
    is_loose: bool = False


def matching(
    services: ServiceQuerySet, words: str, setting: Setting | None = None, *, is_public: bool = False
) -> ServiceQuerySet:
    """Services that have all of the words, or nearly; `rank` is higher where they stand in name and topics.

    With a setting its synonyms count and, unless `is_public`, the people whom only the school knows.
    Without a word everything matches.
    """
    found: ServiceQuerySet = match(services, words, setting, is_public=is_public).services
    return found


def match(
    services: ServiceQuerySet,
    words: str,
    setting: Setting | None = None,
    *,
    is_public: bool = False,
    columns: Collection[str] = (),
) -> Matched:
    """With `columns` the rows are read at once, so that nothing is searched twice to know whether there are any."""
    typed = words_in(sort_key(words))[:MOST_WORDS]
    if not typed:
        nothing_asked = not words.strip()
        found = services if nothing_asked else services.none()
        found = found.annotate(rank=Value(0.0, output_field=FloatField()))
        return Matched(found.values_list(*columns) if columns else found)
    groups = groups_for(Rules.of(setting) if setting else None)
    asked = Asked(services, setting, " ".join(typed), is_public or setting is None, columns)
    terms = terms_of(typed, groups)
    exact = asked.having(terms, and_)
    if asked.is_found(exact):
        return Matched(exact)
    return _nearly(asked, terms, groups) or Matched(exact)


def terms_of(typed: list[str], groups: Groups) -> list[Term]:
    """The longest phrases that have synonyms, and the words between them."""
    terms: list[Term] = []
    at = 0
    while at < len(typed):
        lengths = range(min(LONGEST_PHRASE, len(typed) - at), 0, -1)
        phrases = (tuple(typed[at : at + length]) for length in lengths)
        phrase = next((each for each in phrases if each in groups), (typed[at],))
        terms.append(Term(phrase, groups.get(phrase, (phrase,))))
        at += len(phrase)
    return terms


def _nearly(asked: "Asked", terms: list[Term], groups: Groups) -> Matched | None:
    """With the spelling mended; else those that have some of the words."""
    typed = [word for term in terms for word in term.typed]
    known = asked.vocabulary() | {word for phrase in groups for word in phrase}
    mended = [word if word in known else next(iter(meant_by(word, known)), word) for word in typed]
    if mended != typed:
        found = asked.having(terms_of(mended, groups), and_)
        if asked.is_found(found):
            return Matched(found, meant=" ".join(mended))
    if asked.setting is None:
        return Matched(asked.spelt_like(typed))
    loose = asked.having(terms_of(mended, groups), or_)
    if len(terms) > 1 and asked.is_found(loose):
        return Matched(loose, meant=" ".join(mended) if mended != typed else "", is_loose=True)
    return None


@dataclass(frozen=True)
class Asked:
    """Where is searched, for whom, and the whole of what was typed."""

    services: ServiceQuerySet
    setting: Setting | None
    whole: str
    is_public: bool
    columns: Collection[str] = ()

    def is_found(self, found: Any) -> bool:
        return bool(found) if self.columns else found.exists()

    def having(self, terms: list[Term], join: Callable[[Any, Any], SearchQueryCombinable]) -> Any:
        weights = PUBLIC if self.is_public else ""
        query = reduce(join, (query_of(term, weights) for term in terms))
        if self.setting is None or self.is_public:
            vector: Any = F("document__vector")
            found = self.services.filter(document__vector=query)
        else:
            vector = _with_people(self.setting)
            wanted = Q(here=query)
            if len(self.whole) > SHORT_FORM:
                wanted |= Q(sort_name__contains=self.whole)
            found = self.services.alias(here=vector).filter(wanted)
        found = found.annotate(rank=_rank(vector, query, self.whole))
        return found.values_list(*self.columns) if self.columns else found

    def vocabulary(self) -> set[str]:
        """The words of a setting's directory that a slip can be made in. Of all directories: none, see `spelt_like`."""
        if self.setting is None:
            return set()
        rows = self.services.values_list("name", "agency__name", "profile", "topics")
        texts = (text for *own, topics in rows for text in (*own, *topics))
        return set(words_in(sort_key(" ".join(texts))))

    def spelt_like(self, typed: Iterable[str]) -> ServiceQuerySet:
        """Over all directories: each word as in a name, a topic or a town, by its trigrams."""
        documents = SearchDocument.objects.filter(service=OuterRef("pk"))
        for word in typed:
            documents = documents.filter(words__trigram_word_similar=word)
        rank = Value(0.0, output_field=FloatField())
        return self.services.filter(Exists(documents)).annotate(rank=rank)


def _with_people(setting: Setting) -> Func:
    """The words of a sheet, and the names of who comes to this school."""
    people = Func(Value(setting.pk), F("pk"), function="directory_people", output_field=SearchVectorField())
    return Func(
        F("document__vector"),
        people,
        arg_joiner=" || ",
        template="(%(expressions)s)",
        output_field=SearchVectorField(),
    )


def query_of(term: Term, weights: str) -> SearchQueryCombinable:
    """What was typed, each word by its stem or its beginning; or a synonym, word for word."""
    is_short_form = len(term.phrases) > 1 and len("".join(term.typed)) <= SHORT_FORM
    own: SearchQueryCombinable = reduce(
        and_, (_word(word, weights, whole=is_short_form) for word in term.typed)
    )
    others = " | ".join(_phrase(phrase, weights) for phrase in term.phrases if phrase != term.typed)
    return own | SearchQuery(others, config="directory_stems", search_type="raw") if others else own


def _word(word: str, weights: str, *, whole: bool) -> SearchQueryCombinable:
    """`whole`: not its beginnings, for a short form like EP or OT: "other" is none of it."""
    stem = SearchQuery(f"{word}:{weights}" if weights else word, config="directory_stems", search_type="raw")
    star = "" if whole else "*"
    beginning = SearchQuery(
        f"{word}:{star}{weights}" if star or weights else word, config="directory_plain", search_type="raw"
    )
    return stem | beginning


def _phrase(phrase: Phrase, weights: str) -> str:
    ending = f":{weights}" if weights else ""
    return " <-> ".join(f"{word}{ending}" for word in phrase)


def _rank(vector: Any, query: SearchQueryCombinable, whole: str) -> Any:
    begins = Case(
        When(sort_name__startswith=whole, then=Value(BEGINS)), default=Value(0.0), output_field=FloatField()
    )
    return SearchRank(vector, query, weights=WEIGHTS) + begins
