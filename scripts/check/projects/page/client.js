// One name of the client, and what a bundler makes of it.
import { createClient } from '@minqing/client'

globalThis.entries = { baseUrl: createClient({ baseUrl: location.origin, getToken: () => '' }) }
