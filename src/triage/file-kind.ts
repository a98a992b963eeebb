/**
 * What a file of a change is for, by its path.
 *
 * Twin of `training/sentinel_training/file_kind.py`: the same table in the same order, ASCII only.
 */
import { firstCodePoints } from './code-points.js';

/** In the order they are looked for; `source` when none fits. */
export const FILE_KINDS = [
  'lock',
  'snapshot',
  'vendored',
  'generated',
  'ci',
  'test',
  'docs',
  'build',
  'config',
  'asset',
  'style',
  'source',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Says what a path is for; `.gitattributes` can make one that knows more. */
export type KindOf = (path: string) => FileKind;

/** Characters of a path that are looked at. */
const PATH_READ = 400;

/** First match wins. Matched against the lower-cased path with a slash in front. */
const KIND_RULES: readonly (readonly [FileKind, RegExp])[] = [
  [
    'lock',
    /\/(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|composer\.lock|gemfile\.lock|go\.sum|go\.work\.sum|pubspec\.lock|packages\.lock\.json|gradle\.lockfile|mix\.lock|flake\.lock|podfile\.lock|cartfile\.resolved|package\.resolved|conan\.lock)$/,
  ],
  [
    'snapshot',
    /(\/__snapshots__\/|\.snap$|\.snap\.new$|\.approved\.[a-z0-9]+$|\.verified\.[a-z0-9]+$|\/goldens?\/|\/golden_files\/|\.golden$|\/__image_snapshots__\/)/,
  ],
  [
    'vendored',
    /(\/node_modules\/|\/vendor\/|\/vendors\/|\/third[-_]?party\/|\/3rdparty\/|\/external\/|\/bower_components\/|\/pods\/|\/\.yarn\/)/,
  ],
  [
    'generated',
    /(\.min\.(js|css)$|\.map$|\.pb\.(go|cc|h)$|\.pb\.gw\.go$|_pb2(_grpc)?\.pyi?$|\.g\.dart$|\.freezed\.dart$|\.gr\.dart$|\.designer\.cs$|\.g\.cs$|\.generated\.[a-z]+$|[._]gen\.(go|ts|rs)$|\/generated\/|\/__generated__\/|\/zz_generated|\/dist\/|-bundle\.js$|\.bundle\.js$|mock_[a-z0-9_]+\.go$|_mock\.go$|\/mocks\/)/,
  ],
  [
    'ci',
    /(\/\.github\/(workflows|actions)\/|\/\.github\/[^/]+\.ya?ml$|\/\.gitlab-ci|\/\.circleci\/|\/\.travis\.yml$|\/appveyor\.yml$|\/azure-pipelines|\/jenkinsfile|\/\.buildkite\/|\/\.drone\.yml$|\/bitbucket-pipelines\.yml$|\/codecov\.ya?ml$|\/\.codecov\.ya?ml$|\/renovate\.json5?$|\/\.renovaterc|\/\.mergify|\/ci\/)/,
  ],
  [
    'test',
    /(\/tests?\/|\/__tests__\/|\/spec\/|\/specs\/|\/e2e\/|\/testdata\/|\/fixtures?\/|\/__fixtures__\/|\/testing\/|\/unittests?\/|\/playground\/|[._-](test|tests|spec|e2e)\.[a-z0-9.]+$|\/test_[^/]+$|_test\.[a-z]+$|tests?\.(java|kt|cs|swift|php|groovy)$|\/conftest\.py$|\/[a-z0-9.]*tests\/|\/([a-z0-9]+\.)*(unit|integration|functional|regression|acceptance|smoke|system|ui|api)test\/|\.test\/)/,
  ],
  [
    'docs',
    /(\.(md|mdx|rst|adoc|markdown|txt)$|\/docs?\/|\/documentation\/|\/website\/|\/site\/|\/readme[^/]*$|\/changelog[^/]*$|\/license[^/]*$|\/contributing[^/]*$|\/authors$|\/maintainers$|\/codeowners$|\/\.all-contributorsrc$|\/examples?\/|\/tutorials?\/)/,
  ],
  [
    'build',
    /(\/package\.json$|\/cargo\.toml$|\/pyproject\.toml$|\/setup\.(py|cfg)$|\/requirements[^/]*$|\/go\.(mod|work)$|\/pom\.xml$|\.gradle(\.kts)?$|\/gradle\.properties$|\/gradle\/|\/cmakelists\.txt$|\.cmake$|\/makefile$|\/makefile\.[a-z]+$|\.mk$|\/dockerfile[^/]*$|\/docker-compose[^/]*$|\/compose\.ya?ml$|\.csproj$|\.props$|\.targets$|\.sln$|\/pubspec\.yaml$|\/build\.rs$|\/build\.zig$|\/build\.sh$|\/meson\.build$|\/(rollup|vite|webpack|tsup|esbuild|babel|gulpfile|rolldown)[^/]*\.(js|ts|mjs|cjs|mts)$|\/tsconfig[^/]*\.json$|\/\.npmrc$|\/pnpm-workspace\.yaml$|\/lerna\.json$|\/nx\.json$|\/turbo\.json$|\/flake\.nix$|\/conanfile|\/vcpkg\.json$|\/\.goreleaser|\/justfile$|\/bazel|\/build$|\.bazel$|\.bzl$|\/composer\.json$|\/gemfile$|\.gemspec$)/,
  ],
  [
    'config',
    /(\/\.[^/]+$|\/\.(vscode|idea|husky|devcontainer|changeset|config)\/|\.(json|json5|ya?ml|toml|ini|cfg|conf|properties|env|lock)$)/,
  ],
  ['asset', /\.(png|jpe?g|gif|svg|ico|webp|ttf|woff2?|otf|mp4|webm|pdf|zip|gz|wasm|bin|so|dll)$/],
  ['style', /\.(css|scss|sass|less|styl|pcss)$/],
];

/** Left out of the text and of sizes: nobody wrote these lines by hand. */
const SET_ASIDE: ReadonlySet<FileKind> = new Set(['lock', 'snapshot', 'vendored', 'generated']);

/** Whether files of this kind are generated, copied or recorded rather than written. */
export function isSetAside(kind: FileKind): boolean {
  return SET_ASIDE.has(kind);
}

/**
 * The kind of a path, `/` between its parts; takes any text.
 *
 * @param denied kinds that it is known not to be of: the next that fits is its kind
 */
export function fileKind(path: string, denied: readonly FileKind[] = []): FileKind {
  const read = firstCodePoints(path, PATH_READ);
  const lowered = `/${read.replace(/[A-Z]+/g, (upper) => upper.toLowerCase())}`;
  return (
    KIND_RULES.find(([kind, pattern]) => !denied.includes(kind) && pattern.test(lowered))?.[0] ??
    'source'
  );
}
