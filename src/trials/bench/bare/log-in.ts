import { Client } from 'discord.js';
import { bareEnvironment } from './bare-environment.ts';

// The smallest bot: it only logs in.
const { apiUrl, token } = bareEnvironment();
await new Client({ intents: [], rest: { api: apiUrl } }).login(token);
