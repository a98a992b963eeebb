import { z } from 'zod';

const conversionSchema = z.object({
  id: z.number().int().positive(),
  slug: z.string().min(1),
  html_url: z.url({ protocol: /^https?$/ }),
  webhook_secret: z.string().min(1),
  pem: z.string().startsWith('-----BEGIN'),
});

/** The App GitHub made, with its secrets. */
export type ConvertedApp = z.output<typeof conversionSchema>;

/** The exchange failed; the message holds no secret and can be shown. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
}

const TIMEOUT_MS = 20_000;

/**
 * Exchanges the code of GitHub's manifest flow for the App's credentials.
 *
 * @param code good once, for an hour
 * @throws {ConversionError} with what happened and what to do
 */
export async function convertManifest(
  code: string,
  { githubApiUrl, fetch }: { githubApiUrl: string; fetch: typeof globalThis.fetch },
): Promise<ConvertedApp> {
  const url = `${githubApiUrl.replace(/\/+$/, '')}/app-manifests/${encodeURIComponent(code)}/conversions`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/vnd.github+json', 'user-agent': 'sentinel-setup' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    const host = new URL(url).host;
    throw new ConversionError(
      `${host} could not be reached. Check this machine's connection and proxy, then start again.`,
      { cause },
    );
  });
  if (response.status === 404 || response.status === 422) {
    throw new ConversionError(
      'GitHub does not know this code: it is good once and for an hour. Start again.',
    );
  }
  if (!response.ok) {
    throw new ConversionError(`GitHub answered with status ${response.status}. Try again later.`);
  }
  const parsed = conversionSchema.safeParse(await response.json().catch(() => null));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'everything');
  throw new ConversionError(
    `GitHub's answer lacks ${fields.join(', ')}. Create the App by hand, as app.yml describes it.`,
  );
}
