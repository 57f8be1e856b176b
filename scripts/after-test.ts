// The last words of `npm test`.
console.log(`
This was everything that needs npm alone. \`npm run test:all\` adds:
  services  the adapters for NATS, Redis and MongoDB on real servers
  crash     a server under load, killed and restarted again and again, and power cuts
  e2e       the chat page in a real browser
  chaos     a cluster of real processes and servers while things fail, for a short time
They need nats-server, redis-server, a MongoDB server and Chromium: scripts/install-services.sh installs them on Debian.`)
