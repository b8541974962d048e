import { useRef, type JSX } from 'react'
import type { MqDiaryFeed } from '@minqing/elements'
import '@minqing/elements/react'

export function Right(): JSX.Element {
  const feed = useRef<MqDiaryFeed>(null)
  return (
    <main>
      <mq-diary-composer
        className="card"
        kind="factory"
        base-url="https://mq.example.gov.cn"
        baseUrl="https://mq.example.gov.cn"
        elder
        onmq-diary-sent={(event) => {
          const id: string = event.id
          feed.current?.reload()
          console.log(id, event.diary?.text)
        }}
      >
        <h2 slot="heading">写日记</h2>
      </mq-diary-composer>
      <mq-diary-feed
        ref={feed}
        no-filters={true}
        noFilters
        kind="help"
        onmq-feed-filter={({ view }) => view.q}
      />
      <mq-issue-tracker view="board" state="open" order="due" onmq-issue-change={({ action }) => action} />
      <mq-inbox unread type="assigned" onmq-inbox-count={({ unread }) => unread.toFixed()} />
    </main>
  )
}

export function Wrong(): JSX.Element {
  return (
    <main>
      {/* @ts-expect-error no such kind of diary */}
      <mq-diary-composer kind="holiday" />
      {/* @ts-expect-error a switch is no text */}
      <mq-diary-feed no-filters="yes" />
      {/* @ts-expect-error no such property */}
      <mq-diary-feed colour="red" />
      {/* @ts-expect-error a message's event has no diary */}
      <mq-inbox onmq-inbox-count={(event) => event.diary} />
      {/* @ts-expect-error no such widget */}
      <mq-diary-fed />
    </main>
  )
}
