import { onLabel } from './label-deed.js';

export const issuesUnlabeled = onLabel('issues.unlabeled', 'removed');
