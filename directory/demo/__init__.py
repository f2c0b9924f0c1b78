from directory.demo.asking import seed_asking
from directory.demo.places import seed_postcodes
from directory.demo.seed import seed_directory, seed_riverside
from directory.demo.suggestions import seed_suggestions
from directory.demo.use import seed_use

__all__ = [
    "seed_asking",
    "seed_directory",
    "seed_postcodes",
    "seed_riverside",
    "seed_suggestions",
    "seed_use",
]
