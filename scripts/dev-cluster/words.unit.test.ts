import { expect, test } from 'vitest'
import { againLine, greeting, pageUrl } from './words.ts'

const shared = { user: 'guest', template: 'date-of-birth', locale: 'en', cid: 'C1' }

test('the greeting says how to chat with each node and how to end it', () => {
  const services = [{ name: 'redis-server', url: 'redis://127.0.0.1:1', pid: 10, log: '/tmp/log' }]
  const nodes = [
    { name: 'node-1', url: 'http://127.0.0.1:8081', pid: 11 },
    { name: 'node-2', url: 'http://127.0.0.1:8082', pid: 12 },
  ]
  const lines = greeting(services, nodes, shared).split('\n')
  expect(lines).toContain('  redis-server  redis://127.0.0.1:1  pid 10  log /tmp/log')
  for (const { name, url, pid } of nodes) {
    expect(lines).toContain(`  ${name.padEnd(12)}  ${url}/  pid ${pid}`)
    expect(lines).toContain(`  ${url}/?user=guest&template=date-of-birth&locale=en&conversation=C1`)
    expect(lines).toContain(`  npm run chat -- --url ${url} --template date-of-birth`)
    expect(lines).toContain(`  kill -9 ${pid}  # ${name}`)
  }
})

test('without a conversation the page is asked to begin one', () => {
  expect(pageUrl('http://a', { ...shared, cid: undefined })).toBe('http://a/?user=guest&template=date-of-birth&locale=en')
})

test('the line that starts a node again can be pasted into a shell', () => {
  expect(againLine({ PORT: '1', PARLEY_DATA_DIR: "/tmp/it's here" })).toBe(
    "PORT='1' PARLEY_DATA_DIR='/tmp/it'\\''s here' npm start",
  )
})
