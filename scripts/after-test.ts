// The last words of `npm test`.
console.log(`
This was everything that needs npm alone. \`npm run test:all\` adds:
  crash   a server under load, killed and restarted again and again, and power cuts
  e2e     the chat page in a real browser (needs Chromium; Debian: apt-get install chromium)`)
