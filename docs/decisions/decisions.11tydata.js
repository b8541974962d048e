/** Records are English text inside a Chinese frame. */
export default { tags: 'decisions', wide: true, textLang: 'en' }
