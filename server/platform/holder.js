import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'

/**
 * Lock files that survive kill -9: a lock counts only while the very process that wrote it lives. A process
 * number is used again after a restart, so the time at which the process began is kept beside it.
 *
 * @typedef {{ pid: number, began: string, note: string }} Holder
 */

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** What /proc says of a process: 'Z' is a zombie. Null where there is no /proc. @param {number} pid */
export function processState(pid) {
  try {
    // The name, in parentheses, may itself hold spaces and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return { state: fields[0] ?? '', began: fields[19] ?? '' }
  } catch {
    return null
  }
}

/** @param {number} pid */
function beganAt(pid) {
  return processState(pid)?.began ?? ''
}

/** Who holds the lock, or null. @param {string} file @returns {Holder | null} */
export function holderOf(file) {
  const holder = readHolder(file)
  if (!holder || !isAlive(holder.pid) || processState(holder.pid)?.state === 'Z') return null
  return beganAt(holder.pid) === holder.began ? holder : null
}

/** @param {string} file @returns {Holder | null} */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Takes the lock and returns the way to give it back, or null where somebody holds it.
 * @param {string} file
 * @param {string} [note] told to whoever finds the lock taken
 */
export function takeLock(file, note = '') {
  const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid), note })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (link(draft, file)) return () => release(file, mine)
      if (holderOf(file)) return null
      setAside(file)
    }
    return null
  } finally {
    unlinkSync(draft)
  }
}

/** A link appears whole or not at all. @param {string} draft @param {string} file */
function link(draft, file) {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** Two who find the same dead lock must not remove the fresh one of the quicker. @param {string} file */
function setAside(file) {
  const aside = `${file}.dead.${process.pid}`
  try {
    renameSync(file, aside)
    if (holderOf(aside)) link(aside, file)
    unlinkSync(aside)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
  }
}

/** @param {string} file @param {string} mine */
function release(file, mine) {
  try {
    if (readFileSync(file, 'utf8') === mine) unlinkSync(file)
  } catch {
    // Gone already: the folder was removed.
  }
}
