/** The rules are written in English, as the code that cites them is. */
export default { textLang: 'en' }
