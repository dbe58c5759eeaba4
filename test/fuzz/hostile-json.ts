import * as fc from 'fast-check';

/** Texts that have broken somebody's program before. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a\udfff',
  '\u202Etxet denrut\u202C',
  '\u200B\uFEFF',
  '👩‍👩‍👧‍👦'.repeat(20),
  `e${'\u0301'.repeat(300)}`,
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '@everyone <@1300000000000000020> <@&1300000000000000021>',
  '`**_~~||[x](https://evil.example)',
  'https://user:word@evil.example/?a=1#b',
  'javascript:alert(1)',
  '../../etc/passwd',
  '%s%n%00',
  ':base64:AAAA',
  '1e309',
  '-0',
  '9007199254740993',
  '999999999999999999999',
  'null',
  'true',
  '{"a":1}',
  'x'.repeat(3000),
  '字'.repeat(101),
];
export const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);

const NUMBERS = [0, -0, 1, -1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 8.64e15 + 1];
const hostileNumber = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Any JSON value, with a taste for what is odd. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 4, arbitrary: hostileNumber },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null]) },
  { weight: 1, arbitrary: fc.constantFrom(40, 400).map(nest) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: hostileText.map((name): unknown => JSON.parse(`{${JSON.stringify(name)}:1}`)),
  },
);

/** One change of a JSON tree; `at` chooses the node, whatever the tree's size. */
export interface Mutation {
  readonly at: number;
  readonly kind: 'delete' | 'replace' | 'rename' | 'wrap' | 'double' | 'add' | 'text';
  readonly value: unknown;
  readonly name: string;
}

export const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom<Mutation['kind']>(
    'delete',
    'replace',
    'replace',
    'rename',
    'wrap',
    'double',
    'add',
    'text',
  ),
  value: hostileValue,
  name: hostileText,
});

type Holder = Record<string, unknown>;

interface Place {
  readonly holder: Holder;
  readonly key: string;
}

const isTree = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

function placesIn(holder: Holder): Place[] {
  return Object.keys(holder).flatMap((key) => {
    const value = holder[key];
    return [{ holder, key }, ...(isTree(value) ? placesIn(value) : [])];
  });
}

/** As JSON.parse does it: an own property also for `__proto__`. */
function put(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function change(root: Holder, { at, kind, name, ...mutation }: Mutation): void {
  // A copy: the next change may be made in it.
  const value: unknown = structuredClone(mutation.value);
  const places = placesIn(root);
  const place = places[at % places.length];
  if (place === undefined) return;
  const { holder, key } = place;
  const was = holder[key];
  switch (kind) {
    case 'delete':
      Reflect.deleteProperty(holder, key);
      return;
    case 'replace':
      return put(holder, key, value);
    case 'rename':
      Reflect.deleteProperty(holder, key);
      return put(holder, name, was);
    case 'wrap':
      return put(holder, key, [was]);
    case 'double':
      return put(holder, key, Array.isArray(was) ? was.concat(was) : [was, was]);
    case 'add':
      return put(isTree(was) ? was : holder, name, value);
    case 'text':
      return put(holder, key, typeof was === 'string' ? `${was}${name}` : JSON.stringify(was));
  }
}

/** The value, which is left as it is, after these changes. */
export function withMutations(value: unknown, mutations: readonly Mutation[]): unknown {
  const root: Holder = { value: JSON.parse(JSON.stringify(value)) };
  for (const each of mutations) change(root, each);
  return root['value'];
}

/** A good value as it is, or with a few things wrong in it, or something else altogether. */
export function mutated(good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const changed = fc
    .tuple(good, fc.array(anyMutation, { minLength: 1, maxLength: 4 }))
    .map(([value, mutations]) => withMutations(value, mutations));
  return fc.oneof(
    { weight: 8, arbitrary: good },
    { weight: 12, arbitrary: changed },
    { weight: 1, arbitrary: hostileValue },
  );
}
