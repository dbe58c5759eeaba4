import type { SimulatedDiscordOptions } from '../api.ts';
import { renderUser } from '../world/render-user.ts';
import { ok, type Call, type Route } from './route.ts';

const SESSIONS_PER_DAY = 1000;

/** What `GET /gateway/bot` says of shards. */
type ShardOptions = Pick<SimulatedDiscordOptions, 'recommendedShards' | 'maxConcurrency'>;

/** Routes of the bot's user and application, and of the gateway's address. */
export function botRoutes(
  gatewayUrl: () => string,
  { recommendedShards = 1, maxConcurrency = 1 }: ShardOptions,
): Route[] {
  const gatewayBot = () =>
    ok({
      url: gatewayUrl(),
      shards: recommendedShards,
      session_start_limit: {
        total: SESSIONS_PER_DAY,
        remaining: SESSIONS_PER_DAY,
        reset_after: 0,
        max_concurrency: maxConcurrency,
      },
    });
  return [
    { method: 'GET', pattern: '/gateway/bot', auth: 'bot', handle: gatewayBot },
    {
      method: 'GET',
      pattern: '/gateway',
      auth: 'none',
      handle: () => ok({ url: gatewayUrl() }),
    },
    { method: 'GET', pattern: '/applications/@me', auth: 'bot', handle: application },
    { method: 'GET', pattern: '/oauth2/applications/@me', auth: 'bot', handle: application },
    { method: 'GET', pattern: '/users/@me', auth: 'bot', handle: me },
  ];
}

function application({ sim }: Call) {
  const { id, name, publicKey, interactionsEndpointUrl } = sim.world.application;
  return ok({
    id,
    name,
    icon: null,
    description: '',
    type: null,
    bot: renderUser(sim.world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: publicKey,
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: interactionsEndpointUrl ?? null,
    role_connections_verification_url: null,
    owner: { ...renderUser(sim.world.bot), id: '100000000000000009', bot: false },
    approximate_guild_count: sim.world.guilds().filter((guild) => guild.botIsMember).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  });
}

function me({ sim }: Call) {
  return ok({
    ...renderUser(sim.world.bot),
    mfa_enabled: true,
    locale: 'en-US',
    premium_type: 0,
    email: null,
    verified: true,
  });
}
