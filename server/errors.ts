/** The five ways to refuse. Each carries a key of the word catalogue, without its `error.` */
export class Refusal extends Error {
  readonly status: number = 400
  constructor(
    readonly key: string,
    readonly values: Record<string, string | number> = {},
  ) {
    super(key)
    this.name = new.target.name
  }
}

/** It is not there, or the viewer may not know that it is. */
export class NotFound extends Refusal {
  override readonly status = 404
  constructor(key = 'notFound') {
    super(key)
  }
}

export class Forbidden extends Refusal {
  override readonly status = 403
  constructor(key = 'forbidden', values: Record<string, string | number> = {}) {
    super(key, values)
  }
}

/** The person may, once they have shown again who they are; the site asks, and leads back. */
export class ProveFirst extends Forbidden {
  constructor() {
    super('proveFirst')
  }
}

/** Something typed cannot be taken: field name -> message key (`tooLong:120` carries its number). */
export class Invalid extends Refusal {
  override readonly status = 422
  constructor(readonly fields: Record<string, string>) {
    super('invalid')
  }
}

/** Somebody else was first, or the thing has changed. */
export class Conflict extends Refusal {
  override readonly status = 409
}

export class TooMany extends Refusal {
  override readonly status = 429
  constructor(
    readonly waitSeconds: number,
    key = 'tooOften',
  ) {
    super(key, { minutes: Math.max(1, Math.ceil(waitSeconds / 60)) })
  }
}
