import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { CommandOption } from '../../playground/protocol/commands.ts';
import type { FieldIssue } from '../composer/field-issue.ts';
import { byteText } from './byte-text.ts';
import type { Texts } from './en.ts';
import { panelZhCn } from './panel-zh-cn.ts';

/** The page's texts in Simplified Chinese. */
export const zhCn: Texts = {
  ...panelZhCn,
  link: {
    connecting: '正在连接演练场……',
    live: '已连接',
    lost: '演练场无响应；重新运行后会自动恢复连接。',
  },
  bot: { starting: '机器人启动中', ready: '机器人运行中', stopped: '机器人已停止' },
  sidebar: {
    label: '服务器与频道',
    servers: '服务器',
    channels: '频道',
    open: '显示服务器与频道',
    hidden: '机器人不可见',
    mentioned: '有人提及你',
    upload: (size: string) => `文件上限 ${size}`,
  },
  identity: {
    who: '我是谁',
    language: '我的语言',
    another: '以另一个人的身份打开新标签页',
    ranks: { owner: '所有者', admin: '管理员', artist: '创作者', member: '成员' },
  },
  channel: {
    log: '消息',
    welcome: (name: string) => `欢迎来到 #${name}`,
    about: '除机器人外，这里的一切都在本机上模拟；机器人是真的。',
    hidden: '机器人看不到这个频道。在这里试一条命令，看看会怎样。',
    empty: '输入 / 查看机器人能做什么，或从下面任选一个开始。这里的一切都不花钱。',
  },
  tries: {
    label: '试一试',
    list: [
      {
        label: '用文字生成视频',
        line: '/video prompt: 黎明时分，一只红狐跑过新雪',
        withPictures: false,
      },
      {
        label: '用两张图片生成视频',
        line: '/video prompt: 夜幕降临湖面，镜头缓缓推近',
        withPictures: true,
      },
      { label: '看看有哪些模型', line: '/models', withPictures: false },
    ],
  },
  message: {
    edited: '（已编辑）',
    thinking: 'Clapper 正在思考……',
    sending: '正在发送命令……',
    noResponse: '该应用程序未响应',
    clickFailed: '此交互失败',
    refused: (reason: string) => `Discord 未发送：${reason}`,
    onlyYou: '只有你能看到这条消息',
    dismiss: '关闭消息',
    replyGone: '原始消息已被删除',
    spoiler: '剧透内容，按下即可显示',
    select: '请选择',
    more: '更多',
    apps: '应用',
    appsOn: (author: string) => `对 ${author} 使用应用`,
    forwardTo: '转发到',
    forwarded: '已转发',
    link: (channel: string) => `#${channel} › 消息`,
    showEdits: '查看它的各个版本',
    delete: '删除消息',
    used: (who: TemplateResult, command: TemplateResult) => html`${who} 使用了 ${command}`,
  },
  composer: {
    label: '输入',
    placeholder: (channel: string) => `给 #${channel} 发消息`,
    commands: '命令',
    send: '发送',
    cancel: '放弃命令',
    ready: '按回车发送',
    more: (count: number) => `+${count} 个可选项`,
    drop: '拖放、粘贴或选择文件',
    filesAttached: '可作为消息发送；或输入 / 在命令中使用。',
    files: '要发送的文件',
    attach: '添加附件',
    unknownOption: (typed: string) => `没有名为“${typed}”的选项。请删除它，或从列表中选择。`,
    autocomplete: {
      loading: '正在获取建议……',
      done: '没有建议。你输入的内容会原样发送。',
      failed: '机器人没有给出建议。',
    },
    remove: (name: string) => `移除 ${name}`,
    yes: '是',
    no: '否',
    keys: '回车：发送 · Tab：下一项 · ↑ ↓：选择 · Esc：放弃',
    limits: limitsText,
    issue: issueText,
  },
  modal: {
    atLeast: (count: number) => `请至少选择 ${count} 个。`,
    atMost: (count: number) => `请最多选择 ${count} 个。`,
    close: '关闭',
    cancel: '取消',
    submit: '提交',
    failed: '出了点问题，请重试。',
  },
};

function limitsText(option: CommandOption): string {
  const { min_value: min, max_value: max, max_length: most } = option;
  if (min !== undefined && max !== undefined) return `${min} 到 ${max}`;
  if (min !== undefined) return `至少 ${min}`;
  if (max !== undefined) return `至多 ${max}`;
  return most === undefined ? '' : `最多 ${most} 个字符`;
}

function issueText(issue: FieldIssue): string {
  switch (issue.kind) {
    case 'required':
      return '此选项为必填项。';
    case 'not-listed':
      return '请从列表中选择。';
    case 'not-whole':
      return '必须是整数。';
    case 'not-number':
      return '必须是数字。';
    case 'too-small':
      return `不能小于 ${issue.min}。`;
    case 'too-large':
      return `不能大于 ${issue.max}。`;
    case 'too-short':
      return `至少需要 ${issue.min} 个字符，现在有 ${issue.given} 个。`;
    case 'too-long':
      return `最多 ${issue.max} 个字符，现在有 ${issue.given} 个。`;
    case 'file-too-large':
      return `此服务器的文件上限为 ${byteText(issue.maxBytes)}。`;
    case 'file-type':
      return `只接受 ${issue.accepted.join('、')}。`;
  }
}
