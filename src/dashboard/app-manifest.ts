/**
 * What the App asks GitHub for. `app.yml` at the repository root says the same for readers;
 * `test/dashboard/app-manifest.test.ts` keeps the two alike.
 */
export const APP_PERMISSIONS = {
  checks: 'write',
  contents: 'read',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
} as const;

/** Without these only the part of a feature is missing that needs them. */
export const OPTIONAL_PERMISSIONS: readonly string[] = ['checks'];

/** Events of features that exist; GitHub sends `installation` to every App unasked. */
export const APP_EVENTS = ['issues', 'label', 'pull_request', 'repository'] as const;

const APP_DESCRIPTION = 'Labels issues and pull requests, and stays silent when it is not sure.';

/** GitHub's App manifest, as the setup page posts it. */
export interface AppManifest {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly public: boolean;
  readonly hook_attributes: { readonly url: string; readonly active: boolean };
  readonly redirect_url: string;
  readonly default_permissions: typeof APP_PERMISSIONS;
  readonly default_events: typeof APP_EVENTS;
}

/** The manifest of one installation of Sentinel. */
export function appManifest(app: {
  readonly name: string;
  /** Where GitHub sends webhooks. */
  readonly webhookUrl: string;
  /** Where GitHub sends the browser back to. */
  readonly redirectUrl: string;
}): AppManifest {
  return {
    name: app.name,
    description: APP_DESCRIPTION,
    url: new URL(app.webhookUrl).origin,
    public: false,
    hook_attributes: { url: app.webhookUrl, active: true },
    redirect_url: app.redirectUrl,
    default_permissions: APP_PERMISSIONS,
    default_events: APP_EVENTS,
  };
}
