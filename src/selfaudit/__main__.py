"""Entry point of ``python -m selfaudit``."""

from selfaudit.cli.main import main

if __name__ == "__main__":
    main()
