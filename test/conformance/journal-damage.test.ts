import { beforeEach, describe, expect, it } from 'vitest'
import { DiskJournal } from '../../src/storage/disk/journal.ts'
import { FaultyFiles } from '../fixtures/faulty-file.ts'
import { appendOne, batchOf, claimOne, entry } from './journal.suite.ts'

const options = { segmentBytes: 1500, aheadBytes: 500, fatal: () => undefined }

describe('a damaged journal', () => {
  let files: FaultyFiles
  let names: string[]

  beforeEach(async () => {
    files = new FaultyFiles()
    const journal = await DiskJournal.on(files, options)
    const claim = await claimOne(journal, 1)
    for (let n = 1; n <= 75; n++) await appendOne(journal, batchOf(claim, n - 1, [entry('a', n)]))
    names = [...(await files.list())].sort()
    expect(names.length).toBeGreaterThan(3)
  })

  const opened = (): Promise<DiskJournal> => DiskJournal.on(files, options)
  const corrupt = { code: 'storage.corrupt', retry: 'never' }

  it.each([0, 12, 30, 300, 700, 1200])('is refused when byte %i of an old segment is wrong', async (offset) => {
    files.damage(names[1] ?? '', offset)
    await expect(opened()).rejects.toMatchObject(corrupt)
  })

  it.each([5, 60, 200])('is refused when byte %i of the newest segment is wrong and frames follow', async (offset) => {
    files.damage(names.at(-1) ?? '', offset)
    await expect(opened()).rejects.toMatchObject(corrupt)
  })

  it('is refused when a segment in the middle is missing, or an old one lacks its end', async () => {
    const whole = files
    await files.remove(names[1] ?? '')
    await expect(opened()).rejects.toMatchObject(corrupt)
    files = whole.survivor()
    files.cutShort(names[2] ?? '', 900)
    await expect(opened()).rejects.toMatchObject(corrupt)
  })

  it('is refused when the head of the oldest segment is wrong', async () => {
    const bytes = await files.read(names[0] ?? '')
    expect(bytes.includes('format')).toBe(true)
    files.damage(names[0] ?? '', bytes.indexOf('format') + 6)
    await expect(opened()).rejects.toMatchObject(corrupt)
  })

  it('leaves files alone that are not its own', async () => {
    const file = await files.open('notes.txt')
    await file.write(0, [Buffer.from('hello')])
    await (await opened()).close()
    expect((await files.read('notes.txt')).toString()).toBe('hello')
  })
})
