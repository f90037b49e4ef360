declare module 'jsonld' {
  type Options = { documentLoader: (url: string) => Promise<never>; safe?: boolean; format?: string }
  const jsonld: {
    expand(document: object, options: Options): Promise<Record<string, unknown>[]>
    toRDF(document: object, options: Options): Promise<unknown>
  }
  export default jsonld
}

declare module 'n3' {
  export class Parser {
    constructor(options: { format: string })
    parse(text: string): { predicate: { value: string } }[]
  }
}
