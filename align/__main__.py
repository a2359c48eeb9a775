"""`align`, also as `python -m align`.

`align --version` answers without the command line, whose libraries take longer to load than the answer.
"""

import sys

from align.core.version import __version__


def main() -> None:
    """Run the command line and exit."""
    if sys.argv[1:] == ["--version"]:
        try:
            sys.stdout.write(f"align, version {__version__}\n")
            sys.stdout.flush()
            return
        except (AttributeError, OSError):
            pass  # stdout is closed or full, which the command line reports
    from align.cli.main import main as command_line

    command_line()


if __name__ == "__main__":
    main()
