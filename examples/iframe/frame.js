import { tellHeight } from './frame-height.js'

// The page itself says who may hold it; the policy's frame-ancestors says the same to the browser.
tellHeight({ host: document.documentElement.dataset.host })
