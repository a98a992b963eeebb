import { Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { Queue } from '../queue/queue.js';
import { Decisions } from '../store/decisions.js';
import type { Database } from '../store/schema.js';
import { type DashboardAccess, guardAccess } from './access.js';
import { cursorText, parseFilter } from './decision-filter.js';
import { COUNTED_DAYS, decisionsPage } from './decisions-page.js';
import { labelsPage } from './labels-page.js';
import { messagePage } from './message-page.js';
import { readConfigProblems } from './read-config-problems.js';
import { readDecisions, readRepositories } from './read-decisions.js';
import { readLabels, readSwitches } from './read-labels.js';
import { securityHeaders } from './security-headers.js';

export interface DashboardOptions {
  /** Only read from. */
  readonly database: Kysely<Database>;
  readonly queue: Pick<Queue, 'counts'>;
  readonly access: DashboardAccess;
  /** Origin of GitHub's pages: `https://github.com`, or the demo's loopback one. */
  readonly githubWebUrl: string;
  /** Told why a page could not be shown. */
  readonly onError?: (error: Error) => void;
  /** Milliseconds since the epoch; for tests. */
  readonly now?: () => number;
}

const UNAVAILABLE = 'What it shows could not be read. /readyz and the log say more.';

/**
 * The dashboard: `GET /decisions`, `GET /labels` and the same as JSON, and `GET /` that leads there, to
 * be mounted at the root.
 *
 * @throws {RangeError} for an empty password
 * @example
 * app.route('/', createDashboard({ database, queue, access: { kind: 'off' }, githubWebUrl }));
 */
export function createDashboard(options: DashboardOptions): Hono {
  const { database, queue, githubWebUrl, now = Date.now } = options;
  const app = new Hono();
  for (const route of ['/decisions', '/decisions.json', '/labels', '/labels.json']) {
    app.use(route, securityHeaders(), guardAccess(options.access));
  }
  app.onError((error, context) => {
    options.onError?.(error);
    return context.req.path.endsWith('.json')
      ? context.json({ error: UNAVAILABLE }, 503)
      : context.html(messagePage({ title: 'Not now', text: [UNAVAILABLE] }), 503);
  });

  // Not for good: before the App is connected, the set-up answers here.
  app.get('/', securityHeaders(), (context) => context.redirect('/decisions', 302));

  app.get('/decisions', async (context) => {
    const filter = parseFilter(context.req.query());
    if ('error' in filter) {
      const link = { href: '/decisions', text: 'Show all decisions' };
      return context.html(messagePage({ title: 'Not a filter', text: [filter.error], link }), 400);
    }
    const { repository } = filter;
    const since = now() - COUNTED_DAYS * 86_400_000;
    const [page, repositories, outcomes, problems, switches, counts] = await Promise.all([
      readDecisions(database, filter),
      readRepositories(database),
      new Decisions(database).countsByOutcome({ repository, since }),
      readConfigProblems(database, repository),
      readSwitches(database, repository),
      queue.counts(),
    ]);
    return context.html(
      decisionsPage({
        filter,
        page,
        repositories,
        outcomes,
        problems,
        switches,
        queue: counts,
        githubWebUrl,
        now: now(),
      }),
    );
  });

  app.get('/labels', async (context) => {
    const asked = context.req.query('repository') || undefined;
    const labels = await readLabels(database, asked, now());
    return context.html(labelsPage(labels, { now: now(), asked }));
  });

  app.get('/labels.json', async (context) => {
    const asked = context.req.query('repository') || undefined;
    return context.json(await readLabels(database, asked, now()));
  });

  app.get('/decisions.json', async (context) => {
    const filter = parseFilter(context.req.query());
    if ('error' in filter) return context.json({ error: filter.error }, 400);
    const { decisions, older } = await readDecisions(database, filter);
    return context.json({ decisions, older: older && cursorText(older) });
  });
  return app;
}
