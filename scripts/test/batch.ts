// Runs several test files in one process: node batch.ts <file…>. Loading the server and compiling its schemas takes
// longer than most files' tests, and is done once here. A suite for each file keeps their hooks apart.
import { describe } from 'node:test'
import { pathToFileURL } from 'node:url'

for (const file of process.argv.slice(2)) {
  describe(file, async () => {
    await import(pathToFileURL(file).href)
  })
}
