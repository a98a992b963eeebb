import { forgetRepository } from './forget-repository.js';
import { onOwnEvent } from './own-event.js';

/** Forgets what a learning has kept that was under way when the repository was forgotten. */
export const sentinelForget = onOwnEvent('forget', async ({ repository }, context) => {
  await forgetRepository(repository, context);
  context.logger.info({ repository }, 'forgot what was learned meanwhile');
});
