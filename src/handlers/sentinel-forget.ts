import { forgetRepository } from './forget-history.js';
import { onOwnEvent } from './own-event.js';

/** Forgets a repository that the App was taken off. */
export const sentinelForget = onOwnEvent('forget', async ({ repository }, context) => {
  const { store, heads, logger } = context;
  await forgetRepository(repository, store);
  heads.forget(repository);
  logger.info({ repository }, 'forgot what was read and learned');
});
