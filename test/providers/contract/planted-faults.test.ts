import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ProviderDescriptor } from '../../../src/providers/descriptor.ts';
import { isObject } from '../../../src/providers/read-answer.ts';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import { overlayProject } from '../../fakes/overlay-project.ts';
import { ANYFAST_UNDER_TEST } from '../anyfast/under-test.ts';
import { JIMMY_UNDER_TEST } from '../jimmy/under-test.ts';
import { PLANTED_FAULTS } from './planted-faults.ts';
import type { PlantedFault } from './planted-faults.ts';
import { casesFor, failedCases } from './play-cases.ts';

const UNDER_TEST = { jimmy: JIMMY_UNDER_TEST, anyfast: ANYFAST_UNDER_TEST };

function isDescriptorOf(id: string, value: unknown): value is ProviderDescriptor {
  return isObject(value) && value['id'] === id;
}

/** The provider's descriptor from a copy of its folder in which the fault is planted. */
async function withFault({ provider, file, find, replace }: PlantedFault) {
  const folder = `src/providers/${provider}`;
  const files = new Map(
    readdirSync(join(projectRoot(), folder)).map((name) => [
      `${folder}/${name}`,
      readFileSync(join(projectRoot(), folder, name), 'utf8'),
    ]),
  );
  const path = `${folder}/${file}`;
  const parts = files.get(path)?.split(find) ?? [];
  // Where it is there more than once, the fault would be ambiguous.
  if (parts.length !== 2) throw new Error(`the fault no longer fits ${path}`);
  files.set(path, parts.join(replace));
  const root = await overlayProject(files);
  const { href } = pathToFileURL(join(root, folder, 'descriptor.ts'));
  const module: unknown = await import(href);
  const exported: readonly unknown[] = isObject(module) ? Object.values(module) : [];
  const descriptor = exported.find((one) => isDescriptorOf(provider, one));
  if (descriptor === undefined) throw new Error(`${path} has no descriptor`);
  return descriptor;
}

describe('a fault that is planted into the folder of a provider', () => {
  it.for(PLANTED_FAULTS.map((fault) => [`${fault.provider}: ${fault.what}`, fault] as const))(
    '%s, is found by its case',
    async ([, fault]) => {
      const under = UNDER_TEST[fault.provider];
      const cases = Object.values(casesFor(under)).flat();
      const naming = cases.filter(({ name }) => name === fault.foundBy);
      expect(await failedCases(under, naming)).toEqual([]);
      const descriptor = await withFault(fault);
      expect(await failedCases({ ...under, descriptor }, naming)).toEqual([fault.foundBy]);
    },
  );
});
