import domino from '@mixmark-io/domino'
import { expect, test } from 'vitest'
import { htmlToMarkdown } from '~/server/platform/html-to-markdown'
import { excerpt, isSafeLink, namesMentioned, renderMarkdown } from '~/server/platform/markdown'

const TAGS = /^(?:h[2-6]|p|br|hr|blockquote|ul|ol|li|pre|code|em|strong|s|a|div|span|table|thead|tbody|tr|th|td)$/u
const ATTRIBUTES = /^(?:href|title|rel|start|tabindex|class)$/u

/** Reads the HTML as a browser does and names whatever could run, load or leave the page by itself. */
function dangersIn(html: string) {
  const { body } = domino.createDocument(`<!doctype html><body>${html}</body>`)
  return Array.from(body.querySelectorAll('*')).flatMap((element) => {
    const tag = element.tagName.toLowerCase()
    const attributes = Array.from(element.attributes)
    const found = attributes.filter(({ name }) => !ATTRIBUTES.test(name)).map(({ name }) => `${tag} ${name}`)
    const href = element.getAttribute('href')
    if (href !== null && !isSafeLink(href)) found.push(`${tag} to ${href}`)
    if (tag === 'a' && element.getAttribute('rel') !== 'nofollow ugc noopener') found.push('a without rel')
    if (!TAGS.test(tag)) found.push(tag)
    return found
  })
}

const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>">',
  '<!--><script>alert(1)</script>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](java&#10;script:alert(1))',
  '[x](&#x6A;avascript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](  javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](file:///etc/passwd)',
  '[x](//evil.test)',
  '[x](/\\evil.test)',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2Zz4=)',
  '![x](data:image/png;base64,AAAA)',
  '![" onerror="alert(1)](http://x.test/"onerror="alert(1))',
  '[x](http://x.test/"onmouseover="alert(1))',
  '[x](http://x.test "title\\" onmouseover=\\"alert(1)")',
  '<javascript:alert(1)>',
  '<http://x.test/"onmouseover=alert(1)>',
  '[a]: javascript:alert(1)\n\n[a]',
  '[![x](http://x.test/"><script>alert(1)</script>)](javascript:alert(1))',
  '```"><script>alert(1)</script>\ncode\n```',
  '```js onload=alert(1)\n</code></pre><script>alert(1)</script>\n```',
  '    </code></pre><script>alert(1)</script>',
  '`</code><script>alert(1)</script>`',
  '| a |\n|:-:|\n| <img src=x onerror=alert(1)> |',
  '# <script>alert(1)</script>',
  'http://x.test/<script>alert(1)</script>',
  'http://x.test/"onmouseover="alert(1)',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\\<script\\>alert(1)\\</script\\>',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '<style>@import "http://evil.test"</style>',
  '<form action="http://evil.test"><button>x</button></form>',
  '<base href="http://evil.test/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<div style="position:fixed;inset:0">x</div>',
  '<a href="http://x.test" target="_blank" rel="opener">x</a>',
]

test.each(ATTACKS)('nothing in %j can run, typed as markdown', (attack) => {
  expect(dangersIn(renderMarkdown(attack))).toEqual([])
})

test.each(ATTACKS)('nothing in %j can run, brought in as HTML', (attack) => {
  expect(dangersIn(renderMarkdown(htmlToMarkdown(attack)))).toEqual([])
})

test('nothing that attacks are mixed from can run', () => {
  const parts = [...ATTACKS, '"', "'", '`', '```\n', '<', '>', '](', '![', '[', ')', '\n\n', '> ', '- ', '| ', '&#', '\\']
  let seed = 20260101
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648)
  for (let round = 0; round < 400; round += 1) {
    const mixed = Array.from({ length: 1 + (next() % 6) }, () => {
      const part = parts[next() % parts.length]!
      return next() % 3 ? part : part.slice(next() % part.length)
    }).join('')
    expect(dangersIn(renderMarkdown(mixed)), mixed).toEqual([])
    expect(dangersIn(renderMarkdown(htmlToMarkdown(mixed))), mixed).toEqual([])
  }
})

test('headings start under those of the page and never skip a level', () => {
  const html = renderMarkdown('# One\n\n#### Two\n\n# Three\n\n## Four')
  expect(html.match(/<h\d/gu)).toEqual(['<h3', '<h4', '<h3', '<h4'])
})

test('images are links to them, by their description', () => {
  expect(renderMarkdown('![the settings page](https://x.test/a.png)')).toContain(
    '<a href="https://x.test/a.png" rel="nofollow ugc noopener">the settings page</a>',
  )
  expect(renderMarkdown('![](https://x.test/a.png)')).toContain('>a.png</a>')
  expect(renderMarkdown('[![small](https://x.test/a.png)](https://x.test/big)')).toContain(
    '<a href="https://x.test/big" rel="nofollow ugc noopener">small</a>',
  )
})

