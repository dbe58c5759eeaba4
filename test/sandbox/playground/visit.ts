import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Action, ActResult } from '../../../src/sandbox/playground/protocol/actions.ts';
import type { KnobResult, KnobTurn } from '../../../src/sandbox/playground/protocol/knobs.ts';
import type { Identity, Locale } from '../../../src/sandbox/playground/protocol/world.ts';
import type { LiveFrame, Snapshot } from '../../../src/sandbox/playground/protocol.ts';

export const ADA = '150000000000000001';
export const BRUNO = '150000000000000002';
export const CHEN = '150000000000000003';
export const DORA = '150000000000000004';
export const GENERAL = '130000000000000001';

/** One browser tab, without the browser. */
export interface Tab {
  readonly url: string;
  readonly as: Identity;
  /** Every frame so far, as text and read. */
  readonly texts: readonly string[];
  readonly frames: readonly LiveFrame[];
  readonly snapshot: Snapshot;
  /** The first frame, past or to come, that the function finds something in. */
  until<Found>(find: (frame: LiveFrame) => Found | undefined): Promise<Found>;
  act(action: Action, files?: readonly File[]): Promise<ActResult>;
  turn(turn: KnobTurn): Promise<KnobResult>;
  close(): void;
}

/** Opens a tab and reads its snapshot. */
export async function visit(url: string, personId: string, locale: Locale = 'en-US'): Promise<Tab> {
  const as = { personId, locale };
  const address = `${url.replace('http', 'ws')}live?person=${personId}&locale=${locale}`;
  const socket = new WebSocket(address);
  onTestFinished(() => socket.terminate());
  const texts: string[] = [];
  const frames: LiveFrame[] = [];
  const arrivals = new EventTarget();
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    texts.push(text);
    frames.push(checked(JSON.parse(text), isFrame));
    arrivals.dispatchEvent(new Event('frame'));
  });
  await Promise.race([
    once(arrivals, 'frame'),
    once(socket, 'close').then(() => Promise.reject(new Error('the line was closed'))),
  ]);
  const [first] = frames;
  if (first?.kind !== 'snapshot') throw new Error('the first frame is no snapshot');
  return {
    url,
    as,
    texts,
    frames,
    snapshot: first.snapshot,
    async until(find) {
      let seen = 0;
      for (;;) {
        for (; seen < frames.length; seen += 1) {
          const frame = frames[seen];
          const found = frame === undefined ? undefined : find(frame);
          if (found !== undefined) return found;
        }
        await once(arrivals, 'frame');
      }
    },
    act: async (action, files) => actAs(url, as, action, files),
    turn: async (turn) => checked(await post(`${url}knobs`, JSON.stringify(turn)), isKnobResult),
    close: () => socket.terminate(),
  };
}

/** What a person does without looking. */
export async function actAs(
  url: string,
  as: Identity,
  action: Action,
  files: readonly File[] = [],
): Promise<ActResult> {
  return checked(await post(`${url}act`, bodyOf({ as, action }, files)), isActResult);
}

async function post(address: string, body: string | FormData): Promise<unknown> {
  const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
  const response = await fetch(address, { method: 'POST', headers, body });
  return response.json();
}

function bodyOf(request: unknown, files: readonly File[]): string | FormData {
  const json = JSON.stringify(request);
  if (files.length === 0) return json;
  const form = new FormData();
  form.set('payload_json', json);
  for (const [index, file] of files.entries()) form.set(`files[${index}]`, file);
  return form;
}

// What the server sends is what the tests judge: by its kind it is taken at its word here.
const isFrame = (value: unknown): value is LiveFrame => hasKind(value);
const isActResult = (value: unknown): value is ActResult => hasKind(value);
const isKnobResult = (value: unknown): value is KnobResult => hasKind(value);

function hasKind(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function checked<Value>(value: unknown, is: (value: unknown) => value is Value): Value {
  if (!is(value)) throw new Error(`the server sent ${JSON.stringify(value)}`);
  return value;
}
