import { setTimeout as wait } from 'node:timers/promises';
import { matchPath } from '../../simulators/discord/rest/path-pattern.ts';
import type { ApiRequest } from '../../simulators/discord/rest/request.ts';
import type { SimulatedDiscord } from '../../simulators/discord/api.ts';
import { pick } from './dice.ts';
import type { Dice } from './dice.ts';
import type { Incidents } from './incidents.ts';
import type { Take } from './takes.ts';
import { DISCORD_TROUBLES, POST_TROUBLES, SPARED_CHANCE } from './trouble-tables.ts';
import type { DiscordPlace, DiscordTrouble } from './trouble-tables.ts';

/** Requests of one kind for one take that may meet trouble; later ones pass, so that a round ends. */
export const TROUBLED_REQUESTS = 3;

export interface StormDeps {
  readonly dice: Dice;
  readonly incidents: Incidents;
  readonly takes: readonly Take[];
  /** Kills the bot, while the round may still do so. */
  readonly kill: () => Promise<void>;
}

/** Makes Discord's answers go wrong, request by request; returns its end. */
export function startDiscordStorm(discord: SimulatedDiscord, deps: StormDeps): () => void {
  const chosen = new WeakMap<ApiRequest, DiscordTrouble>();
  const find = createRequestReader(discord, deps.takes);
  const met = new Map<string, number>();

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
    const { take, place } = known;
    const count = met.get(`${take.label} ${place}`) ?? 0;
    met.set(`${take.label} ${place}`, count + 1);
    if (count >= TROUBLED_REQUESTS) return none;
    if (deps.dice('spared', take.label, place, count) < SPARED_CHANCE[place]) return none;
    const table = place === 'post' ? POST_TROUBLES : DISCORD_TROUBLES;
    const trouble = pick(table, deps.dice('discord', take.label, place, count));
    if (trouble.name === 'none' || trouble.only?.includes(place) === false) return none;
    deps.incidents.note(`${place}:${trouble.name}`, take.label);
    return trouble;
  };

  for (const [, trouble] of DISCORD_TROUBLES) {
    const { name, action } = trouble;
    if (action === undefined) continue;
    const when = (request: ApiRequest): boolean => troubleOf(request).name === name;
    discord.faults.add({ name, when, times: Infinity, action });
  }
  const at = (moment: 'before-effect' | 'after-effect') => async (request: ApiRequest) => {
    const { kill, late } = troubleOf(request);
    if (late?.at === moment) await wait(late.ms);
    if (kill === moment) await deps.kill();
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

interface Found {
  readonly take: Take;
  readonly place: DiscordPlace;
}

const found = (take: Take | undefined, place: DiscordPlace): Found | undefined =>
  take === undefined ? undefined : { take, place };

/** Tells for which take a request is made, and what it is. */
function createRequestReader(discord: SimulatedDiscord, takes: readonly Take[]) {
  const byToken = (token: string): Take | undefined =>
    takes.find(({ handle }) => handle.token === token);
  /** A message that stands in for the original one names its caller alone; its nonce is the task's. */
  const reposts = new Map<string, Take>();
  discord.beforeAnswer((request, { body }) => {
    const take = takeOfPost(request);
    const id: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'id') : '';
    if (take !== undefined && typeof id === 'string') reposts.set(id, take);
  });
  const takeOfPost = ({ method, path, json }: ApiRequest): Take | undefined => {
    if (method !== 'POST' || !path.startsWith('/channels/')) return undefined;
    const text = JSON.stringify(json);
    return takes.find(({ handle }) => text.includes(`"r${handle.id}"`));
  };
  const byMessage = (id: string): Take | undefined =>
    reposts.get(id) ?? takes.find(({ handle }) => handle.message()?.id === id);

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
    return found(takeOfPost(request), 'post');
  };
}
