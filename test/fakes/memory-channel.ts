import type {
  MessagePort,
  MessageResult,
  OutgoingFile,
  TaskView,
} from '../../src/app/ports/message-port.ts';
import { CHANNEL_ID, MESSAGE_ID } from './a-task.ts';
import type { FakeClock } from './clock.ts';

/** Discord takes an interaction's token for so long. */
const TOKEN_LIFE_MS = 15 * 60_000;

interface ChannelMessage {
  readonly id: string;
  shown: string | undefined;
  file: OutgoingFile | undefined;
  isDeleted: boolean;
  /** What was shown, one entry a successful call. */
  readonly history: string[];
  readonly views: TaskView[];
}

type Way = 'editByToken' | 'editInChannel' | 'post';

export interface MemoryChannel {
  readonly port: MessagePort;
  readonly messages: ChannelMessage[];
  /** Every call as `way messageId outcome-or-stage [file]`. */
  readonly calls: string[];
  /** Calls that met a token that was no longer good. */
  readonly unauthorized: string[];
  /** Answers for the next calls by that way, instead of the channel's own. */
  readonly scripted: Record<Way, MessageResult[]>;
  /** Where the bot may not look: everything with the bot token is refused. */
  isClosed: boolean;
  /** Whether files are small enough for Discord. */
  takesFiles: boolean;
  /** So many files are lost next, on a message that is edited all the same. */
  filesLost: number;
  messagesWithFile(): ChannelMessage[];
}

/** What the message shows, in one word: the outcome, or the stage under way. */
function wordOf({ task, outcome }: TaskView): string {
  if (outcome === undefined) return task.stage.name;
  if (outcome.kind === 'delivered') return `delivered-${outcome.how}`;
  return outcome.kind === 'result-lost' ? `result-lost-${outcome.why}` : outcome.kind;
}

const newMessage = (id: string): ChannelMessage => ({
  id,
  shown: undefined,
  file: undefined,
  isDeleted: false,
  history: [],
  views: [],
});

/** A channel with the public reply of a task in it, as Discord keeps it. */
export function memoryChannel(clock: FakeClock, original = MESSAGE_ID): MemoryChannel {
  const messages = [newMessage(original)];
  const byNonce = new Map<string, string>();
  const scripted: Record<Way, MessageResult[]> = { editByToken: [], editInChannel: [], post: [] };
  const calls: string[] = [];
  const unauthorized: string[] = [];

  function note(way: Way, id: string, view: TaskView, file?: OutgoingFile): void {
    const carried = file === undefined ? '' : ` ${file.name}`;
    const how = `${view.isTextAlone === true ? ' text-alone' : ''}${view.isPlain === true ? ' plain' : ''}`;
    calls.push(`${way} ${id} ${wordOf(view)}${how}${carried}`);
  }

  function change(id: string, view: TaskView, file?: OutgoingFile): MessageResult {
    const message = messages.find((known) => known.id === id);
    if (message === undefined || message.isDeleted) {
      return { kind: 'unreached', why: 'message-gone' };
    }
    if (file !== undefined && !channel.takesFiles) return { kind: 'too-large' };
    message.shown = wordOf(view);
    message.history.push(message.shown);
    message.views.push(view);
    if (file !== undefined && channel.filesLost > 0) {
      channel.filesLost -= 1;
      message.file = undefined;
      return { kind: 'file-missing' };
    }
    // An edit without a file keeps the one that is there.
    message.file = file ?? message.file;
    return { kind: 'done', messageId: id };
  }

  const channel: MemoryChannel = {
    messages,
    calls,
    unauthorized,
    scripted,
    isClosed: false,
    takesFiles: true,
    filesLost: 0,
    messagesWithFile: () => messages.filter(({ file, isDeleted }) => file && !isDeleted),
    port: {
      async editByToken(address, token, view, file) {
        note('editByToken', '@original', view, file);
        const answer = scripted.editByToken.shift();
        if (answer?.kind === 'unreached' && answer.why === 'token-refused') {
          unauthorized.push(token);
        }
        if (answer !== undefined) return answer;
        if (clock.now() >= address.tokenSince + TOKEN_LIFE_MS) {
          unauthorized.push(token);
          return { kind: 'unreached', why: 'token-refused' };
        }
        return change(original, view, file);
      },
      async editInChannel(channelId, messageId, view, file) {
        note('editInChannel', messageId, view, file);
        const answer = scripted.editInChannel.shift();
        if (answer !== undefined) return answer;
        if (channel.isClosed || channelId !== CHANNEL_ID) {
          return { kind: 'unreached', why: 'no-access' };
        }
        return change(messageId, view, file);
      },
      async post(address, view, nonce) {
        note('post', 'new', view);
        const answer = scripted.post.shift();
        if (answer !== undefined) return answer;
        if (channel.isClosed || address.channelId !== CHANNEL_ID) {
          return { kind: 'unreached', why: 'no-access' };
        }
        const known = byNonce.get(nonce);
        const id = known ?? `13000000000000001${String(messages.length).padStart(2, '0')}`;
        if (known === undefined) {
          messages.push(newMessage(id));
          byNonce.set(nonce, id);
        }
        return change(id, view);
      },
      sayNotStarted: async () => ({ kind: 'done', messageId: '1' }),
      describe: ({ task, outcome, queuePosition }) =>
        JSON.stringify([task.stage, outcome, queuePosition]),
    },
  };
  return channel;
}