test('code and tables can be scrolled with the keyboard', () => {
  expect(renderMarkdown('```nothing\nselect 1\n```')).toBe('<pre tabindex="0"><code class="language-nothing">select 1\n</code></pre>\n')
  expect(renderMarkdown('| a | b |\n|---|--:|\n| 1 | 2 |')).toMatch(/<div class="overflow-x-auto" tabindex="0"><table>[^]*text-end/u)
})

test('code in a known language is coloured, by classes alone, up to a length', () => {
  const html = renderMarkdown('```js\nconst a = "<b>" // &\n```')
  expect(html).toContain('<span class="hljs-keyword">const</span>')
  expect(html).toContain('<span class="hljs-string">"&lt;b&gt;"</span>')
  expect(dangersIn(html)).toEqual([])
  expect(renderMarkdown(`\`\`\`js\n${'let a;\n'.repeat(2000)}\`\`\``)).not.toContain('hljs')
})

test('only handles that are known become links, in words alone', () => {
  const known = new Set(['bo', 'amina_2'])
  const html = renderMarkdown('@Bo, (@amina_2) @chen, x@bo, @bo@mail.example, `@bo` [@bo](https://x.test) /@bo https://x.test/@bo', {
    mentioned: known,
  })
  expect(html.match(/<a href="\/people[^>]+>@\w+/gu)).toEqual([
    '<a href="/people/bo" class="mention" rel="nofollow ugc noopener">@Bo',
    '<a href="/people/amina_2" class="mention" rel="nofollow ugc noopener">@amina_2',
  ])
  expect(namesMentioned('@Bo and @bo, `@no` and @chen')).toEqual(['bo', 'chen'])
  expect(renderMarkdown('@bo')).toBe('<p>@bo</p>\n')
})

test('addresses of web pages become links, those of people do not', () => {
  expect(renderMarkdown('see https://x.test/a.')).toContain('<a href="https://x.test/a"')
  expect(renderMarkdown('write to amina@x.test or read README.md')).not.toContain('<a')
})

test('an excerpt is plain text cut between words', () => {
  expect(excerpt('# Title\n\nSome *words* with `code`, [a link](https://x.test) & more', 30)).toBe('Title Some words with code, a…')
  expect(excerpt('Short <b>', 30)).toBe('Short <b>')
  expect([...excerpt('😀'.repeat(50), 10)]).toHaveLength(10)
})

test('HTML becomes markdown that reads the same', () => {
  const html =
    '<h2>Steps</h2><p>Use <strong>bold</strong>, <em>x</em><sup>2</sup> and <code>a_b</code>.<br>See <a href="/q/3">this</a>.</p>' +
    '<ul><li>one</li><li>two</li></ul><blockquote><p>said</p></blockquote><pre><code>if (a &lt; b) {}\n</code></pre>' +
    '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>'
  expect(htmlToMarkdown(html, 'https://qa.test/')).toBe(
    [
      '## Steps',
      'Use **bold**, *x*² and `a_b`.  \nSee [this](https://qa.test/q/3).',
      '- one\n- two',
      '> said',
      '```\nif (a < b) {}\n```',
      '| a | b |\n| --- | --- |\n| 1 | 2\\|3 |',
    ].join('\n\n'),
  )
})

test('lists side by side stay two, nested ones nested', () => {
  const html = '<ul><li>a</li></ul> <ul><li>b<ol><li>c</li></ol></li></ul>'
  expect(htmlToMarkdown(html)).toBe('- a\n\n* b\n  1. c')
  expect(renderMarkdown(htmlToMarkdown(html)).replace(/\n/gu, '')).toBe('<ul><li>a</li></ul><ul><li>b<ol><li>c</li></ol></li></ul>')
})

test('emphasis that markdown could not read is left out, not shown as marks', () => {
  expect(htmlToMarkdown('userChrome<strong>.css</strong> and <strong>Q:</strong>But <b>bold</b>ly <em>yes</em>.')).toBe(
    'userChrome.css and Q:But **bold**ly *yes*.',
  )
})

test('what HTML shows as signs stays signs', () => {
  const written = '<p>Write &lt;b&gt; or &amp;lt; or * or _x_ or `y` or # or [z](w) or ~~no~~</p>'
  const { body } = domino.createDocument(renderMarkdown(htmlToMarkdown(written)))
  expect(body.textContent.trim()).toBe('Write <b> or &lt; or * or _x_ or `y` or # or [z](w) or ~~no~~')
})

test('HTML nested beyond reason keeps its words', () => {
  const depth = 20_000
  expect(htmlToMarkdown(`${'<div><b>'.repeat(depth)}words &amp; more${'</b></div>'.repeat(depth)}`)).toBe('words & more')
})
