// Every entry of every package, and one widget of each kind on the page.
import { createClient } from '@minqing/client'
import { configure } from '@minqing/elements'
import { entries } from './entries.js'

const told = new URLSearchParams(location.search)
const baseUrl = told.get('server')
const persona = told.get('persona')
const anybody = createClient({ baseUrl, getToken: () => '' })

configure({ baseUrl, getToken: async () => (await anybody.demo.token({ persona })).token })
for (const tag of told.get('tags').split(' ')) document.body.append(document.createElement(tag))
globalThis.entries = entries
