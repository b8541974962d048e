import { firstHeading } from './lib/text.ts'

/** Guides are plain Markdown: the layout is implied, the title is their first heading. */
export default {
  layout: 'page.njk',
  eleventyComputed: {
    title: (data) => data.title ?? firstHeading(data.page?.rawInput ?? '') ?? '民情 minqing',
  },
}
