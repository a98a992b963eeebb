import { beforeEach, expect, it } from 'vitest';
import { RefusedError } from '../../src/github/github-error.js';
import type { HandlerContext } from '../../src/handlers/event-handler.js';
import { forgetFormerOwner } from '../../src/handlers/forget-former-owner.js';
import { createHeadReader } from '../../src/handlers/read-head.js';
import type { Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { useTestStore } from '../support/a-store.js';

let store: Store;
/** What GitHub was asked for. */
let asked: string[];

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  asked = [];
  for (const repository of ['new/widgets', 'new/gadgets', 'old/widgets', 'other/widgets']) {
    const done = { position: '{}', finished_at: 1, learned_at: 1, result: '' };
    await store.histories.save({ repository, installation_id: 7, ...done });
  }
});

/** Learning of `new/widgets` is done, and GitHub answers so for other names. */
function learned(answers: Readonly<Record<string, string | Error>>): Promise<void> {
  const context: Partial<HandlerContext> = {
    github: {
      installationOf: async (name: string) => {
        asked.push(name);
        const answer = answers[name];
        if (answer === undefined || answer instanceof Error) throw answer;
        return { installation: {}, repository: answer };
      },
    } as unknown as HandlerContext['github'],
    queue: { enqueue: async () => 'queued' },
    repositories: { forgetLabels() {} } as unknown as HandlerContext['repositories'],
    heads: createHeadReader(store),
    logger: createLogger('silent'),
    store,
  };
  const target = { installationId: 7, repository: 'new/widgets' };
  return forgetFormerOwner(target, context as HandlerContext);
}
const known = async () => (await store.histories.list()).map(({ repository }) => repository);

it('what is known under the former name of an account is forgotten', async () => {
  await learned({
    // GitHub leads from the former name to the new one.
    'old/widgets': 'new/widgets',
    'other/widgets': new RefusedError('gone', 'Not Found'),
  });
  expect(await known()).toEqual(['new/gadgets', 'new/widgets']);
  expect(asked).toEqual(['old/widgets', 'other/widgets']);
});

it('what goes by its name still stays, and so does what GitHub does not answer for', async () => {
  const failure = new Error('502');
  const answers = { 'old/widgets': failure, 'other/widgets': 'other/widgets' };
  await expect(learned(answers)).rejects.toThrow(failure);
  await learned({ ...answers, 'old/widgets': 'old/widgets' });
  expect(await known()).toHaveLength(4);
});
