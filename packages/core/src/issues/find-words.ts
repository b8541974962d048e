/** Nothing but these may stand between a negation and what it negates: 没有发现漏电, but not 没有人处理漏电. */
const fillers =
  '(?:发生|发现|出现|存在|造成|引发|引起|导致|听说|有过|有|再|任何|什么|明显的|明显|人员|人|过)*'
const negated = new RegExp(
  `(?:没有|没|并未|从未|未|并非|不是|不会|不|非|无|防止|预防|避免|谨防|严防)${fillers}$`,
)
/** 有没有漏电, 是不是漏电, 会不会停水: a question is no negation. */
const asked = new RegExp(`(?:有没有|有无|是不是|会不会|能不能|是否)${fillers}$`)
/** 漏电隐患已排除, 火灾演练: over, or only talked about. */
const over =
  /^(?:隐患|问题|现象|故障|险情|情况)?(?:均|都|也|现)?(?:已经?(?:被|全部|完全)?(?:排除|消除|修复|修好|恢复|解决|扑灭|找到|化解)|演练|演习|宣传|知识|预案|保险|防范|预防)/

const clauseEnd = /[，。；！？,.;!?\n]/

/** Whether what stands before and after a word, within its clause, says that it is not so. */
function isDenied(text: string, from: number, to: number): boolean {
  let start = from
  while (start > 0 && from - start < 12 && !clauseEnd.test(text[start - 1]!)) start--
  const before = text.slice(start, from)
  if (negated.test(before) && !asked.test(before)) return true
  return over.test(text.slice(to, to + 12))
}

/** Finds words of a list in a text, each once, in the order of the text; a longer one wins over one that it holds. */
export type Finder = (text: string) => string[]

/** Makes a finder; the work is done once, not for each text. */
export function finderOf(words: readonly string[]): Finder {
  const longestFirst = [...new Set(words)].sort((one, other) => other.length - one.length)
  const pattern = new RegExp(longestFirst.join('|'), 'g')
  return (text) => {
    const plain = text.normalize('NFKC')
    const found = new Set<string>()
    for (const match of plain.matchAll(pattern)) {
      if (!isDenied(plain, match.index, match.index + match[0].length)) found.add(match[0])
    }
    return [...found]
  }
}
