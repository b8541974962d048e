// npm run new-component -- mq-foo-bar
import { fileURLToPath } from 'node:url'
import { failWith } from '../problem.ts'
import { createComponent } from './create.ts'
import { namesOf } from './names.ts'

try {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const written = await createComponent(root, namesOf(process.argv[2]))
  for (const path of written) console.log(path)
  console.log('\nNext: npm test -- component, then change what it shows.')
} catch (error) {
  failWith(error)
}
