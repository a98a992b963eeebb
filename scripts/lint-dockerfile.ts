import { SECRET_NAME, unpinned } from './lint-image.js';
import { type Instruction, readDockerfile, type Stage, stagesOf } from './read-dockerfile.js';

const KEYWORDS = new Set(
  'ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/** What the build context holds: whether a path is in it, after `.dockerignore`. */
export type InContext = (path: string) => boolean;

/** What is wrong with a Dockerfile, each with its line. */
export function lintDockerfile(text: string, inContext: InContext): string[] {
  const instructions = readDockerfile(text);
  const stages = stagesOf(instructions);
  const last = stages.at(-1);
  if (last === undefined) return ['there is no FROM'];
  return [
    ...instructions.flatMap(lintInstruction),
    ...lintStages(stages),
    ...stages.flatMap((stage, index) => lintCopies(stage, stages.slice(0, index), inContext)),
    ...lintLastStage(last),
  ];
}

function lintInstruction({ line, keyword, text }: Instruction): string[] {
  if (keyword === 'ADD') return [`line ${line}: ADD fetches and unpacks unasked; use COPY`];
  if (!KEYWORDS.has(keyword)) return [`line ${line}: ${keyword} is not an instruction`];
  if (text === '') return [`line ${line}: ${keyword} says nothing`];
  if (keyword === 'ENV' || keyword === 'ARG') {
    const names = [...text.matchAll(/(?:^|\s)([A-Za-z_][A-Za-z0-9_]*)(?==|\s|$)/g)];
    return names
      .filter(([, name = '']) => SECRET_NAME.test(name))
      .map(([, name]) => `line ${line}: ${keyword} ${name} would stay readable in the image`);
  }
  if (keyword === 'RUN') {
    return [
      ...(/\bnpm (i|install)\b/.test(text)
        ? ['npm install ignores the lock file; use npm ci']
        : []),
      ...(/\bnpm ci\b(?!.*--ignore-scripts)/.test(text) ? ['npm ci without --ignore-scripts'] : []),
      ...(/\b(curl|wget)\b.*\|/.test(text) ? ['a download is run without being looked at'] : []),
      ...(/\bsudo\b/.test(text) ? ['sudo'] : []),
    ].map((problem) => `line ${line}: ${problem}`);
  }
  return [];
}

function lintStages(stages: readonly Stage[]): string[] {
  const problems = stages.flatMap(({ from, line }, index) => {
    const earlier = stages.slice(0, index).some(({ name }) => name === from.toLowerCase());
    const problem = earlier ? null : unpinned(from);
    return problem === null ? [] : [`line ${line}: ${problem}`];
  });
  if (stages.length < 2) problems.push('one stage only: the compiler would be in the image');
  return problems;
}

function lintCopies(stage: Stage, earlier: readonly Stage[], inContext: InContext): string[] {
  return stage.instructions.flatMap(({ line, keyword, text }) => {
    if (keyword !== 'COPY') return [];
    const words = text.split(/\s+/);
    const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
    if (from !== undefined) {
      const known = earlier.some(({ name }) => name === from.toLowerCase());
      return known ? [] : [`line ${line}: there is no earlier stage called ${from}`];
    }
    const sources = words.filter((word) => !word.startsWith('--')).slice(0, -1);
    return sources
      .filter((source) => !inContext(source))
      .map((source) => `line ${line}: ${source} is not there, or .dockerignore keeps it out`);
  });
}

function lintLastStage({ instructions, line }: Stage): string[] {
  const problems: string[] = [];
  const all = (keyword: string) => instructions.filter((one) => one.keyword === keyword);
  const user = all('USER').at(-1);
  if (user === undefined) problems.push(`the stage of line ${line} runs as root: no USER`);
  else if (/^(root|0)\b/.test(user.text)) problems.push(`line ${user.line}: USER is root`);
  const [command, ...more] = all('CMD');
  if (command === undefined) problems.push(`the stage of line ${line} has no CMD`);
  else if (!isExecForm(command.text)) {
    problems.push(`line ${command.line}: CMD is not a JSON array, so a shell gets the signals`);
  }
  for (const { line: at } of more) problems.push(`line ${at}: a second CMD`);
  const health = all('HEALTHCHECK').at(-1);
  if (health === undefined) problems.push(`the stage of line ${line} has no HEALTHCHECK`);
  else if (!isExecForm(/\bCMD\s+(.*)$/s.exec(health.text)?.[1] ?? '')) {
    problems.push(`line ${health.line}: HEALTHCHECK has no CMD as a JSON array`);
  }
  return problems;
}

function isExecForm(text: string): boolean {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.length > 0 && words.every((w) => typeof w === 'string');
  } catch {
    return false;
  }
}
