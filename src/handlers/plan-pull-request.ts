import { setImmediate as nextTurn } from 'node:timers/promises';
import { branchBudget } from '../config/match-branch.js';
import { matchLabelRules, passedOver } from '../config/match-label-rules.js';
import type { RepositoryConfig } from '../config/repository-config.js';
import { takingTurns } from '../config/taking-turns.js';
import type { Installation } from '../github/connect.js';
import { labelsNow, readLabelHistory } from '../github/read-issue.js';
import { readChangedFiles } from '../github/read-pull-request.js';
import type { Encoding } from '../models/encoder.js';
import { CHANGE_ENCODER } from '../models/model-kind.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import { assessChange } from '../triage/assess-change.js';
import { type Attribution, attributeChange } from '../triage/attribute-change.js';
import { changeInput } from '../triage/change-input.js';
import type { ChangePlan } from '../triage/change-plan.js';
import { CHANGE_TYPES, type ChangedFile } from '../triage/changed-file.js';
import { decidePullRequest } from '../triage/decide-pull-request.js';
import { type FileKind, isSetAside, type KindOf } from '../triage/file-kind.js';
import type { PullRequest } from '../triage/pull-request.js';
import { scoreChange, type TypeScores } from '../triage/score-change.js';
import { askHead } from './ask-head.js';
import { headFor } from './head-for.js';
import { markUnrecorded } from './mark-unrecorded.js';
import type { PullRequestContext } from './pull-request-context.js';
import { recordTakenOff } from './record-taken-off.js';

/**
 * Reads a pull request's change and all else a decision about it needs, and decides. Labels are read
 * last: the later, the truer.
 */
export async function planPullRequest(
  pull: PullRequest,
  config: RepositoryConfig,
  installation: Installation,
  context: PullRequestContext,
  delivery: Pick<ClaimedDelivery, 'id' | 'receivedAt'>,
): Promise<ChangePlan> {
  const { repository, number, title, body } = pull;
  const own = config.pull_requests;
  const habits = await context.changeHabits(installation, pull, own);
  const kindOf = remembering(habits.kindOf);
  const files = await readChangedFiles(
    installation,
    repository,
    number,
    (path) => !isSetAside(kindOf(path)),
  );
  // Of those without a patch nothing was asked yet; thousands at once would hold others up.
  const turn = takingTurns();
  for (const { path } of files) {
    kindOf(path);
    if (turn.due()) await turn.give();
  }
  const encoder = await context.encoder.beside(CHANGE_ENCODER);
  const { manifest } = encoder;
  const read = async (asked: readonly ChangedFile[]): Promise<Encoding> => {
    // Of thousands of files each step takes milliseconds; deliveries are received in between.
    await nextTurn();
    const { text, features } = changeInput({ title, files: asked }, kindOf);
    const encoding = await encoder.classify(text, features);
    context.metrics.inference.observe(encoding.ms / 1000);
    return encoding;
  };
  const scoresOf = ({ logits }: Encoding) => scoreChange(logits, manifest.temperature);
  const encoding = await read(files);
  const scores = scoresOf(encoding);
  await nextTurn();
  const assessment = assessChange({
    title,
    body,
    files,
    kindOf,
    scores,
    thresholds: effectiveThresholds(config, manifest.thresholds),
    sizes: own.sizes.limits,
    conventional: habits.conventional,
    hasTests: habits.hasTests,
  });
  const paths = files.map(({ path }) => path);
  const ruleLabels: string[] = [];
  const budget = branchBudget();
  for (const rules of habits.rules) {
    ruleLabels.push(...(await matchLabelRules(rules, { ...pull, paths }, budget)));
  }
  const shownType = assessment.modelType ?? assessment.type;
  const attributions: Attribution[] =
    own.check_run && config.mode !== 'shadow' && shownType !== null
      ? await attributeChange(files, async (part) => scoresOf(await read(part))[shownType], {
          kindOf,
        })
      : [];
  const target = { installationId: installation.id, repository };
  const asking = { manifest, width: encoding.embedding.length };
  const head = await headFor(target, asking, 'pulls', config, context);
  const learned = head && askHead(head, { title, body: null, paths }, encoding);
  const history = await readLabelHistory(installation, repository, number);
  const place = { repository, issue: number };
  const labelHistory = await markUnrecorded(history, place, delivery, context.store);
  await recordTakenOff(labelHistory, place, delivery, head?.version ?? 0, context.store);
  return decidePullRequest({
    pull: { ...pull, labels: labelsNow(pull.labels, labelHistory, pull.changedAt) },
    paths,
    assessment: { ...assessment, reasons: [...assessment.reasons, ...habits.problems] },
    scores,
    model: `${manifest.name} ${manifest.version}`,
    config,
    ruleLabels,
    ruledLabels: habits.rules.flatMap(({ rules }) => Object.keys(rules)),
    passedOverLabels: habits.rules.flatMap((rules) => passedOver(rules, paths)),
    labelHistory,
    repositoryLabels: await context.repositories.labels(installation, repository),
    attributions,
    learned,
  });
}

/** The thresholds that hold for a repository: its own where set, else the model's. */
function effectiveThresholds(config: RepositoryConfig, model: TypeScores): TypeScores {
  const own = config.pull_requests.thresholds;
  return Object.fromEntries(
    CHANGE_TYPES.map((type) => [type, own[type] ?? model[type]]),
  ) as TypeScores;
}

/** Asks once a path: attributes and patterns are many, and kinds are asked for again and again. */
function remembering(kindOf: KindOf): KindOf {
  const known = new Map<string, FileKind>();
  return (path) => {
    const kind = known.get(path) ?? kindOf(path);
    known.set(path, kind);
    return kind;
  };
}
