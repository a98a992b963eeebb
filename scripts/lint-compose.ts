import { parseDocument } from 'yaml';
import { z } from 'zod';
import { SECRET_NAME, unpinned } from './lint-image.js';

const serviceSchema = z.looseObject({
  image: z.string().optional(),
  build: z.unknown().optional(),
  privileged: z.boolean().default(false),
  network_mode: z.string().optional(),
  environment: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z
    .looseObject({ test: z.array(z.string()).min(2), disable: z.literal(false).optional() })
    .optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
});

const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()).default({}),
});

type Compose = z.output<typeof composeSchema>;
type Service = Compose['services'][string];

/** What is wrong with a compose file. */
export function lintCompose(text: string): string[] {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) return document.errors.map(({ message }) => message);
  const parsed = composeSchema.safeParse(document.toJS());
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  return Object.entries(parsed.data.services).flatMap(([name, service]) =>
    lintService(service, parsed.data).map((problem) => `service ${name}: ${problem}`),
  );
}

function lintService(service: Service, { services, volumes }: Compose): string[] {
  const { image, build, environment, depends_on: needs, ports } = service;
  const problems: string[] = [];
  if ((image === undefined) === (build === undefined)) problems.push('needs an image or a build');
  const tag = image === undefined ? null : unpinned(image);
  if (tag !== null) problems.push(tag);
  if (service.privileged) problems.push('is privileged');
  if (service.network_mode === 'host') problems.push("shares the host's network");
  if (/^postgres(:|@|$)/.test(image ?? '') && service.healthcheck === undefined) {
    problems.push('is a database without a healthcheck');
  }
  for (const [name, value] of Object.entries(environment)) {
    const required = /^\$\{[A-Z_]+:\?[^}]*\}$/.test(String(value));
    if (SECRET_NAME.test(name) && !required) {
      problems.push(`${name} must be required from outside: \${NAME:?…}`);
    }
    if (/:\/\/[^:/@\s]+:(?!\$\{[A-Z_]+:\?[^}]*\}@)[^@\s]*@/.test(String(value))) {
      problems.push(`${name} holds a password`);
    }
  }
  for (const [name, { condition }] of Object.entries(needs)) {
    const needed = services[name];
    if (needed === undefined) problems.push(`depends on ${name}, which is not there`);
    else if (condition !== 'service_healthy')
      problems.push(`does not wait until ${name} is healthy`);
    else if (needed.healthcheck === undefined)
      problems.push(`waits for ${name}, which has no healthcheck`);
  }
  for (const port of ports.filter((one) => !one.startsWith('127.0.0.1:'))) {
    problems.push(`port ${port} is open to the network; bind it to 127.0.0.1`);
  }
  for (const volume of service.volumes.map((one) => one.split(':')[0] ?? '')) {
    const named = /^[a-z0-9_-]+$/i.test(volume);
    if (named && !(volume in volumes)) problems.push(`volume ${volume} is not declared`);
  }
  return problems;
}
