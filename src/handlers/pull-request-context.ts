import type { Store } from '../store/open-store.js';
import type { HandlerContext } from './event-handler.js';

/** What of a handler's surroundings pull requests need. */
export interface PullRequestContext
  extends Pick<
    HandlerContext,
    'github' | 'repositories' | 'changeHabits' | 'heads' | 'queue' | 'metrics' | 'logger'
  > {
  readonly encoder: Pick<HandlerContext['encoder'], 'beside'>;
  readonly store: Pick<Store, 'decisions' | 'histories' | 'labelFeedback'>;
}
