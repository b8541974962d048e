import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { configure } from '@minqing/elements'
import '@minqing/elements/define/mq-diary-composer'
import '@minqing/elements/define/mq-diary-feed'
import '@minqing/elements/define/mq-issue-tracker'
import { App } from './app.js'

configure({
  baseUrl: document.querySelector<HTMLMetaElement>('meta[name=minqing]')!.content,
  tokenUrl: '/mq-token',
})
createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
