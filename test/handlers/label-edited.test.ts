import { beforeEach, describe, expect, it } from 'vitest';
import type { HandlerContext } from '../../src/handlers/event-handler.js';
import { createHeadReader } from '../../src/handlers/read-head.js';
import { handleDelivery, routeDelivery } from '../../src/handlers/table.js';
import type { NewDelivery } from '../../src/queue/queue.js';
import type { Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { aHead } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const NAME = 'octo/widgets';
const FROM = 'area: printing';
const TO = 'printing';
let store: Store;
let context: HandlerContext;
let forgotten: string[];
let queued: NewDelivery[];

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  const heads = createHeadReader(store);
  forgotten = [];
  queued = [];
  const repositories = { forgetLabels: (name: string) => forgotten.push(name) };
  const queue = { enqueue: async (delivery: NewDelivery) => queued.push(delivery) };
  const logger = createLogger('silent');
  context = { store, heads, repositories, queue, logger } as unknown as HandlerContext;
  const head = await aHead();
  const row = {
    repository: NAME,
    data_hash: head.dataHash,
    in_use: 1,
    because: 'It is the first.',
  };
  await store.heads.add({ ...row, learned_at: Date.now(), head: JSON.stringify(head) });
});

const renamed = (changes: object = { name: { from: FROM } }) => ({
  action: 'edited',
  installation: { id: 7 },
  repository: { full_name: NAME },
  label: { name: TO },
  changes,
});

const handle = (delivery: NewDelivery) =>
  handleDelivery({ ...delivery, attempt: 1, receivedAt: new Date() }, context);

/** The webhook, and what it queues. */
async function arrives(payload: object): Promise<void> {
  await handle({ id: 'd', key: 'k', event: 'label.edited', payload: JSON.stringify(payload) });
  for (const own of queued.splice(0)) await handle(own);
}

async function known(): Promise<string[]> {
  const usable = await context.heads.read(NAME);
  return usable?.head.labels.map(({ name }) => name) ?? [];
}

describe('a label that got another name', () => {
  it('is read anew at once, and known under it once the learning under way is done', async () => {
    const payload = JSON.stringify(renamed());
    const route = routeDelivery('label', renamed());
    expect(route).toEqual({ event: 'label.edited', key: `${NAME}@repository` });
    await handle({ id: 'd', key: 'k', event: 'label.edited', payload });
    expect(forgotten).toEqual([NAME]);
    const [own] = queued;
    expect(queued).toHaveLength(1);
    const key = `${NAME}@learning`;
    expect(own).toMatchObject({ id: 'rename-d', event: 'sentinel.rename', key });
    expect(routeDelivery('sentinel', JSON.parse(own?.payload ?? ''))?.key).toBe(key);
  });

  it('concerns nothing when its colour changed', () => {
    expect(routeDelivery('label', renamed({ color: { from: 'ff0000' } }))).toBeNull();
  });

  it('is known under it to the model in use, however often it is told', async () => {
    const before = await known();
    expect(before).toContain(FROM);
    for (let times = 0; times < 2; times += 1) await arrives(renamed());
    expect(await known()).toEqual(before.map((name) => (name === FROM ? TO : name)));
  });

  it('takes the place of one that was deleted before, which is never proposed again', async () => {
    const other = (await known()).find((name) => name !== FROM) ?? '';
    await arrives({ ...renamed(), label: { name: other } });
    const usable = await context.heads.read(NAME);
    const named = usable?.head.labels.filter(({ name }) => name === other) ?? [];
    expect(named).toHaveLength(1);
    const gone = usable?.head.labels.find(({ name }) => name !== other);
    expect(gone).toMatchObject({ threshold: null, offBecause: 'the label was deleted' });
  });
});
