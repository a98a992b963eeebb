import { z } from 'zod';

/** The label that stands for something, or false: never label it. */
export const labelMapping = z
  .union([z.string().min(1).max(50), z.literal(false)], {
    error: 'must be the name of a label (at most 50 characters), or false',
  })
  .describe('The label to use for this class, or false to never label it');
