"""What a file is for, by its path. Twin of `src/triage/file-kind.ts`: same table, same order."""

import re
from functools import lru_cache

# First match wins. Matched against the lower-cased path with a slash in front; ASCII only.
KIND_RULES = [
    ("lock", r"/(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|composer\.lock|gemfile\.lock|go\.sum|go\.work\.sum|pubspec\.lock|packages\.lock\.json|gradle\.lockfile|mix\.lock|flake\.lock|podfile\.lock|cartfile\.resolved|package\.resolved|conan\.lock)$"),
    ("snapshot", r"(/__snapshots__/|\.snap$|\.snap\.new$|\.approved\.[a-z0-9]+$|\.verified\.[a-z0-9]+$|/goldens?/|/golden_files/|\.golden$|/__image_snapshots__/)"),
    ("vendored", r"(/node_modules/|/vendor/|/vendors/|/third[-_]?party/|/3rdparty/|/external/|/bower_components/|/pods/|/\.yarn/)"),
    ("generated", r"(\.min\.(js|css)$|\.map$|\.pb\.(go|cc|h)$|\.pb\.gw\.go$|_pb2(_grpc)?\.pyi?$|\.g\.dart$|\.freezed\.dart$|\.gr\.dart$|\.designer\.cs$|\.g\.cs$|\.generated\.[a-z]+$|[._]gen\.(go|ts|rs)$|/generated/|/__generated__/|/zz_generated|/dist/|-bundle\.js$|\.bundle\.js$|mock_[a-z0-9_]+\.go$|_mock\.go$|/mocks/)"),
    ("ci", r"(/\.github/(workflows|actions)/|/\.github/[^/]+\.ya?ml$|/\.gitlab-ci|/\.circleci/|/\.travis\.yml$|/appveyor\.yml$|/azure-pipelines|/jenkinsfile|/\.buildkite/|/\.drone\.yml$|/bitbucket-pipelines\.yml$|/codecov\.ya?ml$|/\.codecov\.ya?ml$|/renovate\.json5?$|/\.renovaterc|/\.mergify|/ci/)"),
    ("test", r"(/tests?/|/__tests__/|/spec/|/specs/|/e2e/|/testdata/|/fixtures?/|/__fixtures__/|/testing/|/unittests?/|/playground/|[._-](test|tests|spec|e2e)\.[a-z0-9.]+$|/test_[^/]+$|_test\.[a-z]+$|tests?\.(java|kt|cs|swift|php|groovy)$|/conftest\.py$|/[a-z0-9.]*tests/|/([a-z0-9]+\.)*(unit|integration|functional|regression|acceptance|smoke|system|ui|api)test/|\.test/)"),
    ("docs", r"(\.(md|mdx|rst|adoc|markdown|txt)$|/docs?/|/documentation/|/website/|/site/|/readme[^/]*$|/changelog[^/]*$|/license[^/]*$|/contributing[^/]*$|/authors$|/maintainers$|/codeowners$|/\.all-contributorsrc$|/examples?/|/tutorials?/)"),
    ("build", r"(/package\.json$|/cargo\.toml$|/pyproject\.toml$|/setup\.(py|cfg)$|/requirements[^/]*$|/go\.(mod|work)$|/pom\.xml$|\.gradle(\.kts)?$|/gradle\.properties$|/gradle/|/cmakelists\.txt$|\.cmake$|/makefile$|/makefile\.[a-z]+$|\.mk$|/dockerfile[^/]*$|/docker-compose[^/]*$|/compose\.ya?ml$|\.csproj$|\.props$|\.targets$|\.sln$|/pubspec\.yaml$|/build\.rs$|/build\.zig$|/build\.sh$|/meson\.build$|/(rollup|vite|webpack|tsup|esbuild|babel|gulpfile|rolldown)[^/]*\.(js|ts|mjs|cjs|mts)$|/tsconfig[^/]*\.json$|/\.npmrc$|/pnpm-workspace\.yaml$|/lerna\.json$|/nx\.json$|/turbo\.json$|/flake\.nix$|/conanfile|/vcpkg\.json$|/\.goreleaser|/justfile$|/bazel|/build$|\.bazel$|\.bzl$|/composer\.json$|/gemfile$|\.gemspec$)"),
    ("config", r"(/\.[^/]+$|/\.(vscode|idea|husky|devcontainer|changeset|config)/|\.(json|json5|ya?ml|toml|ini|cfg|conf|properties|env|lock)$)"),
    ("asset", r"\.(png|jpe?g|gif|svg|ico|webp|ttf|woff2?|otf|mp4|webm|pdf|zip|gz|wasm|bin|so|dll)$"),
    ("style", r"\.(css|scss|sass|less|styl|pcss)$"),
]
# `$` is the very end here: Python's also matches before a final line feed, which a path may have.
_COMPILED = [(kind, re.compile(pattern.replace("$", r"\Z"), re.ASCII)) for kind, pattern in KIND_RULES]

# Left out of the text and of sizes: nobody wrote these lines by hand.
SET_ASIDE = frozenset({"lock", "snapshot", "vendored", "generated"})


def ascii_lower(text: str) -> str:
    """A-Z to a-z; nothing else, so that both languages agree."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


@lru_cache(maxsize=1 << 17)
def file_kind(path: str) -> str:
    """`lock`, `snapshot`, `vendored`, `generated`, `ci`, `test`, `docs`, `build`, `config`, `asset`, `style` or `source`."""
    lowered = "/" + ascii_lower(path[:400])
    for kind, pattern in _COMPILED:
        if pattern.search(lowered):
            return kind
    return "source"
