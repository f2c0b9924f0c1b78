from directory.demo.seed import seed_directory
from directory.demo.suggestions import seed_suggestions

__all__ = ["seed_directory", "seed_suggestions"]
