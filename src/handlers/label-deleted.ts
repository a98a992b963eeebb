import { onLabelSet } from './label-set-event.js';

/** Put on the next issue, it would be there again. */
export const labelDeleted = onLabelSet('label.deleted');
