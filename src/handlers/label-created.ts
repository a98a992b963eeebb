import { onLabelSet } from './label-set-event.js';

/** The next issue may get it. */
export const labelCreated = onLabelSet('label.created');
