import type { SimulatedDiscord } from '../api.ts';
import type { InteractionHandle } from '../actors/api.ts';

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface RestFile {
  readonly name: string;
  readonly bytes?: number;
  readonly type?: string;
}

/** Creates a client that calls the simulated REST API with fetch, as JSON or multipart. */
export function createRest(discord: SimulatedDiscord) {
  async function call(
    method: string,
    path: string,
    json?: unknown,
    options: { readonly token?: string | null; readonly files?: readonly RestFile[] } = {},
  ): Promise<RestAnswer> {
    const token = options.token === undefined ? discord.token : options.token;
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bot ${token}` };
    let body: string | FormData | null = null;
    if (options.files !== undefined) {
      body = new FormData();
      body.set('payload_json', JSON.stringify(json ?? {}));
      for (const [index, { name, bytes = 1, type = 'video/mp4' }] of options.files.entries()) {
        body.set(`files[${index}]`, new Blob([new Uint8Array(bytes)], { type }), name);
      }
    } else if (json !== undefined) {
      body = JSON.stringify(json);
      headers['content-type'] = 'application/json';
    }
    const response = await fetch(`${discord.apiUrl}/v10${path}`, { method, headers, body });
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, body: parsed, headers: response.headers };
  }

  const commands = `/applications/${discord.applicationId}/commands`;
  return {
    call,
    /** Registers `/ping` and lets a member use it, without an answer. */
    async slash(): Promise<InteractionHandle> {
      await call('PUT', commands, [{ name: 'ping', description: 'Answers' }]);
      return await discord.member().slash(discord.channelId, 'ping');
    },
    async acknowledge(
      sent: { readonly id: string; readonly token: string },
      json: unknown,
      files?: readonly RestFile[],
    ): Promise<RestAnswer> {
      const path = `/interactions/${sent.id}/${sent.token}/callback?with_response=true`;
      return await call('POST', path, json, {
        token: null,
        ...(files === undefined ? {} : { files }),
      });
    },
    webhook: (sent: { readonly token: string }, message?: string): string =>
      `/webhooks/${discord.applicationId}/${sent.token}${message === undefined ? '' : `/messages/${message}`}`,
    channel: (message?: string): string =>
      `/channels/${discord.channelId}/messages${message === undefined ? '' : `/${message}`}`,
    commands,
    guildCommands: (guildId: string): string =>
      `/applications/${discord.applicationId}/guilds/${guildId}/commands`,
  };
}

function codeOf(entry: unknown): string {
  const isCoded = typeof entry === 'object' && entry !== null && 'code' in entry;
  return isCoded ? String(entry.code) : '';
}

/** Returns all `_errors` entries of a 50035, as `a.0.b CODE`. */
export function issuesOf(body: unknown): string[] {
  const found: string[] = [];
  const visit = (node: unknown, path: readonly string[]): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === '_errors' && Array.isArray(value)) {
        for (const entry of value) {
          found.push(`${path.join('.')} ${codeOf(entry)}`.trim());
        }
      } else {
        visit(value, [...path, key]);
      }
    }
  };
  visit(typeof body === 'object' && body !== null && 'errors' in body ? body.errors : {}, []);
  return found;
}
