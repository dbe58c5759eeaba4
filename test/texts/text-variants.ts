/** Arguments of the texts that are built from numbers or objects, by the end of their key. */
const SAMPLES: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'knobs.duration': [[0], [30], [90]],
  'accounts.incomplete': [['{since}', '{until}'], ['{since}']],
  'clock.differs': [
    ['{seconds}', true],
    ['{seconds}', false],
  ],
  'prices.missing': [
    [3, 17, '{names}', true],
    [3, 17, '{names}', false],
  ],
  'servers.named': [
    ['{names}', 0],
    ['{names}', 2],
  ],
  'prices.someNamed': [
    ['{names}', 0],
    ['{names}', 2],
  ],
  'composer.limits': [
    [{ min_value: 1, max_value: 60 }],
    [{ min_value: 1 }],
    [{ max_value: 60 }],
    [{ max_length: 100 }],
  ],
  'composer.issue': [
    [{ kind: 'required' }],
    [{ kind: 'not-listed' }],
    [{ kind: 'not-whole' }],
    [{ kind: 'not-number' }],
    [{ kind: 'too-small', min: 2 }],
    [{ kind: 'too-large', max: 60 }],
    [{ kind: 'too-short', min: 2, given: 1 }],
    [{ kind: 'too-long', max: 60, given: 61 }],
    [{ kind: 'file-too-large', maxBytes: 10_485_760 }],
    [{ kind: 'file-type', accepted: ['png', 'jpeg'] }],
  ],
};

/** Values for all parameters at once, by which branches of a text are found: one, zero, yes and no. */
const PROBES: readonly unknown[] = [1, '1', 0, 30, 90, true, false];

/**
 * Every form of one text of a catalogue, the general one first: a function is called with
 * `{parameter}` for each parameter, then with values that may choose another form.
 */
export function textVariants(key: string, value: string | CallableFunction): string[] {
  if (typeof value === 'string') return [value];
  const samples = Object.entries(SAMPLES).find(([end]) => key.endsWith(end))?.[1];
  if (samples !== undefined) return [...new Set(samples.flatMap((given) => built(value, given)))];
  const names = parametersOf(value).map((name) => `{${name}}`);
  const general = firstOf([names, names.map((name) => [name, name]), names.map(() => 7)], value);
  const others = PROBES.flatMap((probe) => {
    const given = names.map(() => probe);
    const filled = names.reduce((text, name) => text.replaceAll(name, String(probe)), general);
    return built(value, given).filter((text) => text !== filled);
  });
  return [...new Set([general, ...others])];
}

function firstOf(attempts: readonly (readonly unknown[])[], value: CallableFunction): string {
  for (const given of attempts) {
    const [text] = built(value, given);
    if (text !== undefined) return text;
  }
  throw new TypeError(`no sample fits ${value.toString()}`);
}

/** The text in a list, or nothing if the arguments are of the wrong type. */
function built(value: CallableFunction, given: readonly unknown[]): string[] {
  try {
    const text: unknown = Reflect.apply(value, undefined, given);
    const plain = plainText(text);
    return plain === undefined || plain === '' ? [] : [plain];
  } catch {
    return [];
  }
}

/** A text, a finding with its advice, or a template of the page with its values filled in. */
function plainText(text: unknown): string | undefined {
  if (typeof text === 'string') return text;
  if (typeof text !== 'object' || text === null) return undefined;
  const finding = findingText(text);
  if (finding !== undefined) return finding;
  if (!('strings' in text) || !('values' in text)) return undefined;
  const { strings, values } = text;
  if (!Array.isArray(strings) || !Array.isArray(values)) return undefined;
  return strings
    .map((part, at) => `${String(part)}${at < values.length ? String(values[at]) : ''}`)
    .join('');
}

/** What `npm run doctor` found, with its advice, as one text; `undefined` for anything else. */
export function findingText(value: object): string | undefined {
  if (!('text' in value && 'advice' in value)) return undefined;
  const { text, advice } = value;
  return typeof text === 'string' && typeof advice === 'string' ? `${text}. ${advice}.` : undefined;
}

function parametersOf(value: CallableFunction): string[] {
  const list = /^(?:function\s*\w*\s*)?\((?<list>[^)]*)\)|^(?<one>[\w$]+)\s*=>/.exec(
    value.toString(),
  );
  const given = list?.groups?.['list'] ?? list?.groups?.['one'] ?? '';
  return given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
