import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeDelivery } from '../../src/handlers/table.js';

const ACTED_ON = [
  'installation.created',
  'installation.deleted',
  'installation_repositories.added',
  'installation_repositories.removed',
  'issues.deleted',
  'issues.edited',
  'issues.labeled',
  'issues.opened',
  'issues.reopened',
  'issues.transferred',
  'issues.unlabeled',
  'label.created',
  'label.deleted',
  'pull_request.edited',
  'pull_request.labeled',
  'pull_request.opened',
  'pull_request.ready_for_review',
  'pull_request.reopened',
  'pull_request.synchronize',
  'pull_request.unlabeled',
  'repository.deleted',
  'repository.renamed',
  'repository.transferred',
];

interface Example {
  readonly event: string;
  readonly action: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Definition {
  readonly name: string;
  readonly examples: readonly Example['payload'][];
}

const definitions: readonly Definition[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);
const EXAMPLES: readonly Example[] = definitions.flatMap(({ name, examples }) =>
  examples.map((payload) => {
    const action = typeof payload.action === 'string' ? payload.action : null;
    return { event: name, action, payload };
  }),
);

/** The examples are from repository webhooks too, which name no installation. */
const installed = (payload: Example['payload']) => ({ ...payload, installation: { id: 1 } });
const full = ({ event, action }: Example) => (action === null ? event : `${event}.${action}`);
const routes = (examples: readonly Example[]) =>
  examples.flatMap((example) => routeDelivery(example.event, installed(example.payload)) ?? []);

describe('routeDelivery over the example payloads of every webhook', () => {
  it('has examples of many events to go by', () => {
    expect(new Set(EXAMPLES.map(({ event }) => event)).size).toBeGreaterThan(50);
    expect(EXAMPLES.length).toBeGreaterThan(200);
  });

  it('never throws, with an installation or without', () => {
    for (const { event, payload } of EXAMPLES) {
      expect(() => routeDelivery(event, payload)).not.toThrow();
      expect(() => routeDelivery(event, installed(payload))).not.toThrow();
    }
  });

  it('routes what is acted on and nothing else', () => {
    const routed = EXAMPLES.filter(
      ({ event, payload }) => routeDelivery(event, installed(payload)) !== null,
    );
    expect([...new Set(routed.map(full))].filter((name) => !ACTED_ON.includes(name))).toEqual([]);
    expect(routed.map(full)).toEqual(expect.arrayContaining(['issues.opened', 'issues.edited']));
  });

  it('gives each the event it had and what it is about as its key, in lower case', () => {
    for (const { event, key } of routes(EXAMPLES)) {
      expect(ACTED_ON).toContain(event);
      expect(key).toMatch(/^[^/\sA-Z]+\/[^/\sA-Z]+(?:#\d+|@repository)$|^installation@\d+$/);
    }
  });

  it('ignores payloads of other events under the name of issues', () => {
    const others = EXAMPLES.filter(({ event }) => event !== 'issues');
    const renamed = others
      .filter(({ payload }) => typeof payload.issue !== 'object')
      .map((example) => ({ ...example, event: 'issues' }));
    expect(routes(renamed)).toEqual([]);
  });

  it.each(['repository', 'installation', 'installation_repositories'])(
    'ignores payloads of what happens in a repository under the name of %s',
    (event) => {
      const inside = EXAMPLES.filter(({ event: own }) =>
        /^(?:issues|label|pull_request)$/.test(own),
      );
      expect(inside.some(({ action }) => action === 'deleted')).toBe(true);
      expect(routes(inside.map((example) => ({ ...example, event })))).toEqual([]);
    },
  );

  it('ignores all of them when no installation is named', () => {
    for (const { event, payload } of EXAMPLES) {
      expect(routeDelivery(event, { ...payload, installation: undefined })).toBeNull();
    }
  });
});

describe('routeDelivery', () => {
  const opened = {
    action: 'opened',
    installation: { id: 7 },
    repository: { full_name: 'Octo/Widgets' },
    issue: { number: 12 },
    sender: { login: 'octocat', type: 'User' },
  };

  it('keys an issue by repository and number, whatever the case of its name', () => {
    expect(routeDelivery('issues', opened)).toEqual({
      event: 'issues.opened',
      key: 'octo/widgets#12',
    });
  });

  it('sends a transferred issue to where it arrived', () => {
    const changes = {
      new_issue: { number: 3 },
      new_repository: { full_name: 'octo/Gadgets' },
    };
    const moved = { ...opened, action: 'transferred' };
    expect(routeDelivery('issues', { ...moved, changes })).toEqual({
      event: 'issues.transferred',
      key: 'octo/gadgets#3',
    });
    expect(routeDelivery('issues', moved)).toBeNull();
    expect(routeDelivery('issues', { ...moved, changes: { new_issue: null } })).toBeNull();
  });

  it('ignores a pull request that comes as an issue', () => {
    const issue = { number: 12, pull_request: { url: 'https://example.com' } };
    expect(routeDelivery('issues', { ...opened, issue })).toBeNull();
  });

  it('ignores what a bot edited, so that two bots never answer each other', () => {
    const edited = { ...opened, action: 'edited' };
    expect(routeDelivery('issues', edited)?.event).toBe('issues.edited');
    const sender = { login: 'renovate[bot]', type: 'Bot' };
    expect(routeDelivery('issues', { ...edited, sender })).toBeNull();
  });

  it.each(['closed', 'milestoned', 'assigned', '', 'constructor', '__proto__'])(
    'ignores the action "%s"',
    (action) => {
      expect(routeDelivery('issues', { ...opened, action })).toBeNull();
    },
  );

  it.each([
    ['no repository', { repository: undefined }],
    ['a repository without an owner', { repository: { full_name: 'widgets' } }],
    ['a repository with two slashes', { repository: { full_name: 'a/b/c' } }],
    ['an issue number of 0', { issue: { number: 0 } }],
    ['an issue number that is text', { issue: { number: '1' } }],
    ['an installation id of 0', { installation: { id: 0 } }],
    ['no issue', { issue: null }],
  ])('ignores a payload with %s', (_, change) => {
    expect(routeDelivery('issues', { ...opened, ...change })).toBeNull();
  });

  it('never throws, whatever the event and the payload', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant('issues'), fc.string()),
        fc.jsonValue(),
        (event, payload) => {
          expect(routeDelivery(event, payload)).toBeNull();
        },
      ),
    );
    const partly = fc.record(
      {
        action: fc.constantFrom('opened', 'edited', 'reopened', 'transferred', 1, null),
        installation: fc.oneof(fc.constant({ id: 1 }), fc.jsonValue()),
        repository: fc.oneof(fc.constant({ full_name: 'a/b' }), fc.jsonValue()),
        issue: fc.oneof(fc.constant({ number: 1 }), fc.jsonValue()),
        sender: fc.oneof(fc.constant({ login: 'a' }), fc.jsonValue()),
        changes: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(partly, (payload) => {
        const route = routeDelivery('issues', payload);
        if (route !== null) expect(ACTED_ON).toContain(route.event);
      }),
      { numRuns: 500 },
    );
  });
});
