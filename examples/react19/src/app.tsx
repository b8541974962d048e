import { useRef, useState } from 'react'
import type { MqDiaryFeed } from '@minqing/elements'

/** Two tabs: diaries, and issues. Widgets are used as React's own elements are. */
export function App() {
  const [tab, setTab] = useState<'diaries' | 'issues'>('diaries')
  const [mine, setMine] = useState(false)
  const [sent, setSent] = useState<string[]>([])
  const [words, setWords] = useState('')
  const feed = useRef<MqDiaryFeed>(null)
  return (
    <>
      <h1>React 门户</h1>
      <nav>
        <button onClick={() => setTab('diaries')}>日记</button>
        <button onClick={() => setTab('issues')}>事项</button>
        <label>
          <input type="checkbox" checked={mine} onChange={({ target }) => setMine(target.checked)} />
          只看我的
        </label>
        <button onClick={() => feed.current?.reload()}>刷新</button>
      </nav>
      <p id="sent">已发送 {sent.length} 篇</p>
      {words && <p id="words">正在搜索：{words}</p>}
      {tab === 'diaries' ? (
        <>
          <mq-diary-composer onmq-diary-sent={({ id }) => setSent((before) => [...before, id])}>
            <h2 slot="heading">写日记</h2>
          </mq-diary-composer>
          <mq-diary-feed ref={feed} mine={mine} onmq-feed-filter={({ view }) => setWords(view.q ?? '')} />
        </>
      ) : (
        <mq-issue-tracker />
      )}
    </>
  )
}
