import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { z } from 'zod';

/** The request schemas that the providers publish in their pages. */
export interface ProviderSchemas {
  /** Whether there are pages of this provider; without any, nothing is known of it. */
  hasPagesOf(provider: string): boolean;
  /** Every field of a create's body that the schemas name, at any depth. */
  fieldsOf(provider: string): ReadonlySet<string>;
  /** Every model that the pages name, in a schema or in words. */
  modelsOf(provider: string): ReadonlySet<string>;
  /** What is wrong with a create's body by every document of that provider; unknown fields too. */
  faultsOf(provider: string, body: unknown): string[];
}

/** Why a test that needs the documents is skipped. */
export const DOCS_SKIP_REASON = 'PROVIDER_DOCS_DIR does not name copies of the pages';

const YAML_BLOCK = /^````yaml.*\n([\s\S]*?)^````/gm;

/** As the pages write them; a name that ends in `_` or `-` stands for several. */
const MODELS = {
  jimmy: /\b(?:sd2_mx_\w*[a-z0-9]|seedance2\.0-[a-z0-9-]*[a-z0-9])\b(?![*_-])/g,
  anyfast: /\bseedance-2\.\d[a-z0-9-]*[a-z0-9]\b/g,
};

const jsonBody = z.object({
  requestBody: z.object({
    content: z.object({ 'application/json': z.object({ schema: z.looseObject({}) }) }),
  }),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.object({ post: jsonBody })),
  components: z.looseObject({}),
});

/** Those whose pages are OpenAPI documents. */
type WithPages = keyof typeof MODELS;

const hasPages = (provider: string): provider is WithPages => Object.hasOwn(MODELS, provider);

/** Reads the OpenAPI blocks of the pages in the folder that PROVIDER_DOCS_DIR names. */
export function loadProviderSchemas(): ProviderSchemas | undefined {
  // oxlint-disable-next-line node/no-process-env -- the environment of a test run, not of the bot
  const folder = process.env['PROVIDER_DOCS_DIR'];
  if (folder === undefined || folder === '') return undefined;
  const checks: Readonly<Record<'jimmy' | 'anyfast', ValidateFunction[]>> = {
    jimmy: [],
    anyfast: [],
  };
  const fields = { jimmy: new Set<string>(), anyfast: new Set<string>() };
  const pages = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  for (const block of pages.flatMap((page) => [...page.matchAll(YAML_BLOCK)])) {
    const document = documentSchema.parse(parse(block[1] ?? ''));
    for (const [path, { post }] of Object.entries(document.paths)) {
      const provider = path.startsWith('/api/open-api/') ? 'jimmy' : 'anyfast';
      const { schema } = post.requestBody.content['application/json'];
      for (const name of namesIn([schema, document.components['schemas']])) {
        fields[provider].add(name);
      }
      const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { int64: true } });
      checks[provider].push(
        ajv.compile({ components: document.components, ...schema, unevaluatedProperties: false }),
      );
    }
  }
  if (checks.jimmy.length === 0 || checks.anyfast.length === 0) {
    throw new Error(`no OpenAPI of both providers in ${folder}`);
  }
  return {
    hasPagesOf: hasPages,
    fieldsOf: (provider) => (hasPages(provider) ? fields[provider] : new Set()),
    modelsOf: (provider) =>
      new Set(
        hasPages(provider) ? pages.flatMap((page) => page.match(MODELS[provider]) ?? []) : [],
      ),
    faultsOf: (provider, body) =>
      (hasPages(provider) ? checks[provider] : []).flatMap((check) =>
        check(body)
          ? []
          : (check.errors ?? []).map(
              ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
            ),
      ),
  };
}

/** The names of all properties within a schema; of what an answer has, none. */
function namesIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (/(?:Response|Error)$/.test(key)) return [];
    const own = key === 'properties' && typeof value === 'object' ? Object.keys(value ?? {}) : [];
    return [...own, ...namesIn(value)];
  });
}
