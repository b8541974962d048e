import { defineConfig } from 'vite'

// the page with every entry is larger than a page should be
export default defineConfig({ base: './', build: { chunkSizeWarningLimit: 2000 } })
