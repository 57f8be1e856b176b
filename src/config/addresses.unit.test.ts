import { describe, expect, test } from 'vitest'
import { hostsOf, readMongoUrls, readNatsUrls, readRedisUrls } from './addresses.ts'

describe('NATS', () => {
  test('has one server or several, with or without TLS, user and port', () => {
    expect(readNatsUrls('nats://127.0.0.1')).toEqual(['nats://127.0.0.1'])
    const several = ['nats://me:word@a.example:4222', 'tls://b.example:4443', 'nats://[::1]:4222']
    expect(readNatsUrls(several.join(', '))).toEqual(several)
  })

  test.each([
    ' ',
    'a:4222',
    'http://a',
    'nats://',
    'nats://a:99999',
    'nats://a/b',
    'nats://a?b',
    'nats://a#b',
    'nats://a,',
    'nats://a b',
  ])('is not at %j', (text) => {
    expect(readNatsUrls(text)).toBeUndefined()
  })

  test('has no more than 64 servers', () => {
    const urls = (count: number): string => Array.from({ length: count }, (_, i) => `nats://n${i}`).join(',')
    expect(readNatsUrls(urls(64))).toHaveLength(64)
    expect(readNatsUrls(urls(65))).toBeUndefined()
  })
})

describe('Redis', () => {
  test('is one server, with a database number if need be', () => {
    expect(readRedisUrls('rediss://me:word@a.example:6380/2')).toEqual(['rediss://me:word@a.example:6380/2'])
  })

  test('is a cluster of several, which has no database numbers', () => {
    expect(readRedisUrls('redis://a,redis://b')).toEqual(['redis://a', 'redis://b'])
    expect(readRedisUrls('redis://a/1,redis://b/1')).toBeUndefined()
  })

  test.each([' ', 'a:6379', 'redis://', 'redis://a,rediss://b', 'redis://a/x', 'redis://a?db=1', 'nats://a'])(
    'is not at %j',
    (text) => {
      expect(readRedisUrls(text)).toBeUndefined()
    },
  )
})

describe('MongoDB', () => {
  test.each([
    'mongodb://127.0.0.1:27017',
    'mongodb://me:p%40ss@a.example:1,b.example:2,[::1]:3/admin?replicaSet=rs&tls=true',
    'mongodb+srv://me:word@cluster.example/?retryWrites=true',
  ])('alone needs no alias: %s', (url) => {
    expect(readMongoUrls(url)).toEqual([{ alias: 'default', url }])
  })

  test('of several has the one named default first, else the first one', () => {
    expect(readMongoUrls('eu=mongodb://a;us=mongodb://b')?.map(({ alias }) => alias)).toEqual(['eu', 'us'])
    expect(readMongoUrls('eu=mongodb://a us=mongodb://b\n default=mongodb://c,d')).toEqual([
      { alias: 'default', url: 'mongodb://c,d' },
      { alias: 'eu', url: 'mongodb://a' },
      { alias: 'us', url: 'mongodb://b' },
    ])
  })

  test.each([
    ' ',
    ';',
    'a:27017',
    'mongodb://',
    'mongodb://a:port',
    'mongodb://a/b/c',
    'mongodb://a;mongodb://b',
    'eu=mongodb://a;eu=mongodb://b',
    'EU=mongodb://a',
    '__proto__=mongodb://a',
    'eu=redis://a',
    'eu=',
  ])('is not at %j', (text) => {
    expect(readMongoUrls(text)).toBeUndefined()
  })
})

test.each([
  ['nats://me:word@a.example:4222', 'a.example:4222'],
  ['redis://127.0.0.1:6379/2', '127.0.0.1:6379'],
  ['rediss://:p@ss@b', 'b'],
  ['mongodb://me:word@a:1,[::1]:2/admin?authSource=x', 'a:1,[::1]:2'],
])('%s leads to %s, of which nothing is secret', (url, hosts) => {
  expect(hostsOf(url)).toBe(hosts)
})
