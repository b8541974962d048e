/**
 * [I13] Words that tell of danger, and what each is worth. Longer words come before shorter ones that they hold, by
 * themselves: 煤气泄漏 is one word, not also 泄漏.
 */
export const hazardWords: readonly { readonly points: number; readonly words: readonly string[] }[] = [
  {
    // somebody may die within the hour
    points: 50,
    words: [
      ...['煤气泄漏', '燃气泄漏', '天然气泄漏', '液化气泄漏', '煤气漏气', '燃气漏气', '煤气中毒', '一氧化碳'],
      ...['触电', '坍塌', '塌方', '倒塌', '垮塌', '火灾', '起火', '着火', '失火', '爆炸', '溺水', '落水'],
      ...['山体滑坡', '滑坡', '泥石流', '决堤', '溃坝', '山洪', '中毒', '轻生', '跳楼', '自杀', '被困'],
      ...['走失', '老人走失', '失踪', '持刀', '家暴', '拐卖'],
    ],
  },
  {
    // somebody may be hurt any day
    points: 35,
    words: [
      ...['漏电', '危房', '墙体开裂', '房屋开裂', '地面塌陷', '路面塌陷', '塌陷', '高空坠物', '高空抛物'],
      ...['电线掉落', '电线裸露', '电线脱落', '裸露电线', '井盖缺失', '井盖丢失', '井盖没了', '电梯困人'],
      ...['泄漏', '内涝', '积水倒灌', '消防通道堵塞', '堵塞消防通道', '食物中毒', '疫情', '狂犬'],
    ],
  },
  {
    // daily life stands still
    points: 20,
    words: [
      ...['断水', '停水', '断电', '停电', '断气', '断路', '道路中断', '桥梁损坏', '护栏损坏', '电梯故障'],
      ...['拖欠工资', '欠薪', '讨薪', '污水直排', '水质发黄', '水源污染', '狗咬', '被狗咬', '打架', '群体'],
    ],
  },
]

/** [I13] Words that tell of persons who cannot help themselves. */
export const vulnerableWords: readonly string[] = [
  ...['独居老人', '空巢老人', '空巢', '独居', '孤寡老人', '孤寡', '留守老人', '高龄', '失能', '失智', '老人'],
  ...[
    '留守儿童',
    '困境儿童',
    '孤儿',
    '儿童',
    '小孩',
    '孩子',
    '婴儿',
    '新生儿',
    '学生',
    '孕妇',
    '产妇',
    '孕产妇',
  ],
  ...['残疾', '残障', '盲人', '聋哑', '轮椅', '低保', '低保户', '特困', '五保户', '失独', '困难户'],
  ...['重病', '大病', '瘫痪', '卧床', '精神障碍', '透析', '癌症', '病人'],
]

/** [I13] Families of categories that concern safety, by words in their names. */
export const safetyCategories: readonly string[] = [
  '安全',
  '消防',
  '防汛',
  '抢险',
  '燃气',
  '应急',
  '危房',
  '急救',
]
