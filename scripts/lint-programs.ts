import { readDockerfile, stagesOf } from './read-dockerfile.js';

/**
 * Whether the last stage puts the package's programs on the PATH, so that
 * `docker compose exec sentinel sentinel doctor` works.
 *
 * @param programs `bin` of package.json
 */
export function lintPrograms(text: string, programs: Readonly<Record<string, string>>): string[] {
  const last = stagesOf(readDockerfile(text)).at(-1);
  const runs = (last?.instructions ?? [])
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap((run) => run.text.split(/\s*&&\s*/));
  return Object.entries(programs).flatMap(([name, file]) => [
    // tsc writes files without the mode to be run.
    ...(runs.includes(`chmod +x /app/${file}`) ? [] : [`/app/${file} can't be run: no chmod +x`]),
    ...(runs.includes(`ln -s /app/${file} /usr/local/bin/${name}`)
      ? []
      : [`${name} is not on the PATH: no link to /app/${file} in /usr/local/bin`]),
  ]);
}
