"""Reading commits, telling file kinds, preparing the text."""

import pytest

from sentinel_training.change_commits import parse_show
from sentinel_training.change_features import BUCKETS, change_features, fnv1a
from sentinel_training.file_kind import file_kind
from sentinel_training.prepare_change import TEXT_CHARACTERS, prepare_change
from sentinel_training.weigh_files import ChangedFile

SHOWN = """diff --git a/src/door.ts b/src/door.ts
index 1111111..2222222 100644
--- a/src/door.ts
+++ b/src/door.ts
@@ -1,4 +1,5 @@ export function open()
 const a = 1;
-const b = 2;
+const b = 3;
+const c = 4;
diff --git a/old.md b/docs/new.md
similarity index 100%
rename from old.md
rename to docs/new.md
diff --git a/gone.txt b/gone.txt
deleted file mode 100644
index 3333333..0000000
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-gone
"""


def test_files_of_a_commit():
    files = parse_show(SHOWN)
    assert [(file.path, file.status, file.additions, file.deletions) for file in files] == [
        ("src/door.ts", "modified", 2, 1),
        ("docs/new.md", "renamed", 0, 0),
        ("gone.txt", "removed", 0, 1),
    ]
    assert files[1].previous_path == "old.md" and files[1].patch is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("src/main.rs", "source"),
        ("package-lock.json", "lock"),
        ("src/__snapshots__/a.ts.snap", "snapshot"),
        ("api/v1/door.pb.go", "generated"),
        (".github/workflows/build.yml", "ci"),
        ("src/door.test.ts", "test"),
        ("docs/guide/door.rst", "docs"),
        ("crates/door/Cargo.toml", "build"),
        (".editorconfig", "config"),
        ("assets/door.png", "asset"),
        ("src/door.scss", "style"),
    ],
)
def test_file_kind(path, kind):
    assert file_kind(path) == kind


def test_text_names_title_kinds_paths_and_lines():
    text = prepare_change("open the door", parse_show(SHOWN))
    assert text.startswith("open the door\n")
    assert "M src/door.ts +2 -1" in text
    assert "+ const b = 3;" in text
    assert len(prepare_change("x" * 5000, [ChangedFile("a" * 9000, "added", 9, 9, "+a\n" * 90000)])) <= TEXT_CHARACTERS


def test_features_are_buckets():
    # The published test vector of 32-bit FNV-1a for "foobar".
    assert fnv1a("foobar") == 0xBF9CF968
    buckets = change_features("open the door", parse_show(SHOWN))
    assert buckets == sorted(set(buckets)) and 0 <= buckets[0] and buckets[-1] < BUCKETS
    assert set(change_features("", parse_show(SHOWN))) < set(buckets)
