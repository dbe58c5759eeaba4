import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { targetOf, type Connector } from './connector.ts';

/** Creates an agent of Node's own client whose connections `connect` opens, with their TLS. */
export function createOpeningAgent(
  connect: Connector,
  protocol: 'http:' | 'https:',
  options: AgentOptions = {},
): HttpAgent {
  const agent = protocol === 'http:' ? new HttpAgent(options) : new HttpsAgent(options);
  agent.createConnection = ({ host, port }, done) => {
    if (done === undefined) throw new Error('an agent waits for its connections');
    connect(targetOf(protocol, host ?? '', String(port ?? '')), (...[error, socket]) => {
      if (error === null) done(null, socket);
      // Node's types know only the call with a connection.
      else Reflect.apply(done, undefined, [error]);
    });
    return undefined;
  };
  return agent;
}
