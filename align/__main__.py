"""`align`, also as `python -m align`.

`align --version` answers without the command line, whose libraries take longer to load than the answer.
"""

import os
import sys

from align.core.version import __version__


def main() -> None:
    """Run the command line and exit."""
    if sys.argv[1:] == ["--version"]:
        try:
            # not through the buffer, which would keep what cannot be written and fail again at the exit
            os.write(sys.stdout.fileno(), f"align, version {__version__}\n".encode())
            return
        except (AttributeError, OSError):
            pass  # stdout is closed or full, which the command line reports
    from align.cli.main import main as command_line

    command_line()


if __name__ == "__main__":
    main()
