import { describe, expect, it } from 'vitest';
import { queueLearning, queueLearningOnce } from '../../src/handlers/queue-learning.js';
import { routeDelivery } from '../../src/handlers/table.js';
import type { NewDelivery } from '../../src/queue/queue.js';

const TARGET = { installationId: 7, repository: 'Octo/Widgets' };

function aQueue() {
  const queued: NewDelivery[] = [];
  return {
    queued,
    enqueue: async (delivery: NewDelivery) => {
      queued.push(delivery);
      return 'queued' as const;
    },
  };
}

describe('learning, queued', () => {
  it('finds its handler again, and waits for no issue', async () => {
    const queue = aQueue();
    await queueLearning(queue, TARGET, 'because');
    const [delivery] = queue.queued;
    expect(delivery).toMatchObject({ event: 'sentinel.learn', key: 'octo/widgets@learning' });
    expect(routeDelivery('sentinel', JSON.parse(delivery?.payload ?? ''))).toEqual({
      event: 'sentinel.learn',
      key: 'octo/widgets@learning',
    });
  });

  it('has one id for one occasion, whatever the case, and else a new one each time', async () => {
    const queue = aQueue();
    await queueLearningOnce(queue, TARGET, 'new');
    await queueLearningOnce(queue, { ...TARGET, repository: 'octo/widgets' }, 'new');
    await queueLearning(queue, TARGET, 'because');
    await queueLearning(queue, TARGET, 'because');
    const ids = queue.queued.map(({ id }) => id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  it('is asked for by each repository that the App is installed on', () => {
    const payload = {
      action: 'created',
      installation: { id: 7 },
      repositories: [{ full_name: 'octo/a' }],
    };
    const key = 'installation@7';
    expect(routeDelivery('installation', payload)).toEqual({ event: 'installation.created', key });
    const added = { action: 'added', installation: { id: 7 } };
    expect(routeDelivery('installation_repositories', added)).toBeNull();
    expect(
      routeDelivery('installation_repositories', {
        ...added,
        repositories_added: [{ full_name: 'octo/b' }],
      }),
    ).toEqual({ event: 'installation_repositories.added', key });
  });

  it.each(['octo', 'a/b/c', '', 'a b/c'])('refuses the repository "%s"', (full_name) => {
    const payload = { action: 'learn', installation: { id: 7 }, repository: { full_name } };
    expect(routeDelivery('sentinel', payload)).toBeNull();
  });
});
