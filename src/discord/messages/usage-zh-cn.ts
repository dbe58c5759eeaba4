import type { UsageMessages } from './usage-en.ts';

/** Texts of `/usage`, in simplified Chinese. */
export const usageZhCn: UsageMessages = {
  command: {
    description: '这里生成了什么、花费多少（管理员用）',
    show: '按周期、成员和模型汇总，附图表',
    member: '只看这位成员',
    month: '其他月份，例如 2026-11',
    export: '把一个月的所有视频导出为 CSV 文件',
    holds: '待确认扣费：列出并处理',
    task: '要处理的视频，编号见列表',
    do: '如何处理',
    amount: '用于“已扣费：其他金额”：实际花费，例如 0.90',
    actions: {
      settle: '已扣费：其他金额',
      settle_at_quote: '已按报价扣费',
      release: '确认未扣费',
      ask_again: '再次询问服务商',
    },
  },
  needsManageServer: '只有拥有**管理服务器**权限的成员才能使用 `/usage`。',
  badMonth: '选项 `month` 需要年份和月份，例如 `2026-11`。',
  emptyMonth: (month) => `${month}没有任何视频请求。`,
  failed:
    '暂时无法读取或写入数据，操作可能没有完成。请用 `/usage holds` 或 `/usage show` 核实后再试；运营者可在日志中找到原因。',
  busy: '正在生成的报告太多。未执行任何操作，请过几分钟再试。',
  sum: {
    join: (figures) => figures.join('，'),
    unpriced: (n) => `${n} 个价格未知`,
    noPrice: '没有已知价格',
    deleted: (mark) => `已删除的成员 \`${mark}\``,
    more: (n) => `…… 另有 ${n} 项`,
  },
  show: {
    ofGuild: '本服务器的用量',
    ofMember: (member) => `${member} 的用量`,
    windows: { day: '今天', week: '本周', month: '本月', total: '总计' },
    line: (name, figures) => `${name}：${figures}`,
    whatCounts: '包含预留金额和待确认扣费；价格未知的视频计入数量，但不计入花费。',
    month: (month, zone, figures) => `**${month}**（${zone}）：${figures}`,
    states: {
      settled: '已扣费',
      'settled (assumed)': '已扣费（金额为推定）',
      reserved: '预留，进行中',
      held: '待确认，见 `/usage holds`',
      released: '未扣费',
      'released (assumed)': '未扣费（推定）',
    },
    members: '**使用最多的成员**',
    routes: '**按模型**',
    noPicture: '这次未能绘制图表。',
    pictureBusy: '正在绘制的图表太多，本次不附图表。请稍后再试。',
  },
  chart: {
    spendByDay: '每天的花费',
    videosByDay: '每天的视频数',
    members: '使用最多的成员',
    routes: '按模型',
    settled: '已扣费',
    open: '预留或待确认',
  },
  export: {
    done: (month, tasks) =>
      `${month}：${tasks} 个视频。时间为 UTC；金额为空表示价格未知，绝不表示零。`,
    packed: '文件较大，已用 gzip 压缩。',
    tooLarge: (month) => `${month}的视频太多，无法放进一个文件。`,
    alreadyRunning: '本服务器已有一个文件正在生成。请等它完成后再试。',
  },
  holds: {
    title: (n) => `**${n} 笔待确认扣费**。在你处理之前，算作已花费。`,
    none: '没有待确认扣费。',
    how: '可用下方菜单处理，或使用 `/usage holds task:… do:…`',
    number: (id) => `服务商编号 ${id}`,
    noNumber: '服务商编号未知',
    askedAgain: '正在再次询问服务商',
    why: {
      'outcome-unknown': '服务商从未确认收到请求',
      'timed-out': '未能按时完成',
      'unknown-to-provider': '服务商已查不到它',
      restored: '数据库从备份恢复，此前可能已经提交',
      'route-removed': '它的模型或服务商已被停用',
      failed: '服务商未能生成，但可能已扣费',
      'usage-doubted': '服务商报告的用量远超报价',
    },
    taskMissing: '请同时填写 `task`；编号见 `/usage holds`。',
    doMissing: '请用 `do` 选择如何处理这笔扣费。',
    amountMissing: '请同时用 `amount` 填写实际扣费金额，例如 `0.90`。',
    amountUnreadable: '`amount` 必须是最多 6 位小数的数字，例如 `0.90`。',
    amountNotTaken: '`amount` 只能与“已扣费：其他金额”一起使用。未执行任何操作。',
    refusals: {
      noPriceList: (task) =>
        `运营者没有设置价格表，货币未知：视频 ${task} 只能确认为未扣费。未执行任何操作。`,
      noQuote: (task, most) =>
        `视频 ${task} 没有报价。请填写 0 到 ${most} 之间的金额，或确认为未扣费。未执行任何操作。`,
      unreadable: (currency) =>
        `\`amount\` 必须是最多 6 位小数的数字，例如 \`0.90\` 或 \`0.90 ${currency}\`。未执行任何操作。`,
      otherCurrency: (currency) => `\`amount\` 必须使用价格表的货币 ${currency}。未执行任何操作。`,
      aboveQuote: (most, quote) =>
        `\`amount\` 必须在 0 到 ${most} 之间，即报价 ${quote} 的十倍以内。未执行任何操作。`,
      aboveWithoutQuote: (task, most) =>
        `视频 ${task} 没有报价，\`amount\` 必须在 0 到 ${most} 之间。未执行任何操作。`,
    },
    inProgress: (task) =>
      `视频 ${task} 正在处理中：正在询问服务商，或正在更新它的消息。请稍后再看。`,
    notHeld: (task) =>
      `视频 ${task} 在这里没有（或不再有）待确认扣费，可能已有人处理。未执行任何操作。`,
    nothingToAsk: (task) =>
      `视频 ${task} 的服务商编号未知，因此无从询问。请查看服务商自己的记录，再确认为已扣费或未扣费。`,
    settled: (task, amount) => `视频 ${task} 已确认扣费：${amount}。`,
    released: (task) => `视频 ${task} 已确认未扣费：不再计入本服务器的用量。`,
    asking: (task) =>
      `正在就视频 ${task} 再次询问服务商。若找到结果，将送到频道并计费；在此之前扣费仍待确认。`,
  },
};
