import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Database, HeadSubject, LabelFeedbackTable } from './schema.js';

export type LabelFeedbackRecord = LabelFeedbackTable;

/** What a person who may triage did with a label. */
export interface LabelTruth {
  readonly truth: 'added' | 'removed';
  readonly actor: string;
  readonly role: string;
  readonly at: number;
}

/** How often a label was put on an issue, and how often it was let be. */
export interface LabelCount {
  readonly put: number;
  readonly kept: number;
}

/** Decisions' labels and what people made of them. */
export class LabelFeedback {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Stores labels that a decision proposed; those known stay as they are. */
  async propose(rows: readonly LabelFeedbackRecord[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#db
      .insertInto('label_feedback')
      .values([...rows])
      .onConflict((conflict) => conflict.columns(['delivery_id', 'label']).doNothing())
      .execute();
  }

  /**
   * Records what a person did with a label after a decision: on all decisions of the issue that
   * proposed it, or beside the given one when none did.
   */
  async judge(
    decision: Pick<
      LabelFeedbackRecord,
      'delivery_id' | 'label' | 'repository' | 'issue' | 'head_version' | 'decided_at'
    >,
    truth: LabelTruth,
  ): Promise<void> {
    const judged = await this.#db
      .updateTable('label_feedback')
      .set(truth)
      .where('repository', '=', decision.repository)
      .where('issue', '=', decision.issue)
      .where('label', '=', decision.label)
      .executeTakeFirst();
    if (judged.numUpdatedRows > 0n) return;
    await this.propose([{ ...decision, proposed: 'not', ...truth }]);
  }

  async ofIssue(repository: string, issue: number): Promise<LabelFeedbackRecord[]> {
    return this.#db
      .selectFrom('label_feedback')
      .selectAll()
      .where('repository', '=', repository)
      .where('issue', '=', issue)
      .orderBy('decided_at')
      .orderBy('label')
      .execute();
  }

  /**
   * How labels fared that were put on: one issue counts once, and a label that nobody took off
   * counts as kept.
   *
   * @param since decisions from this time on, milliseconds since the epoch
   * @param only what this head's version decided, or what was decided about one subject; all when
   * left out
   */
  async counts(
    repository: string,
    since: number,
    only: { readonly headVersion?: number; readonly subject?: HeadSubject } = {},
  ): Promise<Map<string, LabelCount>> {
    let query = this.#db
      .selectFrom('label_feedback')
      .select(['label', 'issue', 'truth'])
      .where('repository', '=', repository)
      .where('proposed', '=', 'applied')
      .where('decided_at', '>=', since)
      .orderBy('decided_at');
    const { headVersion, subject } = only;
    if (headVersion !== undefined) query = query.where('head_version', '=', headVersion);
    if (subject === 'pulls') query = query.where(isOfPull);
    if (subject === 'issues') query = query.where((eb) => eb.not(isOfPull(eb)));
    const last = new Map<string, Map<number, boolean>>();
    for (const { label, issue, truth } of await query.execute()) {
      const issues = last.get(label) ?? new Map<number, boolean>();
      last.set(label, issues.set(issue, truth !== 'removed'));
    }
    return new Map(
      [...last].map(([label, issues]) => [
        label,
        { put: issues.size, kept: [...issues.values()].filter((kept) => kept).length },
      ]),
    );
  }

  /** Deletes what was decided before the given time (milliseconds since the epoch); how many. */
  async prune(decidedBefore: number): Promise<number> {
    const result = await this.#db
      .deleteFrom('label_feedback')
      .where('decided_at', '<', decidedBefore)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  }
}

/** Whether the decision was about a pull request: its event tells. */
function isOfPull(eb: ExpressionBuilder<Database, 'label_feedback'>) {
  return eb.exists(
    eb
      .selectFrom('decisions')
      .select('decisions.delivery_id')
      .whereRef('decisions.delivery_id', '=', 'label_feedback.delivery_id')
      .where('decisions.event', 'like', 'pull_request.%'),
  );
}
