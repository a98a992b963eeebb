"""The committed change encoder on repositories that played no part in its making, yours for instance.

    python -m sentinel_training.judge_elsewhere --repositories FOLDER NAME [NAME ...]

Of each repository `OWNER/NAME`, in `FOLDER` as `OWNER+NAME`, a seeded sample of commits that follow the
convention, at most 25 of a type.
"""

import argparse
from pathlib import Path

from .change_commits import COMMITS_FILE, MORE_COMMITS_FILE, candidates, git_folder, read_list, rows_of, sampled, type_counts
from .change_dataset import change_of
from .natural_mix import report
from .type_mix import shares_of

PER_TYPE_AND_REPOSITORY = 25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True)
    parser.add_argument("names", nargs="+", metavar="NAME")
    arguments = parser.parse_args()
    known = set(arguments.names) & {*read_list(COMMITS_FILE), *read_list(MORE_COMMITS_FILE)}
    if known:
        raise SystemExit(f"the encoder was made with {', '.join(sorted(known))}: name others")
    rows, shares = [], {}
    for name in arguments.names:
        folder = git_folder(arguments.repositories / name.replace("/", "+"))
        if folder is None:
            raise SystemExit(f"{name}: no git repository {name.replace('/', '+')} in {arguments.repositories}")
        found = candidates(folder)
        rows.extend(rows_of(folder, name, sampled(found, name, PER_TYPE_AND_REPOSITORY)))
        shares[name] = shares_of(type_counts(found))
    if not rows:
        raise SystemExit("no commit there follows the convention")
    report([change_of(row) for row in rows], shares)


if __name__ == "__main__":
    main()
