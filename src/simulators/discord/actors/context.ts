import type { Endpoint } from '../endpoint/endpoint.ts';
import type { GatewayControl } from '../gateway/gateway-control.ts';
import type { RequestLogEntry } from '../rest/request.ts';
import type { Simulation } from '../simulation.ts';
import type { InteractionHandle } from './api.ts';

/** The parts of the server that members use. */
export interface ActorContext {
  readonly sim: Simulation;
  readonly gateway: Pick<GatewayControl, 'dispatch'>;
  readonly endpoint: Pick<Endpoint, 'deliver'>;
  readonly requests: readonly RequestLogEntry[];
  /** The interactions in the order in which they were sent. */
  readonly handles: InteractionHandle[];
  /** Real milliseconds. */
  readonly backstopMs: number;
}

/** Thrown when Discord's client would not let a person send this. */
export class ClientRefusal extends Error {}
