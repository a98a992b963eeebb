import { onLabel } from './label-deed.js';

export const issuesLabeled = onLabel('issues.labeled', 'added');
