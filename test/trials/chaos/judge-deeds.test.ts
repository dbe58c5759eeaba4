import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import type { InteractionHandle } from '../../../src/simulators/discord/actors/api.ts';
import type { AcknowledgementKind } from '../../../src/simulators/discord/world/interactions.ts';
import type { MessageView } from '../../../src/simulators/discord/world/message-view.ts';
import type { Deed } from '../../../src/trials/chaos/deeds.ts';
import type { Evidence, Restore } from '../../../src/trials/chaos/evidence.ts';
import { GUILD_ID, MEMBER_ID, TASK_ID } from '../../fakes/a-task.ts';
import {
  aCommand,
  cleanEvidence,
  deliveredTask,
  findingsOf,
  videoMessage,
} from './clean-evidence.ts';

const { menu } = messagesFor('zh-CN').second;

/** A click that was answered so, to the clicker alone. */
function answered(content: string, kind: AcknowledgementKind = 'message'): InteractionHandle {
  const message = videoMessage({ content, attachments: [], ephemeral: true });
  const { handle } = aCommand(message);
  const acknowledgement = { kind, type: 4, ephemeral: true, afterMs: 1, data: undefined };
  return { ...handle, acknowledgement: () => ({ ...acknowledgement, messageId: undefined }) };
}

const deed = (kind: Deed['kind'], content: string, memberId = MEMBER_ID): Deed => ({
  kind,
  taskId: TASK_ID,
  memberId,
  handle: answered(content),
});

function withTask(changes: Parameters<typeof deliveredTask>[0]): Partial<Evidence> {
  const task = deliveredTask(changes);
  return { tasks: new Map([[task.id, task]]) };
}

function aForward(id: string): MessageView {
  const message = videoMessage();
  const { content, attachments, components, embeds, text, buttons, flags } = message;
  const shown = { content, attachments, components, embeds, text, buttons, flags };
  const { id: messageId, channelId, createdAt } = message;
  const forwarded = { ...shown, messageId, channelId, guildId: GUILD_ID, createdAt };
  return { ...message, id, attachments: [], content: '', forwarded };
}

const RESTORE: Restore = {
  kind: 'hand',
  copiedAtMs: 0,
  restoredAtMs: 0,
  copied: new Map([[TASK_ID, deliveredTask()]]),
  forgotten: new Set(),
  posted: new Set([videoMessage().id]),
  isDetectable: true,
};

describe('the verdict on what is done with a video', () => {
  it('takes a share by its caller alone', () => {
    const shared = withTask({ isShared: true });
    expect(findingsOf({ ...shared, deeds: [deed('share', menu.shared)] })).toEqual([]);
    expect(findingsOf({ ...shared, deeds: [deed('share', menu.shared, '5')] })).toEqual([
      'let-through',
    ]);
    expect(findingsOf(shared)).toEqual(['let-through']);
  });

  it('finds a second forward, and one that its caller did not want', () => {
    const deeds = [deed('share', menu.inGallery)];
    const once = [videoMessage(), aForward('71')];
    expect(findingsOf({ messages: once, deeds })).toEqual([]);
    expect(findingsOf({ messages: once })).toEqual(['let-through']);
    const twice = [...once, aForward('72')];
    expect(findingsOf({ messages: twice, deeds })).toEqual(['doubled']);
    expect(findingsOf({ messages: twice, deeds, restore: RESTORE })).toEqual([]);
  });

  it('finds a report that counted twice', () => {
    const [counted, known] = [deed('report', menu.reported), deed('report', menu.reportedBefore)];
    expect(findingsOf({ deeds: [counted, known] })).toEqual([]);
    expect(findingsOf({ deeds: [counted, { ...counted, memberId: '5' }] })).toEqual([]);
    expect(findingsOf({ deeds: [counted, counted] })).toEqual(['doubled']);
  });

  it('finds a video that was deleted for another than its caller', () => {
    const gone = { ...withTask({ isErased: true }), deleted: new Set([videoMessage().id]) };
    const messages = [videoMessage({ deleted: true })];
    const deleted = (memberId: string) =>
      findingsOf({ ...gone, messages, deeds: [deed('delete', menu.deleted, memberId)] });
    expect([deleted(MEMBER_ID), deleted('5')]).toEqual([[], ['let-through']]);
  });

  it('finds what was answered as deleted and is still there', () => {
    const deeds = [deed('delete', menu.deleted)];
    const deleted = new Set([videoMessage().id]);
    const messages = [videoMessage({ deleted: true })];
    const erased = withTask({ isErased: true });
    expect(findingsOf({ messages, deleted, deeds })).toEqual(['off']);
    expect(findingsOf({ ...erased, deeds })).toEqual(['off']);
    const forward = [...messages, aForward('71')];
    const both = [...deeds, deed('share', menu.inGallery)];
    expect(findingsOf({ ...erased, messages: forward, deleted, deeds: both })).toEqual(['off']);
    expect(findingsOf({ messages, deleted, deeds, restore: RESTORE })).toEqual([]);
  });

  it('finds a change that was undone twice, or is still made', () => {
    const undos = [answered('', 'update'), answered('', 'message')];
    const settingChanges = [{ guildId: GUILD_ID, undos }];
    expect(findingsOf({ settingChanges })).toEqual([]);
    const twice = [{ guildId: GUILD_ID, undos: [...undos, answered('', 'update')] }];
    expect(findingsOf({ settingChanges: twice })).toEqual(['doubled']);
    const { records } = cleanEvidence();
    const still = new Map([...records, [`guild:${GUILD_ID}`, { assets: 'everyone' }]]);
    expect(findingsOf({ settingChanges, records: still })).toEqual(['off']);
    expect(findingsOf({ records: still })).toEqual([]);
  });
});
