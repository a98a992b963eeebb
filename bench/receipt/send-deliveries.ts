/**
 * The sender, a process of its own so that nothing else of the benchmark delays it. An open loop:
 * sends on time whether or not earlier answers are in. Prints the answers as JSON.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { z } from 'zod';
import { writeIssue } from './write-issue.js';

const settings = z
  .object({
    url: z.string(),
    secret: z.string(),
    rate: z.number(),
    seconds: z.number(),
    issues: z.number(),
    owners: z.array(z.string()),
    firstInstallation: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

/** What became of one delivery; status 0 when there was no answer at all. */
export interface Answer {
  readonly id: string;
  readonly status: number;
  /** From sending to the end of the answer. */
  readonly ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function bodyOf(i: number): string {
  const { owners, issues, firstInstallation } = settings;
  const owner = i % owners.length;
  const number = (Math.floor(i / owners.length) % issues) + 1;
  return JSON.stringify({
    action: 'opened',
    installation: { id: firstInstallation + owner },
    repository: { full_name: `${owners[owner]}/receipt` },
    issue: { number, ...writeIssue(i) },
    sender: { login: 'reporter', type: 'User' },
  });
}

function send(body: string): Promise<Answer> {
  const id = randomUUID();
  const signature = createHmac('sha256', settings.secret).update(body).digest('hex');
  const start = performance.now();
  return new Promise((resolve) => {
    const done = (status: number) => resolve({ id, status, ms: performance.now() - start });
    const outgoing = request(
      settings.url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-github-event': 'issues',
          'x-github-delivery': id,
          'x-hub-signature-256': `sha256=${signature}`,
        },
      },
      (response) => {
        response.resume().on('end', () => done(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', () => done(0));
    outgoing.end(body);
  });
}

const start = performance.now();
const sent: Promise<Answer>[] = [];
for (let i = 0; i < settings.rate * settings.seconds; i++) {
  const due = start + (i * 1000) / settings.rate;
  const wait = due - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  sent.push(send(bodyOf(i)));
}
console.log(JSON.stringify(await Promise.all(sent)));
agent.destroy();
