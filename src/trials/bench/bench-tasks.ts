import { createCalendar } from '../../app/calendar.ts';
import type { CalendarPage } from '../../app/calendar.ts';
import { keysOf } from '../../domain/ledger/windows.ts';
import { initialZone } from '../../domain/ledger/zone-setting.ts';
import type { Attachment } from '../../domain/routes/request.ts';
import { planOf } from '../../domain/tasks/plan.ts';
import { taskIdSchema } from '../../domain/tasks/task-id.ts';
import type { Stage, Task } from '../../domain/tasks/task.ts';
import { snowflakeAt } from '../../domain/tasks/snowflake.ts';
import { knownRoute } from '../known-route.ts';
import { APPLICATION_ID, guildIdOf, memberIdOf } from './world/interaction.ts';

const ROUTE = knownRoute('jimmy/seedance2.0-fast-i2v');
const MEDIA_HOST = 'https://cdn.discordapp.com/attachments/120000000000000001/130000000000000001';

/** What the made task is to be. */
interface TaskSpec {
  /** Distinguishes tasks; also added to the id, within its millisecond. */
  readonly serial: number;
  readonly acceptedAt: number;
  readonly stage: Stage;
  readonly money: Task['money']['state'] & ('reserved' | 'settled');
  /** The number of its member; each member is in one guild. */
  readonly owner: number;
  readonly promptChars: number;
}

export const GUILDS = 1000;

const UTC = initialZone('UTC');

/** Creates a function that makes tasks with two frames, in any stage. */
export function createTaskMaker(): (spec: TaskSpec) => Task {
  const calendar = createCalendar();
  return (spec) => makeTask(spec, calendar.pageOf(UTC, spec.acceptedAt));
}

function makeTask(spec: TaskSpec, { windows: running, month }: CalendarPage): Task {
  const { serial, owner, acceptedAt, stage, money, promptChars } = spec;
  const id = taskIdSchema.parse(String(BigInt(snowflakeAt(acceptedAt)) + BigInt(serial)));
  const windows = keysOf(running);
  const guildId = guildIdOf(owner % GUILDS);
  return {
    id,
    interactionId: id,
    guildId,
    memberId: memberIdOf(owner),
    language: 'en',
    acceptedAt,
    plan: planOf({
      route: ROUTE.id,
      durationSeconds: 5,
      resolution: '720p',
      ratio: '16:9',
      quote: { kind: 'unknown' },
    }),
    attempts: [],
    attachmentLimitBytes: 20 * 1_048_576,
    address: {
      applicationId: APPLICATION_ID,
      channelId: guildId,
      messageId: id,
      tokenSince: acceptedAt,
      deliveryPath: 'webhook',
    },
    stage,
    money: { state: money, amounts: { videos: 1n, seconds: 5n } },
    windows: { guild: windows, operator: windows },
    journalMonth: month,
    secrets: {
      request: {
        prompt: promptOf(serial, promptChars),
        media: {
          first_frame: frameOf(`first_frame-${serial}.png`),
          last_frame: frameOf(`last_frame-${serial}.png`),
        },
      },
      interactionToken: `token-${id}`.padEnd(200, '0'),
    },
  };
}

function frameOf(filename: string): Attachment {
  const url = `${MEDIA_HOST}/${filename}?ex=6a1b2c3d&is=6a19dabd&hm=${'0123456789abcdef'.repeat(4)}&`;
  return { filename, url, bytes: 300_000, mimeType: 'image/png', width: 1280, height: 720 };
}

function promptOf(serial: number, chars: number): string {
  const sentence = `Take ${serial}: a lighthouse in a storm, waves break on the rocks, slow push-in. `;
  return sentence.repeat(Math.ceil(chars / sentence.length)).slice(0, chars);
}
