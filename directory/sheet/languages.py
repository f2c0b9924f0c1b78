"""The languages that services speak here: the most spoken in England (2021 census), and signing. ISO 639."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`own`: its name in itself, for people who look for theirs. `is_rtl`: written from right to left."""

    code: str
    name: str
    own: str
    is_rtl: bool = False


_LISTED = """
en English|English; bfi British Sign Language|BSL; sq Albanian|Shqip; am Amharic|አማርኛ; ar* Arabic|العربية;
bn Bengali|বাংলা; bg Bulgarian|Български; yue Cantonese|廣東話; zh Chinese|中文; hr Croatian|Hrvatski; cs Czech|Čeština;
nl Dutch|Nederlands; prs* Dari|دری; fa* Farsi|فارسی; fr French|Français; de German|Deutsch; el Greek|Ελληνικά;
gu Gujarati|ગુજરાતી; he* Hebrew|עברית; hi Hindi|हिन्दी; hu Hungarian|Magyar; ig Igbo|Igbo; it Italian|Italiano;
ja Japanese|日本語; ko Korean|한국어; ku Kurdish (Kurmanji)|Kurmancî; ckb* Kurdish (Sorani)|کوردی; lv Latvian|Latviešu;
ln Lingala|Lingála; lt Lithuanian|Lietuvių; ml Malayalam|മലയാളം; ne Nepali|नेपाली; ps* Pashto|پښتو;
pl Polish|Polski; pt Portuguese|Português; pa Punjabi|ਪੰਜਾਬੀ; rom Romani|Romani; ro Romanian|Română; ru Russian|Русский;
sk Slovak|Slovenčina; so Somali|Soomaali; es Spanish|Español; sw Swahili|Kiswahili; syl Sylheti|সিলেটি;
tl Tagalog|Tagalog; ta Tamil|தமிழ்; te Telugu|తెలుగు; ti Tigrinya|ትግርኛ; tr Turkish|Türkçe;
uk Ukrainian|Українська; ur* Urdu|اردو; vi Vietnamese|Tiếng Việt; cy Welsh|Cymraeg; yo Yoruba|Yorùbá
"""


def _read(entry: str) -> Language:
    code, _, names = entry.strip().partition(" ")
    name, _, own = names.partition("|")
    return Language(code.rstrip("*"), name, own, is_rtl=code.endswith("*"))


LANGUAGES: dict[str, Language] = {
    found.code: found for found in (_read(entry) for entry in _LISTED.replace("\n", " ").split(";"))
}
CHOICES = [(language.code, language.name) for language in LANGUAGES.values()]
BY_NAME = {language.name.lower(): language.code for language in LANGUAGES.values()}


def language_words(code: str) -> str:
    """The English name; a code that we don't know stays as it is."""
    return LANGUAGES[code].name if code in LANGUAGES else code
