/** The Cookie header of a seat, as a browser wants to be given it. */
export function cookiesOf({ base, cookie }: { base: string; cookie: string }) {
  return cookie
    .split('; ')
    .filter(Boolean)
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: base }))
}
