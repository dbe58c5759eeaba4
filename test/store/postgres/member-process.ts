import { startMember } from './a-member.ts';

/** A process to be killed or stopped: a member that commits, and says what happens to it, a line each. */
const [url = '', instance = '', leaseMs = ''] = process.argv.slice(2);
const limits = { connectMs: 5000, answerMs: 20_000, leaseMs: Number(leaseMs) };
const { membership, events } = await startMember(url, instance, { limits });
let said = 0;
setInterval(() => {
  for (const event of events.slice(said)) process.stdout.write(`${event}\n`);
  said = events.length;
}, 20);
process.stdout.write(`member ${membership.sessions.current().member}\n`);
