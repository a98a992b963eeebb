import { z } from 'zod';

/** Characters that a label's name has at most on GitHub. */
export const MAX_LABEL_NAME = 50;

/** The label that stands for something, or false: never label it. */
export const labelMapping = z
  .union([z.string().min(1).max(MAX_LABEL_NAME), z.literal(false)], {
    error: `must be the name of a label (at most ${MAX_LABEL_NAME} characters), or false`,
  })
  .describe('The label to use for this class, or false to never label it');
