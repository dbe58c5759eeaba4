import { setTimeout as wait } from 'node:timers/promises';
import { matchPath } from '../../simulators/discord/rest/path-pattern.ts';
import type { ApiRequest } from '../../simulators/discord/rest/request.ts';
import type { SimulatedDiscord } from '../../simulators/discord/api.ts';
import { pick } from './dice.ts';
import type { Dice } from './dice.ts';
import type { Incidents } from './incidents.ts';
import type { SentCommand } from './sent-command.ts';
import { DISCORD_TROUBLES, POST_TROUBLES, SPARED_CHANCE } from './trouble-tables.ts';
import type { RequestKind, DiscordTrouble } from './trouble-tables.ts';

/** Requests of one kind for one command that may fail; later ones succeed, so that a round ends. */
export const MAX_TROUBLED_REQUESTS = 3;

export interface StormDeps {
  readonly dice: Dice;
  readonly incidents: Incidents;
  readonly commands: readonly SentCommand[];
  /** The interactions of reposted messages, by message id; added here as they are posted. */
  readonly posts: Map<string, string>;
  /** Kills the process that works on this command, unless the round has used up its kills. */
  readonly kill: (label: string) => Promise<void>;
  /** Kills one of those that do not work on it, where there are several, so that another one starts. */
  readonly killNeighbour: (label: string) => Promise<void>;
}

/** Makes some of Discord's answers fail, chosen per request; returns a function that stops this. */
export function startDiscordStorm(discord: SimulatedDiscord, deps: StormDeps): () => void {
  const chosen = new WeakMap<ApiRequest, DiscordTrouble>();
  const find = createRequestReader(discord, deps);
  const counts = new Map<string, number>();

  const troubleOf = (request: ApiRequest): DiscordTrouble => {
    const known = chosen.get(request);
    if (known !== undefined) return known;
    const trouble = choose(request);
    chosen.set(request, trouble);
    return trouble;
  };
  const choose = (request: ApiRequest): DiscordTrouble => {
    const none = { name: 'none' };
    const known = find(request);
    if (known === undefined) return none;
    const { command, requestKind } = known;
    const count = counts.get(`${command.label} ${requestKind}`) ?? 0;
    counts.set(`${command.label} ${requestKind}`, count + 1);
    if (count >= MAX_TROUBLED_REQUESTS) return none;
    const spared = deps.dice('spared', command.label, requestKind, count);
    if (spared < SPARED_CHANCE[requestKind]) return none;
    const table = requestKind === 'post' ? POST_TROUBLES : DISCORD_TROUBLES;
    const trouble = pick(table, deps.dice('discord', command.label, requestKind, count));
    if (trouble.name === 'none' || trouble.only?.includes(requestKind) === false) return none;
    deps.incidents.record(`${requestKind}:${trouble.name}`, command);
    return trouble;
  };

  for (const [, trouble] of DISCORD_TROUBLES) {
    const { name, action } = trouble;
    if (action === undefined) continue;
    const when = (request: ApiRequest): boolean => troubleOf(request).name === name;
    discord.faults.add({ name, when, times: Infinity, action });
  }
  const at = (moment: 'before-effect' | 'after-effect') => async (request: ApiRequest) => {
    const { kill, late, action } = troubleOf(request);
    const { command, requestKind } = find(request) ?? {};
    const label = command?.label ?? '';
    if (late?.at === moment) await wait(late.ms);
    if (kill === moment) await deps.kill(label);
    const isTriedAgain = requestKind === 'upload' && action !== undefined && kill === undefined;
    // Its video lies on the disk meanwhile, beside a process that starts.
    if (isTriedAgain && moment === 'before-effect') await startBesideVideo(deps, label);
  };
  const removals = [
    discord.beforeEffect(at('before-effect')),
    discord.beforeAnswer(at('after-effect')),
  ];
  return () => {
    discord.faults.clear();
    for (const remove of removals) remove();
  };
}

/** How often a process starts while a video waits to be uploaded again. */
const BESIDE_VIDEO_CHANCE = 0.7;

async function startBesideVideo({ dice, killNeighbour }: StormDeps, label: string): Promise<void> {
  if (dice('beside video', label) < BESIDE_VIDEO_CHANCE) await killNeighbour(label);
}

interface Found {
  readonly command: SentCommand;
  readonly requestKind: RequestKind;
}

const found = (command: SentCommand | undefined, requestKind: RequestKind): Found | undefined =>
  command === undefined ? undefined : { command, requestKind };

/** Creates a function that finds the command that a request belongs to, and the kind of the request. */
function createRequestReader(
  discord: SimulatedDiscord,
  { commands, posts }: Pick<StormDeps, 'commands' | 'posts'>,
) {
  const byToken = (token: string): SentCommand | undefined =>
    commands.find(({ handle }) => handle.token === token);
  // A reposted message is known by its nonce.
  discord.beforeAnswer((request, { body }) => {
    const command = commandOfPost(request);
    const id: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'id') : '';
    if (command !== undefined && typeof id === 'string') posts.set(id, command.handle.id);
  });
  const commandOfPost = ({ method, path, json }: ApiRequest): SentCommand | undefined => {
    if (method !== 'POST' || !path.startsWith('/channels/')) return undefined;
    const text = JSON.stringify(json);
    return commands.find(({ handle }) => text.includes(`"r${handle.id}"`));
  };
  const byMessage = (id: string): SentCommand | undefined =>
    commands.find(({ handle }) => handle.id === posts.get(id) || handle.message()?.id === id);

  return (request: ApiRequest): Found | undefined => {
    const { method, path, files } = request;
    const hasFile = files.length > 0;
    const callback = matchPath('/interactions/:id/:token/callback', path);
    const hook = matchPath('/webhooks/:app/:token/messages/:message', path);
    const channel = matchPath('/channels/:channel/messages/:message', path);
    if (callback !== undefined) return found(byToken(callback['token'] ?? ''), 'callback');
    if (hook !== undefined) return found(byToken(hook['token'] ?? ''), hasFile ? 'upload' : 'edit');
    if (channel !== undefined && method === 'PATCH') {
      return found(byMessage(channel['message'] ?? ''), 'channel-edit');
    }
    return found(commandOfPost(request), 'post');
  };
}
