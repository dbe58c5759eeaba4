import { ApiError } from '../errors.ts';
import { answerInline } from '../rest/callback-route.ts';
import type { Simulation } from '../simulation.ts';
import { field } from '../values.ts';
import type { InteractionRecord } from '../world/interactions.ts';
import type { EndpointControl } from './endpoint-control.ts';
import { postSigned } from './post-signed.ts';
import type { EndpointAnswer } from './post-signed.ts';
import type { Signer } from './signer.ts';

export interface Endpoint extends EndpointControl {
  /** Sends an interaction to the address, if there is one; `false` without one. */
  deliver(record: InteractionRecord): boolean;
  close(): void;
}

const PING = 1;
const PONG = 1;

/** Creates the sender of interactions by HTTP; until an address is set, it sends nothing. */
export function createEndpoint(sim: Simulation, signer: Signer): Endpoint {
  const { application } = sim.world;
  const closing = new AbortController();

  async function post(url: string, payload: unknown, isForged = false): Promise<EndpointAnswer> {
    const body = JSON.stringify(payload);
    const timestamp = String(Math.floor(sim.clock.now() / 1000));
    const signature = signer.sign(timestamp, isForged ? `${body} ` : body);
    return postSigned({ url, body, timestamp, signature, closing: closing.signal });
  }

  const ping = () => ({
    version: 1,
    id: sim.newId(),
    application_id: application.id,
    type: PING,
    token: 'a-token-of-a-ping',
    entitlements: [],
    authorizing_integration_owners: {},
  });

  async function refusesForged(url: string): Promise<boolean> {
    const { status } = await post(url, ping(), true);
    return status === 401;
  }

  async function send(url: string, record: InteractionRecord): Promise<void> {
    const answer = await post(url, record.payload);
    const problem = problemOf(sim, record, answer);
    const { status } = answer;
    sim.events.emit('interaction-posted', { interactionId: record.id, status, problem });
  }

  return {
    url: () => application.interactionsEndpointUrl,
    async set(url) {
      if (url !== undefined) {
        const answer = await post(url, ping());
        if (!isPong(answer) || !(await refusesForged(url))) {
          throw new Error('the specified interactions endpoint url could not be verified');
        }
      }
      application.interactionsEndpointUrl = url;
    },
    async check() {
      const url = application.interactionsEndpointUrl;
      if (url === undefined || (await refusesForged(url))) return true;
      application.interactionsEndpointUrl = undefined;
      return false;
    },
    deliver(record) {
      const url = application.interactionsEndpointUrl;
      if (url === undefined) return false;
      void send(url, record);
      return true;
    },
    close: () => closing.abort(),
  };
}

function isPong({ status, contentType, text }: EndpointAnswer): boolean {
  return status === 200 && isJson(contentType) && field(parse(text), 'type') === PONG;
}

const isJson = (contentType: string): boolean => contentType.startsWith('application/json');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Takes the answer: a callback in its body, or 202 where the callback is a request of its own. */
function problemOf(
  sim: Simulation,
  record: InteractionRecord,
  { status, contentType, text }: EndpointAnswer,
): string | undefined {
  if (status === 202) return text === '' ? undefined : 'a 202 has no body';
  if (status !== 200) return status === 0 ? 'no answer within 3 s' : `answered ${status}`;
  if (!isJson(contentType)) return 'the answer is not application/json';
  try {
    answerInline(sim, record, parse(text));
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
