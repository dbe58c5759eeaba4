import { z } from 'zod';
import { routesFileSchema } from '../../../src/providers/openai-videos/file-schema.ts';

/** The JSON Schema of `ROUTES_FILE`, made of the schema by which the bot reads it. */
export function routesSchema(): object {
  return {
    title: 'ROUTES_FILE of Clapper: models on servers that speak /v1/videos',
    ...z.toJSONSchema(routesFileSchema, { io: 'input' }),
  };
}
