import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import { routesSchema } from './routes-schema.ts';

const path = join(projectRoot(), 'routes.schema.json');
await writeFile(path, `${JSON.stringify(routesSchema(), null, 2)}\n`);
