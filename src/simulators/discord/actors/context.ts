import type { GatewayControl } from '../gateway/gateway-control.ts';
import type { RequestLogEntry } from '../rest/request.ts';
import type { Simulation } from '../simulation.ts';
import type { InteractionHandle } from './api.ts';

/** What members need of the server. */
export interface ActorContext {
  readonly sim: Simulation;
  readonly gateway: Pick<GatewayControl, 'dispatch'>;
  readonly requests: readonly RequestLogEntry[];
  /** Every interaction ever sent, in order. */
  readonly handles: InteractionHandle[];
  /** Real milliseconds. */
  readonly backstopMs: number;
}

/** Thrown for what Discord's own client would not let a person send. */
export class ClientRefusal extends Error {}
