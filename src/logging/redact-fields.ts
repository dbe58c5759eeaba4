import { isPrivateField, MASK, redactText } from './redact.ts';

const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_CHARS = 8192;

interface Walk {
  readonly secrets: readonly string[];
  readonly depth: number;
}

/**
 * Copies the fields of a log line with private fields and texts masked, errors written out, and the
 * size bounded.
 */
export function redactFields(
  fields: object,
  secrets: readonly string[] = [],
): Record<string, unknown> {
  if (fields instanceof Error) return { err: redactValue(fields, { secrets, depth: 0 }) };
  return redactObject(fields, { secrets, depth: 0 });
}

function redactValue(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return redactString(value, walk);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value === 'object' && value !== null) return redactReference(value, walk);
  return value;
}

/** Cut only after masking: half a secret would not be recognised. */
function redactString(text: string, { secrets }: Walk): string {
  const redacted = redactText(text, secrets);
  return redacted.length > MAX_CHARS ? `${redacted.slice(0, MAX_CHARS)}[cut]` : redacted;
}

function redactReference(value: object, { secrets, depth }: Walk): unknown {
  if (depth >= MAX_DEPTH) return '[deeper]';
  const walk = { secrets, depth: depth + 1 };
  if (value instanceof Error) return serializeError(value, walk);
  if (value instanceof URL) return redactString(value.href, walk);
  if (value instanceof Date) return value.toJSON();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item) => redactValue(item, walk));
  }
  if (isPlain(value)) return redactObject(value, walk);
  // Instances of classes (a client, a request) are not meant for a log.
  return `[${value.constructor.name}]`;
}

function redactObject(fields: object, walk: Walk): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .slice(0, MAX_ITEMS)
      .map(([name, value]: [string, unknown]) => [
        name,
        isPrivateField(name, value) && value !== null ? MASK : redactValue(value, walk),
      ]),
  );
}

/**
 * Keeps only what describes the fault. Other properties of library errors contain whole requests: a
 * DiscordAPIError has the prompt in `requestBody` and the interaction token in `url`.
 */
function serializeError(error: Error, walk: Walk): Record<string, unknown> {
  const known = ['code', 'status', 'statusCode', 'method', 'url', 'errors', 'cause'];
  const details = known.flatMap((name): [string, unknown][] => {
    const value: unknown = Reflect.get(error, name);
    return value === undefined ? [] : [[name, redactValue(value, walk)]];
  });
  return {
    name: redactString(error.name, walk),
    message: redactString(error.message, walk),
    ...Object.fromEntries(details),
    stack: redactValue(error.stack, walk),
  };
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
