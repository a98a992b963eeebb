import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BodyReader, type Unread } from '../../src/webhook/body-reader.js';

const MB = 1024 * 1024;

/** A request whose body comes in pieces of these many bytes, and then ends or stays open. */
function requestOf(pieces: readonly number[], ends = true): Request {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    // Side by side, pieces come in the same turn: what is given up may have one more on its way.
    async pull(controller) {
      const bytes = pieces[next++];
      if (bytes !== undefined) controller.enqueue(new Uint8Array(bytes).fill(120));
      else if (ends) controller.close();
      else await new Promise(() => undefined);
    },
  });
  return new Request('http://localhost/', { method: 'POST', body, duplex: 'half' });
}

const statusOf = (read: Promise<string | Unread>) =>
  read.then((body) => (typeof body === 'string' ? body.length : -body.status));

it('gives up the largest, and lets others in while it holds on', async () => {
  const bodies = new BodyReader(8 * MB, 10 * MB);
  const large = statusOf(bodies.read(requestOf([4 * MB, 3 * MB], false)));
  const small = statusOf(bodies.read(requestOf([1000], false)));
  expect(await statusOf(bodies.read(requestOf([2 * MB, 2 * MB])))).toBe(4 * MB);
  expect(await large).toBe(-503);
  expect(await Promise.race([small, 'still read'])).toBe('still read');
});

it('tells a body that breaks off from one that is too large', async () => {
  const bodies = new BodyReader(MB, MB);
  const broken = new ReadableStream({
    start: (controller) => controller.error(new Error('aborted')),
  });
  const request = new Request('http://localhost/', {
    method: 'POST',
    body: broken,
    duplex: 'half',
  });
  expect(await statusOf(bodies.read(request))).toBe(-400);
  expect(await statusOf(bodies.read(requestOf([MB, 1])))).toBe(-413);
  expect(await statusOf(bodies.read(new Request('http://localhost/', { method: 'POST' })))).toBe(0);
});

it('gives each body back whole or says that it did not, and keeps nothing of any', async () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 12 }), async (all) => {
      const bodies = new BodyReader(200, 300);
      const statuses = await Promise.all(all.map((one) => statusOf(bodies.read(requestOf(one)))));
      for (const [index, status] of statuses.entries()) {
        const whole = (all[index] ?? []).reduce((sum, bytes) => sum + bytes, 0);
        if (whole > 200) expect([-413, -503]).toContain(status);
        else expect([whole, -503]).toContain(status);
      }
      // Both have room only where nothing else is held.
      const after = [requestOf([150]), requestOf([150])].map((one) => statusOf(bodies.read(one)));
      expect(await Promise.all(after)).toEqual([150, 150]);
    }),
    { numRuns: 100 },
  );
});
