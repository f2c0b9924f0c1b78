from directory.demo.seed import seed_directory

__all__ = ["seed_directory"]
