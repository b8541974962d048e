// One name of the client, and what a bundler makes of it. Not called: then it loads its parts.
import { createClient } from '@minqing/client'

globalThis.entries = { createClient }
