import { z } from 'zod';
import { repositoryConfigSchema } from './repository-config.js';

/** JSON Schema of `.github/sentinel.yml`, for editors: `docs/sentinel.schema.json`. */
export function configJsonSchema(): Record<string, unknown> {
  return {
    title: 'Sentinel configuration (.github/sentinel.yml)',
    ...z.toJSONSchema(repositoryConfigSchema, { target: 'draft-7', io: 'input' }),
  };
}
