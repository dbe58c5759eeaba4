import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Discord's OpenAPI document. */
export interface DiscordOpenApi {
  /** Returns the errors of a value by a schema of `components.schemas`. */
  validate(schemaName: string, value: unknown): string[];
}

const DOCUMENT = 'discord';
const FORMATS = ['snowflake', 'nonce', 'int32', 'int64', 'double', 'date-time', 'uri'];

/** The reason why tests that need the document are skipped. */
export const OPENAPI_SKIP_REASON = 'DISCORD_OPENAPI_FILE does not name a copy of discord-api-spec';

/**
 * Reads the file that DISCORD_OPENAPI_FILE names (github.com/discord/discord-api-spec,
 * specs/openapi.json); returns `undefined` if the variable is not set.
 */
export function loadDiscordOpenApi(): DiscordOpenApi | undefined {
  // oxlint-disable-next-line node/no-process-env -- the environment of a test run, not of the bot
  const file = process.env['DISCORD_OPENAPI_FILE'];
  if (file === undefined || file === '') {
    return undefined;
  }
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
  // Coerces types, because discord.js sends bitsets as strings where the document says integer.
  const ajv = new Ajv2020({ strict: false, coerceTypes: true, allErrors: true, logger: false });
  for (const format of FORMATS) {
    ajv.addFormat(format, true);
  }
  ajv.addSchema({ $id: DOCUMENT, ...(typeof document === 'object' ? document : {}) });
  const compiled = new Map<string, ValidateFunction>();

  return {
    validate(schemaName, value) {
      const check =
        compiled.get(schemaName) ??
        ajv.compile({ $ref: `${DOCUMENT}#/components/schemas/${schemaName}` });
      compiled.set(schemaName, check);
      // Coercion changes the value that it checks.
      const copy: unknown = structuredClone(value);
      return check(copy)
        ? []
        : (check.errors ?? []).map(
            ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
          );
    },
  };
}
