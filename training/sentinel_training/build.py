"""Rebuild the committed model from the base package and the data file.

    python -m sentinel_training.build [--run NAME] [--set name=value ...]

Train (resumable), export, calibrate, measure: each step is also a command of its own.
"""

import sys

from . import evaluate, export, settings, train


def without_overrides(arguments: list[str]) -> list[str]:
    """The arguments that export and evaluate know: all but the training settings."""
    kept = []
    for position, argument in enumerate(arguments):
        is_override = argument == "--set" or (position > 0 and arguments[position - 1] == "--set")
        if not is_override:
            kept.append(argument)
    return kept


def main() -> None:
    name, arguments = sys.argv[0], sys.argv[1:]
    train.main()
    sys.argv = [name, *without_overrides(arguments)]
    export.main()
    sys.argv = [name, *without_overrides(arguments), "--json", str(settings.CACHE / "evaluation.json")]
    evaluate.main()


if __name__ == "__main__":
    main()
