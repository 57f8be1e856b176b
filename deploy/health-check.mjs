// Asks this container's own server whether it answers: exits with 0 if it does. The certificate is not checked, since it is made
// out to the name that clients use, not to this address.
const { get } = await import(process.env.PARLEY_TLS_CERT ? 'node:https' : 'node:http')
const options = { host: '127.0.0.1', port: process.env.PORT || 8080, path: '/health', timeout: 2500, rejectUnauthorized: false }
get(options, (response) => process.exit(response.statusCode === 200 ? 0 : 1))
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1))
