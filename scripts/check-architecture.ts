import path from 'node:path';
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { type CheckResult, isStarted, REPOSITORY, runCheck } from './run-check.js';

/**
 * Fewer source files than this and the check has not seen the program. dependency-cruiser finds no
 * modules at all, and no violations, when the TypeScript compiler is one it does not know.
 */
const FEWEST_MODULES = 50;
const SOURCE = 'src';

/**
 * Holds the imports under `src/` to the rules of `.dependency-cruiser.mjs`.
 *
 * @param root folder with `src`, `package.json` and the rules
 */
export async function checkArchitecture(root: string): Promise<CheckResult> {
  const options = await extractDepcruiseOptions(path.join(root, '.dependency-cruiser.mjs'));
  const { output } = await cruise([SOURCE], { ...options, baseDir: root, outputType: 'json' });
  const { modules, summary } = resultOf(output);
  const seen = modules.filter(({ source }) => source.startsWith(`${SOURCE}/`)).length;
  const why = new Map(options.ruleSet?.forbidden?.map(({ name, comment }) => [name, comment]));
  const problems = summary.violations.map(
    (violation) => `${describe(violation)}: ${why.get(violation.rule.name) ?? ''}`,
  );
  if (seen < FEWEST_MODULES) {
    problems.unshift(
      `only ${seen} modules were seen under ${SOURCE}/, at least ${FEWEST_MODULES} are expected; is the TypeScript version one that dependency-cruiser reads?`,
    );
  }
  return { problems, checked: `${seen} modules, ${summary.totalDependenciesCruised} imports` };
}

function resultOf(output: string | ICruiseResult): ICruiseResult {
  return typeof output === 'string' ? (JSON.parse(output) as ICruiseResult) : output;
}

function describe({ from, to, rule, cycle }: IViolation): string {
  const way = cycle?.map(({ name }) => name).join(' → ') ?? to;
  return `${from} → ${way} (${rule.name})`;
}

if (isStarted(import.meta.url)) {
  await runCheck('architecture', () => checkArchitecture(REPOSITORY));
}
